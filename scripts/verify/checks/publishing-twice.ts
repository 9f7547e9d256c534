import { assemblePackage } from '../../publish/assemble.ts'
import { readDemonstration } from '../../publish/demonstration.ts'
import { fail, type Check } from '../check.ts'

export const publishingTwice: Check = {
  name: 'publishing',
  claim: 'publishing the demonstration twice gives the same bytes',
  unit: 'pairs',
  seed: 0,
  count: 1,
  batchSize: 1,
  async run() {
    const publish = async (): Promise<ReadonlyMap<string, string>> => {
      const reading = await readDemonstration()
      return reading.ok ? assemblePackage(reading.source) : fail('the demonstration has faults')
    }
    const [one, other] = [await publish(), await publish()]
    if ([...one.keys()].join() !== [...other.keys()].join()) fail('other files')
    for (const [path, text] of one) if (other.get(path) !== text) fail(`${path} differs`)
    return { files: one.size }
  },
}
