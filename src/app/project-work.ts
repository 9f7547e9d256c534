import type { Finding } from '../core/finding.ts'
import {
  readProject,
  writeProject,
  type Project,
  type ProjectFacts,
  type ProjectReading,
} from '../files/package/project.ts'

export type ProjectRequest =
  | {
      readonly type: 'write'
      readonly name: string
      readonly project: Project
      readonly facts: ProjectFacts
    }
  | { readonly type: 'read'; readonly name: string; readonly bytes: Uint8Array }

export type ProjectReply =
  | { readonly type: 'written'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** It could not be opened again, so that it is not handed out. */
  | { readonly type: 'not-written'; readonly findings: readonly Finding[] }
  | { readonly type: 'read'; readonly reading: ProjectReading }

/** Packs a project, and tries that it opens; or opens one. */
export async function doProjectWork(request: ProjectRequest): Promise<ProjectReply> {
  if (request.type === 'read')
    return { type: 'read', reading: await readProject(request.name, request.bytes) }
  const bytes = await writeProject(request.project, request.facts)
  const reading = await readProject(request.name, bytes)
  return reading.ok
    ? { type: 'written', bytes }
    : { type: 'not-written', findings: reading.findings }
}
