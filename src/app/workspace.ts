import type { Finding } from '../core/finding.ts'
import type { IndicatorId } from '../core/indicator.ts'
import { readPackageIndex, writePackageIndex } from '../files/package/package-index.ts'
import {
  hasLayers,
  layerFilesOf,
  type BoundaryLayer,
  type ImportLayer,
  type LayerFiles,
  type LayerId,
  type LayerSource,
  type Workspace,
} from '../files/package/overlay.ts'
import type { Project } from '../files/package/project.ts'
import { ownIndicators, packageUnder } from '../files/package/project-base.ts'
import {
  EMPTY_DOCUMENT,
  readWorkspaceDocument,
  writeWorkspaceDocument,
  type WorkspaceDocument,
} from '../files/package/workspace-document.ts'
import { StoreFault, type WorkspaceStore } from '../storage/workspace-store.ts'
import { STORAGE_NAME } from '../text/workspace.ts'
import type { BasePackage } from './load.ts'
import { decodeFile, HeldFiles, PackageFault, type FileSource } from './package-files.ts'

/** One of the analyst's own files, for the page that lists them. */
export interface LayerRow {
  readonly id: LayerId
  readonly kind: 'import' | 'boundaries'
  readonly source: LayerSource
  readonly indicators: readonly {
    readonly id: IndicatorId
    readonly name: string
    /** Where its figures come from, as the analyst said. */
    readonly source: string
    readonly levels: readonly string[]
  }[]
  /** False where it lives in this tab only. */
  readonly isStored: boolean
}

type Change = (document: WorkspaceDocument) => WorkspaceDocument

/** What is waiting to be stored, with the files that came with it. */
interface Unstored {
  readonly change: Change
  readonly files: LayerFiles
  /** The project's files are other ones from here on. */
  readonly isOtherProject: boolean
}

const PROJECT_FOLDER = 'project/'
const INDEX = `${PROJECT_FOLDER}index.json`

/**
 * The analyst's own files from one visit to the next. A change is made of what is stored at that moment, so that two
 * tabs never undo each other; what cannot be stored stays in the tab.
 */
export class WorkspaceKeeper {
  private current: WorkspaceDocument = EMPTY_DOCUMENT
  private unstored: readonly Unstored[] = []
  /** Bytes that came in this tab, by key. */
  private readonly held = new Map<string, Uint8Array<ArrayBuffer>>()
  /** Stored by a newer version, or damaged: nothing is written over it. */
  private isLocked = false
  private storedIds: ReadonlySet<LayerId> = new Set()

  constructor(private readonly store: WorkspaceStore) {}

  get document(): WorkspaceDocument {
    return this.current
  }

  /** Files of the layers. */
  readonly layerFiles: FileSource = new HeldFiles((path) => this.find(path), 'project-file-missing')

  /** Whether a first look need wait for what is stored. */
  get mayHold(): boolean {
    return this.store.mayHold()
  }

  /** Whether there is anything of the analyst's own. */
  get isEmpty(): boolean {
    const { workspace, project } = this.current
    return project === null && !hasLayers(workspace)
  }

  /** Reads what is stored; nothing where there is no storage. @returns what is wrong with it */
  async open(): Promise<readonly Finding[]> {
    let text: string | null
    try {
      text = (await this.store.read())?.text ?? null
    } catch (cause) {
      if (!(cause instanceof StoreFault)) throw cause
      return []
    }
    this.isLocked = false
    const reading = text === null ? null : readWorkspaceDocument(text, STORAGE_NAME)
    if (reading && !reading.ok) {
      this.isLocked = true
      const isNewer = reading.finding.code === 'project-newer'
      return [found('error', isNewer ? 'project-stored-newer' : 'project-stored-damaged')]
    }
    this.current = this.afterUnstored(reading?.document ?? EMPTY_DOCUMENT)
    this.storedIds = idsOf((reading?.document ?? EMPTY_DOCUMENT).workspace)
    return []
  }

  /** The package of the project that is open; null when none is. @throws PackageFault */
  async projectPackage(): Promise<BasePackage | null> {
    const { project } = this.current
    if (!project) return null
    const files = new HeldFiles((path) => this.find(PROJECT_FOLDER + path))
    const path = 'index.json'
    const reading = readPackageIndex(decodeFile(await files.read(path), path), path)
    if (!reading.ok) throw new PackageFault(reading.finding)
    const written = reading.index
    return { index: packageUnder(written, project.base, project.own), written, files }
  }

  /** Makes a change of what is stored now. @returns why it could not be stored; then it is of this tab alone */
  async change(
    change: (workspace: Workspace) => Workspace,
    files: LayerFiles = new Map(),
  ): Promise<readonly Finding[]> {
    return this.apply({
      change: (document) => ({ ...document, workspace: change(document.workspace) }),
      ...{ files, isOtherProject: false },
    })
  }

  /** Puts a project in place of all there was. */
  async openProject(name: string, project: Project): Promise<readonly Finding[]> {
    const { base, index, workspace } = project
    const own = new Set(referredPaths(workspace))
    const files = new Map([
      [INDEX, new TextEncoder().encode(writePackageIndex(index))],
      ...[...project.files].map(
        ([path, bytes]) => [own.has(path) ? path : PROJECT_FOLDER + path, bytes] as const,
      ),
      ...project.earlierFiles,
    ])
    this.isLocked = false
    this.unstored = []
    const document: WorkspaceDocument = {
      workspace,
      project: { name, base, own: ownIndicators(workspace) },
    }
    return this.apply({ change: () => document, files, isOtherProject: true })
  }

  /** Back to the served package, without anything of the analyst's own. */
  async reset(): Promise<readonly Finding[]> {
    this.current = EMPTY_DOCUMENT
    this.unstored = []
    this.held.clear()
    this.storedIds = new Set()
    this.isLocked = false
    try {
      await this.store.clear()
      return []
    } catch (cause) {
      if (!(cause instanceof StoreFault)) throw cause
      return [storageFinding(cause)]
    }
  }

  /** Goes on without what is stored, which could not be opened; it is left as it is. */
  leaveStored(): void {
    this.current = EMPTY_DOCUMENT
    this.isLocked = true
    this.storedIds = new Set()
  }

  /** Calls back when another tab has changed what is stored. */
  watch(onChange: () => void): void {
    this.store.watch(onChange)
  }

  rows(): readonly LayerRow[] {
    const { layers, boundaries } = this.current.workspace
    const isStored = (id: LayerId): boolean => this.storedIds.has(id)
    return [
      ...layers.map((layer) => importRow(layer, isStored(layer.id))),
      ...(boundaries ? [boundaryRow(boundaries, isStored(boundaries.id))] : []),
    ]
  }

  private async apply(one: Unstored): Promise<readonly Finding[]> {
    for (const [key, bytes] of one.files) this.held.set(key, bytes)
    const waiting = [...this.unstored, one]
    if (this.isLocked) return this.keepInTab(one, found('warning', 'project-storage-locked'))
    try {
      let made: WorkspaceDocument | null = null
      await this.store.update((newest) => {
        const reading = newest ? readWorkspaceDocument(newest.text, STORAGE_NAME) : null
        if (reading && !reading.ok && !waiting.some(({ isOtherProject }) => isOtherProject))
          throw new LockedStore()
        const before = reading?.ok ? reading.document : EMPTY_DOCUMENT
        const after = waiting.reduce((document, { change }) => change(document), before)
        const needed = new Set(referredPaths(after.workspace))
        const put = new Map(
          waiting
            .flatMap(({ files }) => [...files])
            .filter(([key]) => key.startsWith(PROJECT_FOLDER) || needed.has(key)),
        )
        const isSameProject = !waiting.some(({ isOtherProject }) => isOtherProject)
        const text = writeWorkspaceDocument(after)
        // What could not be read again must never take the place of what can.
        const again = readWorkspaceDocument(text, STORAGE_NAME)
        if (!again.ok) throw new Error(`${again.finding.code} ${again.finding.column ?? ''}`)
        made = again.document
        return {
          text,
          put,
          isKept: (key) =>
            key.startsWith(PROJECT_FOLDER)
              ? isSameProject && after.project !== null
              : needed.has(key),
        }
      })
      this.current = made!
      this.unstored = []
      this.storedIds = idsOf(this.current.workspace)
      this.held.clear()
      return []
    } catch (cause) {
      if (cause instanceof StoreFault) return this.keepInTab(one, storageFinding(cause))
      if (!(cause instanceof LockedStore)) throw cause
      this.isLocked = true
      return this.keepInTab(one, found('warning', 'project-storage-locked'))
    }
  }

  private keepInTab(one: Unstored, finding: Finding): readonly Finding[] {
    this.unstored = [...this.unstored, one]
    this.current = one.change(this.current)
    return [finding]
  }

  /** What is of this tab alone lies above what is stored. */
  private afterUnstored(document: WorkspaceDocument): WorkspaceDocument {
    return this.unstored.reduce((before, { change }) => change(before), document)
  }

  private async find(key: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const held = this.held.get(key)
    if (held) return held
    try {
      return await this.store.readFile(key)
    } catch (cause) {
      if (!(cause instanceof StoreFault)) throw cause
      return null
    }
  }
}

/** What is stored cannot be read, so that nothing may be made of it. */
class LockedStore extends Error {}

/** Paths of all files that the layers need. */
const referredPaths = ({ layers, superseded, boundaries }: Workspace): readonly string[] => [
  ...[...layers, ...superseded].flatMap((layer) => layerFilesOf(layer).map(({ path }) => path)),
  ...(boundaries ? [boundaries.boundaries.path, boundaries.neighbours.path] : []),
]

const idsOf = ({ layers, boundaries }: Workspace): ReadonlySet<LayerId> =>
  new Set([...layers, ...(boundaries ? [boundaries] : [])].map(({ id }) => id))

const importRow = ({ id, source, indicators }: ImportLayer, isStored: boolean): LayerRow => ({
  ...{ id, kind: 'import', source, isStored },
  indicators: indicators.map(({ id: indicator, name, source: from, plan }) => ({
    ...{ id: indicator, name, source: from, levels: plan.levels },
  })),
})

const boundaryRow = ({ id, source }: BoundaryLayer, isStored: boolean): LayerRow => ({
  ...{ id, kind: 'boundaries', source, isStored, indicators: [] },
})

const storageFinding = ({ code }: StoreFault): Finding =>
  found('warning', code === 'full' ? 'project-storage-full' : 'project-storage-unavailable')

const found = (severity: Finding['severity'], code: string): Finding => ({
  ...{ severity, code, file: STORAGE_NAME, row: null, column: null, text: null },
})
