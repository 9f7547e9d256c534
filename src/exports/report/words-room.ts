/** More than this beside figures would take the room from them. */
const LETTERS = 240
const LINES = 4

/** Whether an analyst's words, a line each, have room on the slide of their figures; else they follow on one of their own. */
export const haveRoomBeside = (lines: readonly string[]): boolean =>
  lines.length <= LINES && lines.join(' ').length <= LETTERS
