/** A place in a grid, both counted from 0. */
export interface GridPlace {
  readonly line: number
  readonly column: number
}

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/**
 * Where a key leads in a grid, as grids are moved in by keyboard: arrows a step, Home and End along the line, with Ctrl
 * to the grid's corners. @returns null for any other key
 */
export function nextInGrid(
  { key, ctrlKey }: KeyboardEvent,
  { line, column }: GridPlace,
  last: GridPlace,
): GridPlace | null {
  const within = (place: number, most: number): number => Math.max(0, Math.min(most, place))
  const move = MOVES[key]
  if (move)
    return {
      line: within(line + move[0], last.line),
      column: within(column + move[1], last.column),
    }
  if (key === 'Home') return { line: ctrlKey ? 0 : line, column: 0 }
  if (key === 'End') return { line: ctrlKey ? last.line : line, column: last.column }
  return null
}
