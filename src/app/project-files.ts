import type { Project, ProjectFacts, ProjectReading } from '../files/package/project.ts'
import { oneAnswer } from './one-answer.ts'
import { PackageFault } from './package-files.ts'
import type { ProjectReply, ProjectRequest } from './project-work.ts'

/** A project as the bytes of a file. @throws PackageFault when it could not be opened again */
export async function packProject(
  name: string,
  project: Project,
  facts: ProjectFacts,
): Promise<Uint8Array<ArrayBuffer>> {
  const reply = await inWorker({ type: 'write', name, project, facts })
  if (reply.type === 'not-written') throw new PackageFault(reply.findings[0]!)
  if (reply.type !== 'written') throw new Error('not what was asked for')
  return reply.bytes
}

/** Opens a project file, whole or not at all. */
export async function unpackProject(name: string, bytes: Uint8Array): Promise<ProjectReading> {
  const reply = await inWorker({ type: 'read', name, bytes })
  if (reply.type !== 'read') throw new Error('not what was asked for')
  return reply.reading
}

const inWorker = (request: ProjectRequest): Promise<ProjectReply> =>
  oneAnswer(
    () => new Worker(new URL('./project-worker.ts', import.meta.url), { type: 'module' }),
    async () => (await import('./project-work.ts')).doProjectWork,
    request,
  )
