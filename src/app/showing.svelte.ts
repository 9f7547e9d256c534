/** Where a presentation is: what every window that shows it has in common. */
export interface ShowingState {
  readonly briefing: string
  /** Counted from 1. */
  readonly slide: number
  readonly isBlack: boolean
  readonly isHighContrast: boolean
  /** Milliseconds since 1970; when the first slide after the opening was shown. */
  readonly startedAt: number
}

type Message =
  | { readonly type: 'at'; readonly state: ShowingState }
  | { readonly type: 'ask'; readonly briefing: string }
  | { readonly type: 'end'; readonly briefing: string }

const CHANNEL = 'lageskartan visning'
/** What was chosen in this window lives as long as it. */
const CONTRAST = 'lageskartan kontrast'

/** Windows of one browser that show the same lägesbild, in step. Nothing leaves the browser. */
export class Showing {
  isBlack = $state(false)
  isHighContrast = $state(contrastAtStart())
  startedAt = $state(Date.now())
  private readonly channel: BroadcastChannel

  /**
   * @param onslide another window went to a slide
   * @param onend another window ended the showing
   */
  constructor(
    readonly briefing: string,
    private slide: number,
    onslide: (slide: number) => void,
    onend: () => void,
  ) {
    this.channel = new BroadcastChannel(CHANNEL)
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'ask') {
        if (data.briefing === this.briefing) this.tell()
        return
      }
      if (data.type === 'end') {
        if (data.briefing === this.briefing) onend()
        return
      }
      const { state } = data
      if (state.briefing !== this.briefing) return
      this.isBlack = state.isBlack
      this.isHighContrast = state.isHighContrast
      remember(this.isHighContrast)
      this.startedAt = state.startedAt
      if (state.slide === this.slide) return
      this.slide = state.slide
      onslide(state.slide)
    }
    this.say({ type: 'ask', briefing })
  }

  /** Goes to a slide here and in the other windows. */
  goTo(slide: number): void {
    this.slide = slide
    this.isBlack = false
    this.tell()
  }

  toggleBlack(): void {
    this.isBlack = !this.isBlack
    this.tell()
  }

  toggleContrast(): void {
    this.isHighContrast = !this.isHighContrast
    remember(this.isHighContrast)
    this.tell()
  }

  end(): void {
    this.say({ type: 'end', briefing: this.briefing })
  }

  close(): void {
    this.channel.close()
  }

  private tell(): void {
    const { briefing, slide, isBlack, isHighContrast, startedAt } = this
    const state = { briefing, slide, isBlack, isHighContrast, startedAt }
    this.say({ type: 'at', state })
  }

  private say(message: Message): void {
    this.channel.postMessage(message)
  }
}

/** As it was before a reload of the window, else as the system has it. */
function contrastAtStart(): boolean {
  try {
    const chosen = sessionStorage.getItem(CONTRAST)
    if (chosen !== null) return chosen === '1'
  } catch {
    // Storage is turned off: the system decides.
  }
  return matchMedia('(prefers-contrast: more)').matches
}

function remember(isHighContrast: boolean): void {
  try {
    sessionStorage.setItem(CONTRAST, isHighContrast ? '1' : '0')
  } catch {
    // It holds for this showing then.
  }
}

/** What a key does in a presentation; clickers send page keys. */
export type ShowingCommand =
  | { readonly kind: 'next' | 'previous' | 'first' | 'last' | 'full-screen' | 'end' }
  | { readonly kind: 'black' | 'contrast' }
  | { readonly kind: 'digit'; readonly digit: number }
  | { readonly kind: 'enter' | 'period-back' | 'period-on' }

const KEYS: Readonly<Record<string, ShowingCommand['kind']>> = {
  ...{ ArrowRight: 'next', PageDown: 'next', ' ': 'next', n: 'next' },
  ...{ ArrowLeft: 'previous', PageUp: 'previous', Backspace: 'previous', p: 'previous' },
  ...{
    Home: 'first',
    End: 'last',
    b: 'black',
    '.': 'black',
    k: 'contrast',
    f: 'full-screen',
    Escape: 'end',
  },
  ...{ Enter: 'enter', ArrowUp: 'period-on', ArrowDown: 'period-back' },
}

export function commandOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): ShowingCommand | null {
  if (ctrlKey || metaKey || altKey) return null
  if (/^\d$/.test(key)) return { kind: 'digit', digit: Number(key) }
  const kind = KEYS[key.length === 1 ? key.toLowerCase() : key]
  return kind === undefined ? null : ({ kind } as ShowingCommand)
}
