import type { Finding } from '../../core/finding.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { Release } from '../../core/release.ts'
import { briefingsOfViews } from './briefing-shape.ts'
import { findingOf, identifier, list, name, orNull, parseJson, record } from './json-shape.ts'
import { migrated, type Migration } from './migration.ts'
import { EMPTY_WORKSPACE, type Workspace } from './overlay.ts'
import { release } from './release-shape.ts'
import { workspaceOf } from './workspace-shape.ts'

/** A project that was opened, in place of the served package. */
export interface OpenedProject {
  /** Name of its file. */
  readonly name: string
  /** The release that lies under the analyst's files in it. */
  readonly base: Release
  /** Indicators of the layers that it was saved with. */
  readonly own: readonly IndicatorId[]
}

/** What the browser keeps from one visit to the next, beside the files' bytes. */
export interface WorkspaceDocument {
  readonly workspace: Workspace
  readonly project: OpenedProject | null
}

export const EMPTY_DOCUMENT: WorkspaceDocument = { workspace: EMPTY_WORKSPACE, project: null }

export type DocumentReading =
  | { readonly ok: true; readonly document: WorkspaceDocument }
  | { readonly ok: false; readonly finding: Finding }

/** From version 1 on, each makes the next. */
const MIGRATIONS: readonly Migration[] = [
  // 2: what later files stand in place of is kept, and saved views are.
  (stored) => ({
    ...stored,
    workspace: { ...(stored['workspace'] as object | undefined), superseded: [], views: [] },
  }),
  // 3: the analyst's own words are kept.
  (stored) => ({
    ...stored,
    workspace: { ...(stored['workspace'] as object | undefined), words: {} },
  }),
  // 4: what was saved for a meeting is a lägesbild.
  (stored) => {
    const { views, ...rest } = (stored['workspace'] ?? {}) as { views?: unknown }
    return { ...stored, workspace: { ...rest, briefings: briefingsOfViews(views) } }
  },
  // 5: follow-ups of the plan's efforts are kept.
  (stored) => ({
    ...stored,
    workspace: { ...(stored['workspace'] as object | undefined), followUps: [] },
  }),
  // 6: own flows of cases are kept.
  (stored) => ({
    ...stored,
    workspace: { ...(stored['workspace'] as object | undefined), caseFlows: [] },
  }),
]
const VERSION = MIGRATIONS.length + 1
const MAXIMUM_BYTES = 50_000_000

export const writeWorkspaceDocument = (document: WorkspaceDocument): string =>
  JSON.stringify({ format: VERSION, ...document })

const shape = record({
  workspace: record({}),
  project: orNull(record({ name, base: release, own: list(identifier) })),
})

/**
 * Takes a stored document back, whole or not at all, from whatever version it was stored by.
 * @param file what findings call it
 */
export function readWorkspaceDocument(text: string, file: string): DocumentReading {
  try {
    const stored = migrated(parseJson(text, MAXIMUM_BYTES), MIGRATIONS)
    shape(stored, '')
    const { workspace, project } = stored as unknown as WorkspaceDocument
    return { ok: true, document: { workspace: workspaceOf(workspace), project } }
  } catch (fault) {
    return { ok: false, finding: findingOf(fault, file) }
  }
}
