import { vi } from 'vitest'
import { Session } from '../../src/app/session.svelte.ts'
import type { MemoryDisk } from './memory-store.ts'

/** What of a browser a session needs: an address, a history, and a server with one package. */
export function serve(files: ReadonlyMap<string, string>): void {
  const address = { hash: '' }
  const write = (_state: unknown, _title: string, hash: string): void => void (address.hash = hash)
  vi.stubGlobal('location', address)
  vi.stubGlobal('history', { pushState: write, replaceState: write })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('fetch', (url: URL) => {
    const text = files.get(url.pathname.replace('/package/', ''))
    return Promise.resolve(new Response(text ?? '', { status: text === undefined ? 404 : 200 }))
  })
}

/** A tab that has been opened; a new one on the same disk is a reload. */
export async function openTab(disk: MemoryDisk): Promise<Session> {
  const session = new Session('http://localhost/package/', disk.tab())
  await session.open()
  return session
}

/** Until whatever other tabs started has come to rest. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300))
