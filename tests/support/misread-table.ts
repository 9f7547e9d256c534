import type { Inspection } from '../../src/files/inspection.ts'
import { READ_SEXES, READING_STATUSES } from '../../src/files/tables/readings.ts'
import type { MadeReading, WrittenTable } from './table-dialects.ts'

/** What was read otherwise than it was meant, a line each; empty when all is as it should be. */
export function misread(table: WrittenTable, inspection: Inspection): string {
  const faults: string[] = []
  for (const { severity, code, row, column, text } of inspection.findings)
    if (severity === 'error' || severity === 'question')
      faults.push(`${severity} ${code}, row ${row}, column ${column}, "${text}"`)
  const observations = inspection.tables.reduce((sum, one) => sum + one.observations, 0)
  if (observations !== table.observations)
    faults.push(`${observations} observations, not ${table.observations}`)
  const read = new Map(readingsOf(inspection).map((reading) => [keyOf(reading), reading]))
  for (const meant of table.readings) {
    const found = read.get(keyOf(meant))
    read.delete(keyOf(meant))
    if (!found) faults.push(`not read: ${JSON.stringify(meant)}`)
    else if (!isAlike(meant, found))
      faults.push(`${JSON.stringify(found)}, not ${JSON.stringify(meant)}`)
  }
  for (const reading of read.values()) faults.push(`too many: ${JSON.stringify(reading)}`)
  return faults.length === 0 ? '' : `${faults.slice(0, 12).join('\n')}\n\n${table.shown}`
}

type Read = Omit<MadeReading, 'mayBeCount'>

const keyOf = ({ row, area, period, sex }: Read): string => [row, area, period, sex].join('\t')

function readingsOf({ tables }: Inspection): Read[] {
  return tables.flatMap(({ readings }) =>
    Array.from({ length: readings.count }, (_, index): Read => ({
      row: readings.row[index]!,
      area: readings.areas[readings.area[index]!]!,
      period: readings.periods[readings.period[index]!]!,
      sex: READ_SEXES[readings.sex[index]!]!,
      status: READING_STATUSES[readings.status[index]!]!,
      numerator: readings.numerator[index]!,
      denominator: readings.denominator[index]!,
      value: readings.value[index]!,
      respondents: readings.respondents[index]!,
      margin: readings.margin[index]!,
    })),
  )
}

function isAlike(meant: MadeReading, found: Read): boolean {
  const isNumerator =
    isSame(meant.numerator, found.numerator) ||
    (meant.mayBeCount && isSame(meant.value, found.numerator))
  return (
    meant.status === found.status &&
    isNumerator &&
    isSame(meant.denominator, found.denominator) &&
    isSame(meant.value, found.value) &&
    isSame(meant.respondents, found.respondents) &&
    isSame(meant.margin, found.margin)
  )
}

/** A percentage that a workbook holds as a share may be a rounding of binary fractions away. */
const isSame = (one: number, other: number): boolean =>
  Object.is(one, other) || Math.abs(one - other) <= 1e-12 * Math.abs(one)
