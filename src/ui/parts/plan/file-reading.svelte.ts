/** A file on its way in: one thing at a time, what is being done, and whether a file is held above the place for it. */
export class FileReading {
  status = $state('')
  isBusy = $state(false)
  isOver = $state(false)

  /**
   * @param words while a file is read, and where something went wrong that nobody foresaw
   * @param read what is done with a file; says what came of it
   */
  constructor(
    private readonly words: { readonly reading: string; readonly failed: string },
    private readonly read: (file: File) => Promise<string>,
  ) {}

  /** Does one thing, unless another is being done. @param does says what came of it */
  async run(doing: string, does: () => Promise<string>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.status = doing
    try {
      this.status = await does()
    } catch {
      this.status = this.words.failed
    } finally {
      this.isBusy = false
    }
  }

  take(file: File): void {
    void this.run(this.words.reading, () => this.read(file))
  }

  readonly onchange = ({ currentTarget }: Event & { currentTarget: HTMLInputElement }): void => {
    const file = currentTarget.files?.[0]
    // The same file may be chosen again when it has been put right.
    currentTarget.value = ''
    if (file) this.take(file)
  }

  readonly ondragover = (event: DragEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    this.isOver = true
  }

  readonly ondragleave = (): void => {
    this.isOver = false
  }

  readonly ondrop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0]
    this.isOver = false
    if (!file) return
    event.preventDefault()
    event.stopPropagation()
    this.take(file)
  }
}
