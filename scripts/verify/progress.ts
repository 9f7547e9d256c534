import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprint, listFiles } from '../fingerprint.mjs'
import { cacheDirectory, projectRoot } from '../project.mjs'
import type { Tally } from './check.ts'

/** How far a check has come, with the same sources and the same count. */
export interface Progress {
  readonly batchesDone: number
  readonly tally: Tally
  readonly seconds: number
}

const SOURCES = ['src', 'scripts', 'data', 'tests/support', 'tests/fixtures', 'package-lock.json']
const FOLDER = join(cacheDirectory, 'verify')

/**
 * Keeps the progress of checks on disk. What was reached with other sources counts for nothing.
 */
export class ProgressStore {
  private constructor(
    private readonly folder: string,
    private readonly sources: string,
  ) {}

  /** @param fresh forget what was reached before */
  static async open(fresh: boolean, folder = FOLDER): Promise<ProgressStore> {
    if (fresh) await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const sources = await fingerprint(projectRoot, await listFiles(projectRoot, SOURCES))
    return new ProgressStore(folder, sources)
  }

  async read(name: string, count: number): Promise<Progress> {
    const nothing: Progress = { batchesDone: 0, tally: {}, seconds: 0 }
    try {
      const stored = JSON.parse(await readFile(this.path(name), 'utf8')) as Progress & {
        sources: string
        count: number
      }
      return stored.sources === this.sources && stored.count === count ? stored : nothing
    } catch {
      return nothing
    }
  }

  async write(name: string, count: number, progress: Progress): Promise<void> {
    const beside = `${this.path(name)}.new`
    await writeFile(beside, JSON.stringify({ ...progress, sources: this.sources, count }) + '\n')
    await rename(beside, this.path(name))
  }

  private readonly path = (name: string): string => join(this.folder, `${name}.json`)
}
