/** The design tokens that the map paints with; read once from the stylesheet, so that no colour is written here. */
export interface Palette {
  readonly land: string
  readonly loading: string
  readonly water: string
  readonly areaBorder: string
}

/** Reads the tokens of an element's computed style. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    land: token('land'),
    loading: token('wash-2'),
    water: token('water'),
    areaBorder: token('area-border'),
  }
}
