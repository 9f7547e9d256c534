/** Files that were dropped or chosen anywhere, on their way to the page that reads them. */
export class FileDoor {
  waiting = $state.raw<readonly File[]>([])
  /** Something that can be dropped is held over the window. */
  isOver = $state.raw(false)

  /** @returns the files that wait, once */
  take(): readonly File[] {
    const files = this.waiting
    this.waiting = []
    return files
  }
}
