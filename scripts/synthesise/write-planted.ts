import { writeFileSync } from 'node:fs'
import { synthesise } from './synthesise.ts'

// Writes data/demonstration/planted.json anew, after the specifications have changed on purpose.
writeFileSync(
  new URL('../../data/demonstration/planted.json', import.meta.url),
  JSON.stringify(synthesise().planted, null, 2) + '\n',
)
