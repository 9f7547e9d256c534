import { DelimitedFields } from './delimited-fields.ts'
import { encodeDelimited } from './delimiter-byte.ts'

const USUAL = [';', '\t', ',', '|']
/** Tried where no usual delimiter parts the rows. */
const UNUSUAL = ['~', '^', '¦', '§', '#', ':']
/** Records looked at to find the delimiter. */
const SAMPLE_RECORDS = 200
/** What a row counts for in which quotes stand where the candidate has no field begin or end. */
const MISQUOTED_WEIGHT = 0.05

/**
 * The delimiter that parts most rows of a text into equally many fields, more fields being better; null when the lines
 * are not parted by anything. Rows whose quotes do not fit hardly count, and one wild row wins over none.
 */
export function findDelimiter(sample: string): string | null {
  const usual = best(USUAL, sample, 0)
  if (usual !== null) return usual
  // Any sign may part the rows, but then it must part nearly all of them alike.
  return best(UNUSUAL, sample, 0.8)
}

/** How a candidate parts the sample. */
interface Parting {
  readonly delimiter: string
  /** Rows that it parts at all. */
  readonly parted: number
  /** Fields of a row that it parts most rows into, by their score, and how many rows that is. */
  readonly score: number
  readonly alike: number
}

/** @param leastShare of the rows that have to be parted alike */
function best(candidates: readonly string[], sample: string, leastShare: number): string | null {
  const partings = candidates
    .filter((candidate) => sample.includes(candidate))
    .flatMap((candidate) => partingBy(candidate, sample, leastShare) ?? [])
  const most = Math.max(...partings.map(({ parted }) => parted))
  const usual = partings.filter(({ alike }) => alike * 2 >= most)
  let chosen: Parting | null = null
  for (const parting of usual.length > 0 ? usual : partings)
    if (chosen === null || parting.score > chosen.score) chosen = parting
  return chosen?.delimiter ?? null
}

function partingBy(delimiter: string, sample: string, leastShare: number): Parting | null {
  const weights = new Map<number, number>()
  const rows = new Map<number, number>()
  let count = 0
  for (const { width, isMisquoted } of rowsOf(delimiter, sample)) {
    count++
    weights.set(width, (weights.get(width) ?? 0) + (isMisquoted ? MISQUOTED_WEIGHT : 1))
    rows.set(width, (rows.get(width) ?? 0) + 1)
  }
  let best: Parting | null = null
  const parted = count - (rows.get(1) ?? 0)
  for (const [width, weight] of weights) {
    const [alike, score] = [rows.get(width)!, weight * Math.log2(width)]
    if (width > 1 && alike >= count * leastShare && score > (best?.score ?? 0))
      best = { delimiter, parted, score, alike }
  }
  return best
}

interface SampleRow {
  readonly width: number
  readonly isMisquoted: boolean
}

const [SPACE, QUOTE] = [32, 34]

function* rowsOf(delimiter: string, sample: string): Generator<SampleRow> {
  const { bytes, byte } = encodeDelimited(sample, delimiter)
  const fields = new DelimitedFields(bytes, byte)
  let [count, width, isMisquoted, isBlank] = [0, 0, false, true]
  while (count < SAMPLE_RECORDS && fields.next()) {
    const { start, end, isQuoted } = fields
    width++
    for (let at = start; at < end; at++) {
      if (!isQuoted && fields.bytes[at] === QUOTE) isMisquoted = true
      if (fields.bytes[at]! > SPACE) isBlank = false
    }
    if (!fields.endsRow) continue
    if (!isBlank) {
      count++
      yield { width, isMisquoted }
    }
    ;[width, isMisquoted, isBlank] = [0, false, true]
  }
}
