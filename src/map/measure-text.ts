let context: CanvasRenderingContext2D | null = null
const widths = new Map<string, number>()

/** Width in pixels of a line of text in the interface's typeface, e.g. `measureText('Teg', '600 12px')`. */
export function measureText(text: string, font: string): number {
  const key = `${font} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return text.length * 7
  context.font = `${font} "Source Sans 3"`
  const width = context.measureText(text).width
  widths.set(key, width)
  return width
}
