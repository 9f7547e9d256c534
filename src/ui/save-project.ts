import type { Session } from '../app/session.svelte.ts'
import { saveFile } from '../exports/save-file.ts'

/** Makes the project file and hands it to the browser's downloads. @returns its name. @throws PackageFault */
export async function saveProject(session: Session): Promise<string> {
  const { name, bytes } = await session.writeProject()
  saveFile(new Blob([new Uint8Array(bytes)], { type: 'application/zip' }), name)
  return name
}
