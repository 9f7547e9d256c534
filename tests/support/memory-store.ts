import {
  StoreFault,
  type StoreChange,
  type StoredDocument,
  type WorkspaceStore,
} from '../../src/storage/workspace-store.ts'

/** What one browser keeps, for as many tabs as there are; can be full, or keep nothing at all. */
export class MemoryDisk {
  document: StoredDocument | null = null
  files = new Map<string, Uint8Array<ArrayBuffer>>()
  /** Bytes that there is room for. */
  room = Infinity
  isUnavailable = false
  readonly #tabs = new Map<object, () => void>()

  mayHold(): boolean {
    return this.document !== null
  }

  /** A tab's view of it. */
  tab(): WorkspaceStore {
    const tab = {}
    const guard = (): void => {
      if (this.isUnavailable) throw new StoreFault('unavailable', null)
    }
    const tell = (): void => {
      for (const [other, listener] of this.#tabs) if (other !== tab) listener()
    }
    // Rejected rather than thrown, as a browser does.
    const later = <Result>(work: () => Result): Promise<Result> => Promise.resolve().then(work)
    return {
      mayHold: () => this.mayHold(),
      read: () => later(() => (guard(), this.document)),
      readFile: (key) => later(() => (guard(), this.files.get(key)?.slice() ?? null)),
      update: (change) => later(() => (guard(), this.#commit(change), tell(), this.document!)),
      clear: () =>
        later(() => {
          guard()
          this.document = null
          this.files = new Map()
          tell()
        }),
      watch: (listener) => void this.#tabs.set(tab, listener),
    }
  }

  /** Everything that lies on it, as text and bytes. */
  contents(): Uint8Array[] {
    return [new TextEncoder().encode(this.document?.text ?? ''), ...this.files.values()]
  }

  #commit(change: (current: StoredDocument | null) => StoreChange): void {
    const { text, put, isKept } = change(this.document)
    const files = new Map([...this.files].filter(([key]) => isKept(key)))
    for (const [key, bytes] of put) files.set(key, structuredClone(bytes))
    const size = [...files.values()].reduce((sum, { length }) => sum + length, text.length)
    if (size > this.room) throw new StoreFault('full', null)
    this.files = files
    this.document = { revision: (this.document?.revision ?? 0) + 1, text }
  }
}
