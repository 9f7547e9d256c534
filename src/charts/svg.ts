type Attributes = Readonly<Record<string, string | number | undefined>>

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** What no XML document may hold, however it is written: control characters and halves of characters. */
export const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (character) => ESCAPES[character]!)

/** One SVG element as text; attributes that are undefined are left out, content must already be XML. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/**
 * A drawing whose patterns and clips have names of their own, for a page where others may have the same.
 * @param svg one document
 * @param own begins every name
 */
export function withOwnNames(svg: string, own: string): string {
  const names = new Set([...svg.matchAll(/="url\(#([^)"]+)\)"/g)].map(([, name]) => name!))
  return svg
    .replace(/ id="([^"]+)"/g, (whole, name: string) =>
      names.has(name) ? ` id="${own}${name}"` : whole,
    )
    .replace(/="url\(#([^)"]+)\)"/g, `="url(#${own}$1)"`)
}

export function textElement(text: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(text))
}

/** A drawing as a document of its own, in the interface's typeface. @param content already XML */
export const pictureDocument = (
  { width, height }: { readonly width: number; readonly height: number },
  title: string,
  content: string,
): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'Source Sans 3', sans-serif" font-feature-settings="'tnum' 1, 'lnum' 1"><title>${escapeXml(title)}</title>${content}</svg>`
