import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { PackageFault } from '../../src/app/package-files.ts'
import { ProfileReports } from '../../src/app/profile-reports.ts'
import {
  areasAtLevel,
  wholeArea,
  type Area,
  type AreaId,
  type AreaRegister,
} from '../../src/core/area.ts'
import { SEXES, type Sex } from '../../src/core/indicator.ts'
import { kindOf } from '../../src/core/period.ts'
import { COMPARE_SIMILAR, COMPARE_WHOLE } from '../../src/core/view-state.ts'
import { paragraphsOf, wordsKey } from '../../src/files/package/own-words.ts'
import { editDistance } from '../../src/files/tables/area-texts.ts'
import { areaName } from '../../src/text/format.ts'
import type { ProfileChoice, ProfileComparison } from '../../src/views/profile/profile-question.ts'
import { printFindings } from '../publish/print-findings.ts'
import { UsageError } from '../publish/usage.ts'
import { nodeReportTools } from './node-report-tools.ts'
import { openPackage } from './package-at.ts'
import { filesOf, formatsOf, isDay, startPrinter, writeWhole } from './report-files.ts'

const OPTIONS = {
  area: { type: 'string', multiple: true },
  all: { type: 'boolean' },
  group: { type: 'string' },
  name: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  level: { type: 'string' },
  compare: { type: 'string' },
  sex: { type: 'string' },
  period: { type: 'string' },
  by: { type: 'string' },
  package: { type: 'string' },
  date: { type: 'string' },
} as const

/**
 * `profile`: writes profiles of areas as files.
 * @returns 0 done, 1 when the package has faults, 2 when PDF is asked for and there is no browser that prints
 * @throws UsageError
 */
export async function profileCommand(parameters: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...parameters], options: OPTIONS, strict: true })
  const out = values.out
  if (out === undefined) throw new UsageError('Ange var filerna ska skrivas: --out MAPP')
  const formats = formatsOf(values.format ?? 'pdf,pptx,xlsx,csv,html')
  const date = values.date ?? new Date().toLocaleDateString('sv-SE')
  if (!isDay(date)) throw new UsageError(`"${date}" är inget datum ÅÅÅÅ-MM-DD.`)
  if (values.period !== undefined && kindOf(values.period) === null)
    throw new UsageError(`"${values.period}" är ingen period, t.ex. 2025 eller 2024/25.`)
  try {
    const opened = await openPackage(values.package ?? 'public/package')
    if ('findings' in opened) {
      printFindings(opened.findings)
      return 1
    }
    const { reader, words } = opened
    const { register } = reader.index
    const choices = choicesOf(register, values)
    const printer = await startPrinter(formats)
    const isWithoutPdf = formats.includes('pdf') && printer === null
    try {
      const tools = await nodeReportTools()
      const reports = new ProfileReports(reader)
      await mkdir(out, { recursive: true })
      for (const [at, choice] of choices.entries()) {
        const own = paragraphsOf(words[wordsKey(choice.areas)] ?? '')
        const colour = (token: string): string => tools.colour(token)
        const profile = await reports.make(choice, { date, words: own, colour })
        if (!profile) continue
        const { report } = profile
        // At once: the browser prints while the other files are made.
        const made = await Promise.all(
          formats.map((format) => filesOf(report, format, tools, printer)),
        )
        const files = made.flat()
        for (const file of files) await writeWhole(join(out, file.name), file.bytes)
        const count = files.length
        process.stderr.write(
          `${at + 1} av ${choices.length}: ${report.title}, ${count} ${count === 1 ? 'fil' : 'filer'}\n`,
        )
      }
    } finally {
      await printer?.close()
    }
    return isWithoutPdf ? 2 : 0
  } catch (fault) {
    if (!(fault instanceof PackageFault)) throw fault
    printFindings([fault.finding])
    return 1
  }
}

interface Wanted {
  readonly area?: readonly string[] | undefined
  readonly all?: boolean | undefined
  readonly group?: string | undefined
  readonly name?: string | undefined
  readonly level?: string | undefined
  readonly compare?: string | undefined
  readonly sex?: string | undefined
  readonly period?: string | undefined
  readonly by?: string | undefined
}

function choicesOf(register: AreaRegister, wanted: Wanted): readonly ProfileChoice[] {
  const { area = [], all = false, group, level, sex = 'T', by = 'klass' } = wanted
  const ways = [area.length > 0, all, group !== undefined].filter(Boolean).length
  if (ways !== 1) throw new UsageError('Ange ett av --area KOD, --all och --group KOD,KOD.')
  if (!(SEXES as readonly string[]).includes(sex))
    throw new UsageError(`Kön är T, K eller M, inte "${sex}".`)
  if (by !== 'klass' && by !== 'fokusproblem')
    throw new UsageError(`--by är klass eller fokusproblem, inte "${by}".`)
  const finest = register.levels.reduce((most, one) => (one.rank > most.rank ? one : most))
  if (level !== undefined && !register.levels.some(({ id }) => id === level))
    throw new UsageError(
      `Nivån "${level}" finns inte. Välj bland ${register.levels.map(({ id }) => id).join(', ')}.`,
    )
  const known = (text: string): AreaId => found(register, text, level ?? null).id
  const common = {
    comparison: comparisonOf(register, wanted.compare ?? COMPARE_WHOLE, level ?? null),
    ...{ period: wanted.period ?? null, sex: sex as Sex, groupName: null },
    grouping: by === 'klass' ? ('class' as const) : ('focus' as const),
  }
  const ids = all
    ? areasAtLevel(register, level ?? finest.id).map(({ id }) => id)
    : [...new Set((group?.split(',') ?? area).map((one) => known(one.trim())))]
  const levels = new Set(ids.map((id) => register.areas.find((one) => one.id === id)!.level))
  if (levels.has(wholeArea(register)?.level ?? ''))
    throw new UsageError('Hela kommunen har ingen profil: den är vad områden jämförs med.')
  const { comparison } = common
  if (comparison.kind === 'area' && !all && ids.includes(comparison.area))
    throw new UsageError('Ett område kan inte jämföras med sig självt.')
  if (group === undefined) return ids.map((id) => ({ ...common, areas: [id] }))
  if (levels.size > 1) throw new UsageError('Områdena i --group ska vara på en och samma nivå.')
  return [{ ...common, areas: ids, groupName: wanted.name ?? null }]
}

function comparisonOf(
  register: AreaRegister,
  text: string,
  level: string | null,
): ProfileComparison {
  if (text === COMPARE_WHOLE) return { kind: 'whole' }
  if (text === COMPARE_SIMILAR) return { kind: 'similar', likeness: [] }
  return { kind: 'area', area: found(register, text, level).id }
}

/** A name as it is looked for: in any case, with whichever dash. */
const folded = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('sv').replaceAll('–', '-')

/** By code, or by name; of several of one name the finest. @throws UsageError that names the nearest */
function found(register: AreaRegister, text: string, level: string | null): Area {
  const areas = register.areas.filter((area) => level === null || area.level === level)
  const rankOf = (area: Area): number =>
    register.levels.find(({ id }) => id === area.level)?.rank ?? 0
  const named = areas
    .filter(({ id, name }) => id === text || folded(name) === folded(text))
    .toSorted((a, b) => rankOf(b) - rankOf(a))
  if (named[0]) return named[0]
  const near = areas
    .map((area) => ({ area, apart: editDistance(folded(area.name), folded(text)) }))
    .toSorted((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ area }) => `${areaName(area.name)} (${area.id})`)
  throw new UsageError(`Området "${text}" finns inte. Närmast: ${near.join(', ')}.`)
}
