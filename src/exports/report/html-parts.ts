import { element, escapeXml, withOwnNames } from '../../charts/svg.ts'
import { isPlainDrawing } from '../../charts/plain-drawing.ts'
import type { Report, ReportMap, ReportScatter } from '../../views/report.ts'

/** An element that is never written as an empty one. @param content HTML */
export function tag(
  name: string,
  attributes: Parameters<typeof element>[1],
  content: string | readonly string[],
): string {
  const inner = typeof content === 'string' ? content : content.join('')
  const opening = element(name, attributes)
  return `${opening.slice(0, -2)}>${inner}</${name}>`
}

/** An element of words alone. */
export const text = (
  name: string,
  words: string,
  attributes: Parameters<typeof element>[1] = {},
): string => tag(name, attributes, escapeXml(words))

/** A page's drawings, each with names of its own. @param own what all of them begin with */
export function withDrawingsNamed(html: string, own: string): string {
  let drawings = 0
  return html.replace(/<svg\b.*?<\/svg>/gs, (svg) => withOwnNames(svg, `${own}${drawings++}-`))
}

/** That figures are invented, where any is. */
export const syntheticOf = (synthetic: Report['synthetic']): string =>
  synthetic
    ? tag('p', { class: 'synthetic' }, [
        text('strong', synthetic.label),
        ' ',
        text('span', synthetic.sentence),
      ])
    : ''

/** A picture of a report with what it says in words; those alone where it is anything but a drawing. */
export function pictureOf(
  { svg, alternative }: ReportMap | ReportScatter,
  caption: string | null,
): string {
  const named = svg.replace(/^<svg\s/, `<svg role="img" aria-label="${escapeXml(alternative)}" `)
  return tag('div', { class: 'map' }, [
    isPlainDrawing(svg) ? named : text('p', alternative),
    caption === null ? '' : text('p', caption, { class: 'note' }),
  ])
}
