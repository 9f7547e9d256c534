export interface TextPosition {
  /** Both 1-based. */
  readonly line: number
  readonly column: number
}

const SPACE = /[ \t\r\n]*/y
/** A sign, a text (any character but controls, quote and backslash; or an escape), a number or a word. */
const TOKEN =
  /([[\]{},:])|"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * Where a text stops being JSON (RFC 8259), or null when it is JSON. Browsers name the place in their own words or
 * not at all, so the place is found here; meant for texts that JSON.parse has refused.
 */
export function findJsonFault(text: string): TextPosition | null {
  const open: string[] = []
  let expecting: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'separator' = 'value'
  let position = 0
  while (position < text.length) {
    SPACE.lastIndex = position
    const start = position + SPACE.exec(text)![0].length
    if (start === text.length) break
    TOKEN.lastIndex = start
    const match = TOKEN.exec(text)
    if (!match || !accept(match[1], text[start] === '"')) return positionOf(text, start)
    position = TOKEN.lastIndex
  }
  return isDone() ? null : positionOf(text, text.length)

  function isDone(): boolean {
    return open.length === 0 && expecting === 'separator'
  }

  function accept(sign: string | undefined, isText: boolean): boolean {
    if (expecting === 'colon') {
      expecting = 'value'
      return sign === ':'
    }
    if (expecting === 'separator') {
      const container = open.at(-1)
      if (sign === ',' && container) {
        expecting = container === '{' ? 'key' : 'value'
        return true
      }
      return close(sign)
    }
    if (expecting === 'key' || expecting === 'key-or-end') {
      if (expecting === 'key-or-end' && close(sign)) return true
      expecting = 'colon'
      return isText
    }
    if (expecting === 'value-or-end' && close(sign)) return true
    if (sign === undefined) {
      expecting = 'separator'
      return true
    }
    if (sign !== '{' && sign !== '[') return false
    open.push(sign)
    expecting = sign === '{' ? 'key-or-end' : 'value-or-end'
    return true
  }

  function close(sign: string | undefined): boolean {
    const container = open.at(-1)
    if (!((sign === '}' && container === '{') || (sign === ']' && container === '['))) return false
    open.pop()
    expecting = 'separator'
    return true
  }
}

function positionOf(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}
