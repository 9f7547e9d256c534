/*
 * Keeps one document and the files that it refers to, in the browser until they are removed. Knows nothing of what
 * they mean; nothing raw is ever given to it.
 */

/** The document as it was stored last. */
export interface StoredDocument {
  /** Goes up by one with every change, in whatever tab. */
  readonly revision: number
  readonly text: string
}

/** A new document, with the files that come and those that stay. */
export interface StoreChange {
  readonly text: string
  readonly put: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** Whether a file that is already there is still needed. */
  readonly isKept: (key: string) => boolean
}

export interface WorkspaceStore {
  /** Whether there is likely something to read; answered at once, so that a first visit waits for nothing. */
  mayHold(): boolean
  /** The newest document; null when nothing is stored. @throws StoreFault */
  read(): Promise<StoredDocument | null>
  /** A file's bytes; null when it is not there. @throws StoreFault */
  readFile(key: string): Promise<Uint8Array<ArrayBuffer> | null>
  /**
   * Replaces the newest document by what is made of it, all or nothing: no other tab comes between.
   * @param change called at once with the newest document; must not wait for anything
   * @throws StoreFault, and whatever `change` throws; then all is as it was
   */
  update(change: (current: StoredDocument | null) => StoreChange): Promise<StoredDocument>
  /** Removes the document and all files. @throws StoreFault */
  clear(): Promise<void>
  /** Calls back when another tab has changed what is stored. */
  watch(onChange: () => void): void
}

/** full: there is no room · unavailable: the browser keeps nothing here, as in a private window */
export class StoreFault extends Error {
  constructor(
    readonly code: 'full' | 'unavailable',
    override readonly cause: unknown,
  ) {
    super(code)
  }
}
