import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb'
import { StoreFault, type StoredDocument, type WorkspaceStore } from './workspace-store.ts'

interface Schema extends DBSchema {
  documents: { key: string; value: StoredDocument }
  files: { key: string; value: Uint8Array<ArrayBuffer> }
}

const VERSION = 1
const WORKSPACE = 'workspace'

/** Each older database is brought up step by step, however old it is. */
const upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']> = (database, oldVersion) => {
  if (oldVersion < 1) {
    database.createObjectStore('documents')
    database.createObjectStore('files')
  }
}

/**
 * The browser's own database. It is opened when it is first asked for, and again after it was closed.
 * @param name one for each place that the site is served from
 */
export function browserStore(name: string): WorkspaceStore {
  let opening: Promise<IDBPDatabase<Schema>> | null = null
  const open = (): Promise<IDBPDatabase<Schema>> => {
    const forget = () => (opening = null)
    opening ??= openDB<Schema>(name, VERSION, {
      upgrade,
      // A newer version of the site in another tab comes first.
      blocking: (_current, _blocked, event) => {
        ;(event.target as IDBDatabase).close()
        forget()
      },
      terminated: forget,
    })
    opening.catch(forget)
    return opening
  }
  const using = async <Result>(
    work: (database: IDBPDatabase<Schema>) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await work(await open())
    } catch (cause) {
      throw faultOf(cause)
    }
  }
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
  const tell = () => channel?.postMessage(null)
  const mark = markOf(name)

  return {
    mayHold: () => mark.isThere(),
    read: async () =>
      (await exists(name))
        ? using(async (database) => (await database.get('documents', WORKSPACE)) ?? null)
        : null,
    readFile: (key) => using(async (database) => (await database.get('files', key)) ?? null),
    update: async (change) => {
      const stored = await using(async (database) => {
        const transaction = database.transaction(['documents', 'files'], 'readwrite')
        // Awaited last; a fault before that is told there.
        transaction.done.catch(() => undefined)
        const documents = transaction.objectStore('documents')
        const files = transaction.objectStore('files')
        const current = (await documents.get(WORKSPACE)) ?? null
        const keys = await files.getAllKeys()
        try {
          const { text, put, isKept } = change(current)
          const next = { revision: (current?.revision ?? 0) + 1, text }
          const work: Promise<unknown>[] = [documents.put(next, WORKSPACE)]
          for (const key of keys) if (!put.has(key) && !isKept(key)) work.push(files.delete(key))
          for (const [key, bytes] of put) work.push(files.put(bytes, key))
          await Promise.all(work)
          await transaction.done
          return next
        } catch (cause) {
          if (transaction.error === null) abort(transaction)
          throw transaction.error ?? cause
        }
      })
      mark.set(true)
      void askToKeep()
      tell()
      return stored
    },
    clear: async () => {
      await using(async (database) => {
        const transaction = database.transaction(['documents', 'files'], 'readwrite')
        await Promise.all([
          transaction.objectStore('documents').clear(),
          transaction.objectStore('files').clear(),
          transaction.done,
        ])
      })
      mark.set(false)
      tell()
    },
    watch: (onChange) => channel?.addEventListener('message', onChange),
  }
}

/** A word beside the database that says, without waiting for it, that it holds something. */
function markOf(name: string): { isThere(): boolean; set(isThere: boolean): void } {
  return {
    isThere: () => {
      try {
        return localStorage.getItem(name) !== null
      } catch {
        return true
      }
    },
    set: (isThere) => {
      try {
        if (isThere) localStorage.setItem(name, '1')
        else localStorage.removeItem(name)
      } catch {
        // Then the database is asked, and waited for.
      }
    },
  }
}

/** Whether there is a database already: a first visit need not make one. Where it cannot be told, there may be. */
async function exists(name: string): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some((database) => database.name === name)
  } catch {
    return true
  }
}

/** A transaction that has ended by itself cannot be ended again. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // It was over already.
  }
}

/** So that the browser does not clear it away when room is scarce; what it answers changes nothing here. */
async function askToKeep(): Promise<void> {
  try {
    await navigator.storage?.persist?.()
  } catch {
    // It keeps what it keeps.
  }
}

function faultOf(cause: unknown): unknown {
  // What another part threw on the way is no fault of the store.
  if (!(cause instanceof DOMException) && !isTypeErrorOfMissing(cause)) return cause
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError'
  return new StoreFault(isFull ? 'full' : 'unavailable', cause)
}

/** Without a database at all, `indexedDB` is undefined or null. */
const isTypeErrorOfMissing = (cause: unknown): boolean =>
  typeof indexedDB === 'undefined' || indexedDB === null ? cause instanceof Error : false
