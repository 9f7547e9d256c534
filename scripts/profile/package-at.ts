import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, normalize } from 'node:path'
import { PackageReader, readBasePackage } from '../../src/app/load.ts'
import { HeldFiles } from '../../src/app/package-files.ts'
import { readProject } from '../../src/files/package/project.ts'
import type { Workspace } from '../../src/files/package/overlay.ts'
import type { OwnWords } from '../../src/files/package/own-words.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { Briefing } from '../../src/views/briefing/briefing.ts'
import { openInput, shown } from '../publish/terminal.ts'
import { UsageError } from '../publish/usage.ts'

export interface OpenedPackage {
  readonly reader: PackageReader
  /** The analyst's own, of a project file. */
  readonly words: OwnWords
  readonly briefings: readonly Briefing[]
  readonly followUps: Workspace['followUps']
  readonly caseFlows: Workspace['caseFlows']
}

/**
 * Opens a package's folder, or a project file (.zip), through the gate.
 * @returns why it cannot be opened. @throws PackageFault when a file of the folder is not as it should be;
 * UsageError when there is none
 */
export async function openPackage(
  path: string,
): Promise<OpenedPackage | { readonly findings: readonly Finding[] }> {
  if (!/\.zip$/i.test(path)) {
    if (!existsSync(join(path, 'index.json')))
      throw new UsageError(`I ${shown(path)} finns inget paket: index.json saknas.`)
    const files = new HeldFiles((name) => read(join(path, normalize(name))))
    const reader = new PackageReader(await readBasePackage(files))
    return { reader, words: {}, briefings: [], followUps: [], caseFlows: [] }
  }
  const { bytes } = await openInput(path)
  const project = await readProject(basename(path), new Uint8Array(bytes))
  if (!project.ok) return { findings: project.findings }
  const files = new HeldFiles((name) => Promise.resolve(project.files.get(name) ?? null))
  const { index, workspace } = project
  // The index and the files of a project hold the analyst's own figures already.
  return {
    reader: new PackageReader({ index, written: index, files }),
    words: workspace.words,
    briefings: workspace.briefings,
    followUps: workspace.followUps,
    caseFlows: workspace.caseFlows,
  }
}

const read = (path: string): Promise<Uint8Array<ArrayBuffer> | null> =>
  readFile(path).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  )
