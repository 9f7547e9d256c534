/** An element of a document, with its own text and that of its descendants. */
export interface MarkupElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly parent: MarkupElement | null
  text: string
}

const VOID = new Set(['meta', 'col'])
const TAG = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<>]*")*)\s*(\/?)>/
const ENTITY = /&(amp|lt|gt|quot);/g
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"' } as const

const decoded = (text: string): string => {
  if (/&(?!(amp|lt|gt|quot);)/.test(text)) throw new Error(`bare & in ${text}`)
  return text.replace(ENTITY, (_, name: keyof typeof CHARACTERS) => CHARACTERS[name])
}

/**
 * The elements of a document that is written more strictly than HTML asks: every attribute in double quotes, every
 * element closed, no "<" or "&" that is not markup, no comments.
 * @throws where it is not
 */
export function strictMarkup(document: string): MarkupElement[] {
  const elements: MarkupElement[] = []
  const open: MarkupElement[] = []
  const say = (text: string): void => open.forEach((element) => (element.text += text))
  let rest = document.replace(/^<!doctype html>/, '')
  while (rest !== '') {
    if (!rest.startsWith('<')) {
      const end = rest.indexOf('<')
      const words = end < 0 ? rest : rest.slice(0, end)
      say(decoded(words))
      rest = rest.slice(words.length)
      continue
    }
    const found = TAG.exec(rest)
    if (!found) throw new Error(`no tag: ${rest.slice(0, 80)}`)
    const [whole, closing, name, written, isSelfClosed] = found
    rest = rest.slice(whole.length)
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`)
      continue
    }
    const attributes = [...written!.matchAll(/([^\s=]+)="([^"]*)"/g)].map(
      ([, key, value]) => [key!, decoded(value!)] as const,
    )
    if (new Set(attributes.map(([key]) => key)).size < attributes.length)
      throw new Error(`an attribute twice: ${whole}`)
    const element: MarkupElement = {
      ...{ name: name!, attributes: Object.fromEntries(attributes) },
      ...{ parent: open.at(-1) ?? null, text: '' },
    }
    elements.push(element)
    if (isSelfClosed === '/' || VOID.has(name!)) continue
    if (name === 'style') {
      const end = rest.indexOf('</')
      element.text = rest.slice(0, end)
      if (!rest.startsWith('</style>', end)) throw new Error('style is ended by something else')
      rest = rest.slice(end + '</style>'.length)
      continue
    }
    open.push(element)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)!.name}> is never closed`)
  return elements
}
