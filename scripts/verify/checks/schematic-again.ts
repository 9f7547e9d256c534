import { schematicIsReproducible } from '../../schematic/generate.ts'
import { fail, type Check } from '../check.ts'

export const schematicAgain: Check = {
  name: 'schematic',
  claim: 'drawing the schematic areas again gives the files in data/areas, byte for byte',
  unit: 'drawings',
  seed: 0,
  count: 1,
  batchSize: 1,
  async run() {
    if (!(await schematicIsReproducible())) fail('the drawing is not what lies in data/areas')
    return {}
  },
}
