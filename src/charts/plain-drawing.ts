const ELEMENTS = new Set(
  'svg title desc defs g path rect circle ellipse line polyline polygon text tspan pattern clipPath'.split(
    ' ',
  ),
)
const TAG = /<\/?([A-Za-z]+)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*\/?>/g
const ATTRIBUTE = /\s([A-Za-z][\w:-]*)="([^"<]*)"/g

/**
 * Whether a text is an SVG drawing of lines, areas and words alone, as this program makes them. It is put into pages as
 * it stands, so nothing in it may run, lead away or come from elsewhere: only known elements, no handlers, no links,
 * no style sheets, no references but to its own parts.
 */
export function isPlainDrawing(svg: string): boolean {
  if (!svg.startsWith('<svg ')) return false
  let isPlain = true
  const rest = svg.replace(TAG, (_, element: string, attributes: string) => {
    if (!ELEMENTS.has(element)) isPlain = false
    for (const [, name, value] of attributes.matchAll(ATTRIBUTE))
      if (/^on|href$|^style$/i.test(name!) || /url\((?!#)/i.test(value!)) isPlain = false
    return ''
  })
  return isPlain && !rest.includes('<')
}
