/** Words that are not finished, kept by the browser at once: a reload or another tab finds them. */
export interface DraftStore {
  read(): ReadonlyMap<string, string>
  /** Null takes it away. */
  write(key: string, words: string | null): void
  /** Calls back when another tab has written. @returns what ends it */
  watch(onChange: (key: string, words: string | null) => void): () => void
}

/**
 * The browser's small store, which answers at once. Where there is none, words live as long as the page.
 * @param name one for each place that the site is served from, and for each kind of words
 */
export function browserDrafts(name: string): DraftStore {
  const prefix = `${name} `
  const attempt = <Result>(work: () => Result, otherwise: Result): Result => {
    try {
      return work()
    } catch {
      return otherwise
    }
  }
  return {
    read: () =>
      attempt(
        () =>
          new Map(
            Object.entries(localStorage)
              .filter(([key]) => key.startsWith(prefix))
              .map(([key, words]) => [key.slice(prefix.length), String(words)]),
          ),
        new Map<string, string>(),
      ),
    write: (key, words) =>
      attempt(() => {
        if (words === null) localStorage.removeItem(prefix + key)
        else localStorage.setItem(prefix + key, words)
      }, undefined),
    watch: (onChange) => {
      const heard = ({ key, newValue }: StorageEvent): void => {
        if (key?.startsWith(prefix)) onChange(key.slice(prefix.length), newValue)
      }
      addEventListener('storage', heard)
      return () => removeEventListener('storage', heard)
    },
  }
}
