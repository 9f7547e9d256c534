import { element, escapeXml } from '../../charts/svg.ts'
import type { ReportMap, ReportScatter } from '../../views/report.ts'

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

/** What a drawing has no need of: all that runs, leads away or comes from elsewhere. */
const ACTIVE =
  /<\/?\s*(script|foreignobject|style|iframe|image|use|a|set|animate)\b|\son\w+\s*=|href\s*=/i

/** A picture of a report with what it says in words; those alone where it is anything but a drawing. */
export function pictureOf(
  { svg, alternative }: ReportMap | ReportScatter,
  caption: string | null,
): string {
  const isDrawing = /^<svg\s[^>]*>[\s\S]*<\/svg>\s*$/.test(svg) && !ACTIVE.test(svg)
  const named = svg.replace(/^<svg\s/, `<svg role="img" aria-label="${escapeXml(alternative)}" `)
  return tag('div', { class: 'map' }, [
    isDrawing ? named : text('p', alternative),
    caption === null ? '' : text('p', caption, { class: 'note' }),
  ])
}
