/** What is typed and not yet stored, by field: one writing at a time, the newest wins, and nothing typed is lost. */
export class Drafts {
  private typed = $state.raw<ReadonlyMap<string, string>>(new Map())
  private readonly unstored = new Map<string, (value: string) => Promise<void>>()
  private isWriting = false

  /** What stands in a field. */
  of(field: string, stored: string): string {
    return this.typed.get(field) ?? stored
  }

  /** @param store puts a value where it is kept */
  type(field: string, value: string, store: (value: string) => Promise<void>): void {
    this.typed = new Map(this.typed).set(field, value)
    this.unstored.set(field, store)
    if (!this.isWriting) void this.write()
  }

  private async write(): Promise<void> {
    this.isWriting = true
    await Promise.resolve()
    while (this.unstored.size > 0) {
      const [field, store] = this.unstored.entries().next().value!
      const value = this.typed.get(field) ?? ''
      this.unstored.delete(field)
      await store(value)
      if (this.typed.get(field) !== value || this.unstored.has(field)) continue
      const rest = new Map(this.typed)
      rest.delete(field)
      this.typed = rest
    }
    this.isWriting = false
  }
}
