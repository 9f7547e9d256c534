// Runs in the page before the app, as a plain script: whatever is measured is done and timed here, so that no
// message between processes lies between a choice and its time.
;(() => {
  /** @returns {Promise<number>} */
  const nextFrame = () => new Promise((done) => requestAnimationFrame(done))
  const nextTask = () =>
    new Promise((done) => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => done(undefined)
      channel.port2.postMessage(null)
    })

  /** @param {string} selector @param {string} what @returns {HTMLElement} */
  const find = (selector, what) => {
    const element = document.querySelector(selector)
    if (!(element instanceof HTMLElement)) throw new Error(`${what} is not on the page`)
    return element
  }

  /** What the choices have made of the page, in words: changes with every choice. */
  const shown = () => {
    const name = find('.picker h1 button', 'the indicator').textContent
    const slider = document.querySelector('.time input[type=range]')
    return `${name} ${slider?.getAttribute('aria-valuetext')}`
  }

  /** The app answers a choice in microtasks; after this many in a row all that follow from it have run. */
  const MICROTASKS = 64

  /** @param {() => void} choose */
  async function timed(choose) {
    const before = shown()
    const start = performance.now()
    choose()
    for (let turn = 0; turn < MICROTASKS; turn++) await null
    const drawn = performance.now()
    const [computed] = performance.getEntriesByName('choice-computed')
    if (shown() === before) throw new Error(`nothing changed after a choice: ${before}`)
    await nextFrame()
    await nextTask()
    if (!computed || computed.startTime < start) throw new Error('the app told of no computing')
    const compute = computed.startTime + computed.duration - start
    return { compute, drawn: drawn - start, painted: performance.now() - start }
  }

  let lastFetch = 0
  new PerformanceObserver(() => (lastFetch = performance.now())).observe({ type: 'resource' })
  const QUIET_MS = 400
  const QUICK_FRAMES = 4
  const QUICK_FRAME_MS = 25
  const SETTLE_LIMIT_MS = 3000

  const bench = {
    /** Waits for a mark that the app sets. @param {string} name */
    async mark(name) {
      for (;;) {
        const [mark] = performance.getEntriesByName(name, 'mark')
        if (mark) return { sinceStart: mark.startTime, at: performance.timeOrigin + mark.startTime }
        await new Promise((done) => setTimeout(done, 10))
      }
    },

    /**
     * Waits until everything has come to rest: frames follow each other quickly only when neither this thread nor
     * the one that draws (in software, on the same processors) has anything left to do.
     */
    async settle() {
      const giveUp = performance.now() + SETTLE_LIMIT_MS
      let quick = 0
      let before = await nextFrame()
      while (quick < QUICK_FRAMES && before < giveUp) {
        const now = await nextFrame()
        quick = now - before < QUICK_FRAME_MS ? quick + 1 : 0
        before = now
      }
      await new Promise((done) => requestIdleCallback(done, { timeout: 500 }))
    },

    /** Waits until nothing has been fetched for a while. */
    async quiet() {
      while (performance.now() - lastFetch < QUIET_MS)
        await new Promise((done) => setTimeout(done, 50))
    },

    /** How many periods the slider has. */
    periods: () => Number(find('.time input[type=range]', 'the slider').getAttribute('max')) + 1,

    /** Moves the period slider. @param {number} position */
    choosePeriod(position) {
      const slider = /** @type {HTMLInputElement} */ (find('.time input[type=range]', 'the slider'))
      return timed(() => {
        slider.value = String(position)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      })
    },

    /** Opens the list of indicators, which is not timed. */
    async openPicker() {
      find('.picker h1 button', 'the indicator').click()
      await nextFrame()
      await nextFrame()
    },

    /** Chooses in the open list. @param {string} id */
    chooseIndicator(id) {
      const option = find(`.picker [role=option][id$="-${CSS.escape(id)}"]`, `indicator ${id}`)
      return timed(() => option.click())
    },

    /**
     * From the moment that the page is given a file until one can go on, and the longest time between two turns of
     * its event loop meanwhile.
     * @returns {Promise<{ read: number, unanswered: number }>}
     */
    drop() {
      return dropped
    },
  }
  const dropped = new Promise((tell) => {
    const given = () => {
      const start = performance.now()
      let [last, longest] = [start, 0]
      const turn = () => {
        const now = performance.now()
        longest = Math.max(longest, now - last)
        last = now
        const canGoOn = [...document.querySelectorAll('main button')].some((button) =>
          button.textContent?.trim().startsWith('Fortsätt'),
        )
        if (canGoOn) tell({ read: now - start, unanswered: longest })
        else setTimeout(turn, 4)
      }
      turn()
    }
    addEventListener('change', given, { capture: true, once: true })
  })
  Object.assign(globalThis, { bench })
})()
