import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { STATUS_HIDDEN_AT_SOURCE, STATUS_VALUE } from '../../src/core/cell.ts'
import { cellIndex, type RawTable } from '../../src/core/observation.ts'
import { readGround, type Ground } from './ground.ts'
import { DEMONSTRATION_SEED } from './specifications.ts'
import { synthesise, type SyntheticIncident } from './synthesise.ts'

/** The first line of every file: nobody may take the figures for real. */
export const SYNTHETIC_TITLE = 'Syntetiska demonstrationsdata: påhittade siffror, inte verkliga'

const SEXES = { T: 'Totalt', K: 'Kvinnor', M: 'Män' } as const
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Writes the invented figures as they would come from a source, before any disclosure check, to try imports on:
 * one file per indicator, `<indicator>.csv`, and the register as `handelser.csv` without its points. Semicolons,
 * UTF-8 with a byte order mark; ".." where the source hid the figure, blank where it has none.
 * @param directory made when it does not exist; files of the same names are replaced
 */
export async function exportRaw(
  directory: string,
  seed: number = DEMONSTRATION_SEED,
): Promise<void> {
  const ground = readGround()
  const world = synthesise(seed, ground)
  await mkdir(directory, { recursive: true })
  const write = (name: string, lines: readonly string[]): Promise<void> =>
    writeFile(
      join(directory, `${name}.csv`),
      BYTE_ORDER_MARK + [SYNTHETIC_TITLE, ...lines, ''].join('\r\n'),
    )
  for (const table of world.tables) await write(table.indicator, observationLines(table, ground))
  await write('handelser', incidentLines(world.incidents, ground))
}

function namesOf({ areas, districts }: Ground): Map<string, string> {
  return new Map([...areas, ...districts].map(({ id, name }) => [id, name]))
}

function observationLines(table: RawTable, ground: Ground): string[] {
  const names = namesOf(ground)
  const hasDenominator = table.denominator.some((value) => !Number.isNaN(value))
  const lines = [`Områdeskod;Område;Period;Kön;Täljare${hasDenominator ? ';Nämnare' : ''}`]
  table.sexes.forEach((sex, sexIndex) =>
    table.periods.forEach((period, periodIndex) =>
      table.areas.forEach((area, areaIndex) => {
        const cell = cellIndex(table, sexIndex, periodIndex, areaIndex)
        const mark = table.status[cell] === STATUS_HIDDEN_AT_SOURCE ? '..' : ''
        const figures = [
          table.numerator[cell]!,
          ...(hasDenominator ? [table.denominator[cell]!] : []),
        ]
        const written = figures.map((figure) =>
          table.status[cell] === STATUS_VALUE ? String(figure) : mark,
        )
        lines.push([area, names.get(area), period, SEXES[sex], ...written].join(';'))
      }),
    ),
  )
  return lines
}

function incidentLines(incidents: readonly SyntheticIncident[], ground: Ground): string[] {
  const names = namesOf(ground)
  return [
    'Datum;Kategori;Områdeskod;Område',
    ...incidents.map(({ day, category, area }) => [day, category, area, names.get(area)].join(';')),
  ]
}
