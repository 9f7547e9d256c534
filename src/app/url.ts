import { decode, encode, pushesHistory, type Ignored, type ViewState } from '../core/view-state.ts'

/**
 * The address bar as the owner of what can be shared. Camera moves replace the entry, choices push one, so that
 * Back undoes a choice.
 */
export class AddressBar {
  private shown: ViewState
  readonly ignoredAtStart: readonly Ignored[]

  /** @param onnavigate called when the visitor goes back, forward or edits the hash */
  constructor(onnavigate: (state: ViewState, ignored: readonly Ignored[]) => void) {
    const { state, ignored } = decode(location.hash)
    this.shown = state
    this.ignoredAtStart = ignored
    const read = () => {
      if (location.hash === encode(this.shown)) return
      const next = decode(location.hash)
      this.shown = next.state
      onnavigate(next.state, next.ignored)
    }
    addEventListener('popstate', read)
    addEventListener('hashchange', read)
  }

  get state(): ViewState {
    return this.shown
  }

  write(next: ViewState, wanted: 'push' | 'replace'): void {
    const hash = encode(next)
    const push = wanted === 'push' && pushesHistory(this.shown, next)
    this.shown = next
    if (hash === location.hash) return
    if (push) history.pushState(null, '', hash)
    else history.replaceState(null, '', hash)
  }
}
