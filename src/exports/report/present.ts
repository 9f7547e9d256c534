/**
 * Shows the deck of a page that was handed out: keys, clickers, touch and clicks; B blackens, K heightens the contrast,
 * which is high from the start where the system asks for it, digits and Enter jump, F fills the screen, Escape goes back
 * to reading. The slide stands in the address, so that a reload stays on it.
 *
 * It is written into the page as text, so it may use nothing from outside itself but the document. Attributes of the
 * page's body say the words: `data-slide` ("Bild {n} av {all}").
 */
export function present(): void {
  const deck = document.querySelector<HTMLElement>('.deck')!
  const slides = [...deck.querySelectorAll<HTMLElement>('.slide')]
  const status = document.querySelector<HTMLElement>('#visning')!
  const { body } = document
  const last = slides.findLast((slide) => slide.dataset['number'])?.dataset['number'] ?? ''
  let at = -1
  let typed = ''

  const fit = (): void => {
    const unit = Math.min(innerWidth / 1024, innerHeight / 768)
    deck.style.setProperty('--u', `${unit}px`)
  }
  /** Its picture stands in the report before; it is there once. */
  const fill = (slide: HTMLElement | undefined): void => {
    const place = slide?.querySelector<HTMLElement>('[data-picture]')
    if (!place || place.firstElementChild) return
    const picture = document.querySelector(
      `[aria-labelledby="rapport-${place.dataset['picture']}"] .map > svg`,
    )
    if (!picture) return
    const copy = picture.cloneNode(true) as Element
    const own = `v${slides.indexOf(slide!)}-`
    for (const part of copy.querySelectorAll('[id]')) part.id = own + part.id
    for (const part of copy.querySelectorAll('*'))
      for (const name of ['fill', 'stroke', 'clip-path']) {
        const value = part.getAttribute(name)
        if (value?.startsWith('url(#')) part.setAttribute(name, value.replace('#', `#${own}`))
      }
    for (const name of ['width', 'height']) copy.removeAttribute(name)
    place.replaceChildren(copy)
  }
  const show = (to: number): void => {
    const begins = at < 0
    at = Math.max(0, Math.min(slides.length - 1, to))
    body.classList.add('presenting')
    body.classList.remove('black')
    fit()
    fill(slides[at])
    slides.forEach((slide, place) => slide.classList.toggle('now', place === at))
    history.replaceState(null, '', `#visa-${at}`)
    const number = slides[at]!.dataset['number']
    const words = body.dataset['slide'] ?? ''
    const heading = slides[at]!.querySelector('h2')?.textContent ?? ''
    const place = number ? `${words.replace('{n}', number).replace('{all}', last)}. ` : ''
    status.textContent = place + heading
    // The button that began is not shown any more, and nothing else is to be reached.
    if (begins) {
      deck.tabIndex = -1
      deck.focus({ preventScroll: true })
    }
    // The next one is ready when it is asked for.
    setTimeout(() => fill(slides[at + 1]))
  }
  /** By the number at its foot, which the first and the last have none of. */
  const placeOf = (number: number): number => {
    const own = slides.findIndex((slide) => slide.dataset['number'] === String(number))
    return own >= 0 ? own : number < 1 ? 0 : slides.length - 1
  }
  const end = (): void => {
    const section = `rapport-${slides[at]?.dataset['section'] ?? ''}`
    at = -1
    body.classList.remove('presenting', 'black')
    history.replaceState(null, '', '#')
    status.textContent = ''
    if (document.fullscreenElement) void document.exitFullscreen()
    // Reading goes on where showing ended.
    const heading = document.getElementById(section)
    if (heading) heading.tabIndex = -1
    ;(heading ?? document.querySelector<HTMLElement>('#visa')!).focus()
    heading?.scrollIntoView()
  }
  const fillScreen = (): void => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void document.documentElement.requestFullscreen().catch(() => undefined)
  }

  const setContrast = (isHigh: boolean): void => {
    body.classList.toggle('contrast', isHigh)
    try {
      sessionStorage.setItem('kontrast', isHigh ? '1' : '0')
    } catch {
      // It holds until the page is left then.
    }
  }
  let chosen: string | null = null
  try {
    chosen = sessionStorage.getItem('kontrast')
  } catch {
    // The system decides.
  }
  const isAsked = matchMedia('(prefers-contrast: more)').matches
  body.classList.toggle('contrast', chosen === null ? isAsked : chosen === '1')

  const NEXT = ['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'n']
  const BACK = ['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace', 'p']
  addEventListener('keydown', (event) => {
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const jump = typed
    typed = /^\d$/.test(key) ? (typed + key).slice(-3) : ''
    if (NEXT.includes(key)) show(at + 1)
    else if (BACK.includes(key)) show(at - 1)
    else if (key === 'Home') show(0)
    else if (key === 'End') show(slides.length - 1)
    else if (key === 'Enter') show(jump === '' ? at + 1 : placeOf(Number(jump)))
    else if (key === 'b' || key === '.') body.classList.toggle('black')
    else if (key === 'k') setContrast(!body.classList.contains('contrast'))
    else if (key === 'f') fillScreen()
    else if (key === 'Escape') end()
    else if (typed === '') return
    event.preventDefault()
  })
  let from: number | null = null
  deck.addEventListener('pointerdown', (event) => (from = event.clientX))
  deck.addEventListener('pointerup', (event) => {
    if (from === null || getSelection()?.toString()) return
    const moved = event.clientX - from
    from = null
    if (event.pointerType === 'mouse') show(event.clientX < innerWidth / 3 ? at - 1 : at + 1)
    else if (Math.abs(moved) > 50) show(moved < 0 ? at + 1 : at - 1)
  })
  addEventListener('resize', fit)
  document.querySelector('#visa')!.addEventListener('click', () => show(0))
  const asked = /^#visa-(\d+)$/.exec(location.hash)
  if (asked) show(Number(asked[1]))
}
