import type { Area } from '../../core/area.ts'
import type { Finding } from '../../core/finding.ts'
import { followUpKey } from '../../core/follow-up.ts'
import type { Indicator } from '../../core/indicator.ts'
import type {
  ActivityPlan,
  FollowUp,
  Intervention,
  InterventionPlaces,
  PlanTerm,
} from '../../core/plan.ts'
import { distinctSlugs, slugOf } from '../../core/slug.ts'
import {
  PLAN_CHOICES,
  PLAN_SHEETS,
  planSheetText,
  type PlanColumn,
  type PlanSheetName,
} from '../../text/plan-sheet.ts'
import type { Grid } from '../formats/grid.ts'
import { evened, readAreaTexts } from '../tables/area-texts.ts'
import { dayInMonth } from '../tables/day-text.ts'
import { readPeriod } from '../tables/period-text.ts'
import { areAlike, nameFinder, type Nameable, type NamedOne } from './known-word.ts'
import { contradictionsOf, readPlan } from './read-plan.ts'
import { choiceOf, Findings, SheetRows, type SheetRow } from './sheet-rows.ts'

/** What a plan in sheets may name. */
export interface PlanSheetReferences {
  readonly areas: readonly Area[]
  readonly indicators: readonly Pick<Indicator, 'id' | 'name' | 'focusProblems'>[]
  /** Whose plan it is, where the file does not say. */
  readonly publisher: string
}

export type PlanSheetReading =
  | { readonly ok: true; readonly plan: ActivityPlan; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** Columns that each sheet may have; the first ones must be there. */
const COLUMNS: Readonly<
  Record<PlanSheetName, readonly [readonly PlanColumn[], readonly PlanColumn[]]>
> = {
  about: [['planTitle', 'publisher', 'firstYear', 'lastYear'], ['note']],
  departments: [['name'], ['id']],
  problems: [['problem'], ['words']],
  efforts: [
    ['department', 'title', 'levels', 'problems'],
    [
      ...([
        'number',
        'id',
        'levelText',
        'description',
        'start',
        'end',
        'when',
        'whenNote',
      ] as const),
      ...(['targetGroup', 'agesFrom', 'agesTo', 'places', 'areas', 'unresolved'] as const),
      ...([
        'placeNote',
        'problemNote',
        'problemLine',
        'how',
        'early',
        'goals',
        'followUp',
      ] as const),
      ...(['partners', 'sameAs', 'section', 'lines'] as const),
    ],
  ],
  links: [
    ['effort', 'problem', 'how'],
    ['words', 'line'],
  ],
  measures: [
    ['effort', 'measure'],
    ['indicator', 'expected', 'reason', 'line'],
  ],
  money: [
    ['effort', 'text'],
    ['year', 'thousands', 'line'],
  ],
  ordinary: [
    ['department', 'items'],
    ['problem', 'section', 'lines'],
  ],
  additions: [
    ['department', 'thousands'],
    ['words', 'text', 'section', 'lines'],
  ],
  split: [
    ['department', 'text'],
    ['thousands', 'interventions', 'line'],
  ],
  checks: [['text'], ['holds', 'said', 'found', 'lines']],
  history: [
    ['project', 'description', 'sourceTitle', 'sourcePublisher'],
    ['since', 'targetGroup', 'agesFrom', 'agesTo', 'place', 'thousands', 'line', 'sourceNote'],
  ],
  followUps: [
    ['effort', 'halfYear', 'status'],
    ['reading', 'measure', 'value', 'unit', 'comment', 'date', 'lines'],
  ],
}

/**
 * Reads a plan of activities that somebody has written in a workbook or as text tables: one sheet of efforts, and more
 * of what belongs to them where it is told. All or nothing, and everything that is wrong at once, by row and column.
 * Columns stand in any order; sheets and columns that are not read are told of. Total.
 * @param grids of one workbook, or of text files whose names are those of the sheets
 */
export function readPlanSheets(
  grids: readonly Grid[],
  references: PlanSheetReferences,
): PlanSheetReading {
  const findings = new Findings()
  const reader = new PlanReader(grids, references, findings)
  const made = reader.plan()
  if (findings.hasErrors || made === null) return { ok: false, findings: findings.all }
  const checked = readPlan(made, grids[0]!.file, {
    areas: new Set(references.areas.map(({ id }) => id)),
    indicators: new Set(references.indicators.map(({ id }) => id)),
  })
  if ('findings' in checked) {
    for (const finding of checked.findings) findings.add(finding)
    return { ok: false, findings: findings.all }
  }
  return { ok: true, plan: checked.plan, findings: findings.all }
}

class PlanReader {
  readonly #sheets = new Map<PlanSheetName, SheetRows>()
  readonly #rowOf = new Map<number, SheetRow>()
  readonly #file: string

  constructor(
    private readonly grids: readonly Grid[],
    private readonly references: PlanSheetReferences,
    private readonly findings: Findings,
  ) {
    this.#file = grids[0]?.file ?? ''
    for (const grid of grids) this.#open(grid)
    if (!this.#sheets.has('efforts') && grids.length > 0)
      this.#say('error', 'plan-sheet-missing', this.#file, grids.map(nameOfSheet).join(', '))
    if (grids.length === 0) this.#say('error', 'reading-empty', this.#file, null)
  }

  #open(grid: Grid): void {
    const name = evened(nameOfSheet(grid))
    const kinds = Object.keys(PLAN_SHEETS) as PlanSheetName[]
    const isNamed = (kind: PlanSheetName): boolean =>
      PLAN_SHEETS[kind].some((word) => evened(word) === name)
    const kind = this.grids.length === 1 ? 'efforts' : kinds.find(isNamed)
    if (name === evened(planSheetText.explained)) return
    if (!kind) {
      this.#say('note', 'plan-sheet-unread', grid.file, nameOfSheet(grid))
      return
    }
    if (this.#sheets.has(kind)) {
      this.#say('error', 'plan-sheet-repeated', grid.file, nameOfSheet(grid))
      return
    }
    const [required, more] = COLUMNS[kind]
    const file = grid.sheet === null ? grid.file : `${grid.file}, ${grid.sheet}`
    const all = [...required, ...more]
    this.#sheets.set(kind, new SheetRows(grid, file, all, required, this.findings))
  }

  #say(severity: Finding['severity'], code: string, file: string, text: string | null): void {
    this.findings.add({ severity, code, file, row: null, column: null, text })
  }

  #rows(kind: PlanSheetName): readonly SheetRow[] {
    return this.#sheets.get(kind)?.rows ?? []
  }

  /** Null where there is nothing to make a plan of. What is faulty in it has been told. */
  plan(): unknown {
    const rows = this.#rows('efforts')
    if (rows.length === 0) {
      if (this.#sheets.has('efforts') && !this.findings.hasErrors)
        this.#say('error', 'plan-no-rows', this.#file, null)
      return null
    }
    const departments = this.#departments(rows)
    const findDepartment = nameFinder(departments.map(({ id, name }) => ({ id, names: [name] })))
    const problems = this.#problems(rows)
    const findProblem = nameFinder(problems.map(({ id, words }) => ({ id, names: [words] })))
    const departmentOf = (row: SheetRow): string => {
      const text = row.needed('department')
      return text === ''
        ? ''
        : (row.named('department', 'plan-unknown-department', text, findDepartment) ?? '')
    }

    const ids = idsOf(rows)
    const efforts = rows.map((row, at) => ({ row, id: ids[at]!, title: row.text('title') }))
    tellRepeated(efforts)
    const findEffort = nameFinder(efforts.map(({ id, title }) => ({ id, names: [title] })))
    const effortOf = (row: SheetRow): string | null => {
      const text = row.needed('effort')
      return text === '' ? null : row.named('effort', 'plan-unknown-effort', text, findEffort)
    }

    const links = grouped(this.#rows('links'), effortOf)
    const measures = grouped(this.#rows('measures'), effortOf)
    const money = grouped(this.#rows('money'), effortOf)
    const areasOf = this.#areaReader(rows)
    const interventions = efforts.map(({ row, id, title }, at): Intervention => {
      this.#rowOf.set(at, row)
      row.needed('title')
      const department = departmentOf(row)
      return {
        ...{ id, department, number: row.count('number', 1), title },
        ...levelsOf(row),
        description: row.text('description') || planSheetText.notStated,
        period: periodOf(row),
        targetGroup: row.text('targetGroup') || planSheetText.notStated,
        ages: agesOf(row),
        places: placesOf(row, areasOf),
        ...this.#focusOf(row, links.get(id) ?? [], findProblem),
        earlyDetection: row.choice('early', PLAN_CHOICES.yes) === 'yes',
        goals: row.list('goals'),
        followUpMeasures: this.#measuresOf(row, measures.get(id) ?? []),
        partners: row.list('partners'),
        budget: (money.get(id) ?? []).map((one) => ({
          ...{ year: one.count('year'), thousandsSEK: one.figure('thousands') },
          ...{ text: one.needed('text'), line: lineOf(one) },
        })),
        sameAs:
          row.text('sameAs') === ''
            ? null
            : row.named('sameAs', 'plan-unknown-effort', row.text('sameAs'), findEffort),
        section: orElse(row.list('section'), [row.text('department'), title]),
        lines: row.lines('lines'),
      }
    })
    this.#tellContradictions(interventions)
    const shares = grouped(this.#rows('split'), departmentOf)
    return {
      format: 1,
      source: this.#source(interventions),
      ...{ departments, focusProblems: problems, interventions },
      ordinaryWork: this.#rows('ordinary').map((row) => {
        const problem = row.text('problem')
        return {
          department: departmentOf(row),
          focusProblem:
            problem === ''
              ? null
              : row.named('problem', 'plan-unknown-focus-problem', problem, findProblem),
          items: orElse(row.list('items'), [row.needed('items')]),
          ...this.#origin(row),
        }
      }),
      budgetAdditions: this.#rows('additions').map((row) => {
        const department = departmentOf(row)
        const thousandsSEK = row.figure('thousands')
        if (thousandsSEK === null) row.needed('thousands')
        return {
          ...{ department, thousandsSEK: thousandsSEK ?? 0 },
          words: row.text('words') || planSheetText.notStated,
          text: row.text('text') || planSheetText.notStated,
          split: (shares.get(department) ?? []).map((part) => ({
            thousandsSEK: part.figure('thousands'),
            text: part.needed('text'),
            interventions: part.list('interventions').flatMap((text) => {
              const found = part.named('interventions', 'plan-unknown-effort', text, findEffort)
              return found === null ? [] : [found]
            }),
            line: lineOf(part),
          })),
          ...this.#origin(row),
        }
      }),
      budgetCheck: this.#rows('checks').map((row) => {
        const holds = row.choice('holds', PLAN_CHOICES.holds)
        return {
          text: row.needed('text'),
          holds: holds === null || holds === 'unknown' ? null : holds === 'yes',
          ...{ saidThousandsSEK: row.figure('said'), foundThousandsSEK: row.figure('found') },
          lines: linesListed(row),
        }
      }),
      followUps: this.#followUps(effortOf),
      ...this.#history(),
    } satisfies ActivityPlan
  }

  #origin(row: SheetRow): {
    readonly section: readonly string[]
    readonly lines: Intervention['lines']
  } {
    return {
      section: orElse(row.list('section'), [row.text('department')]),
      lines: row.lines('lines'),
    }
  }

  /** Those of their own sheet, or else those that efforts name: then two that are alike may be one. */
  #departments(efforts: readonly SheetRow[]): ActivityPlan['departments'] {
    if (this.#sheets.has('departments'))
      return this.#rows('departments').map((row) => {
        const name = row.needed('name')
        return { id: row.text('id') || slugOf(name), name }
      })
    const named = [...this.#rows('ordinary'), ...this.#rows('additions'), ...efforts]
    const first = new Map<string, SheetRow>()
    for (const row of named) {
      const name = row.text('department')
      const known = [...first.keys()].find((other) => evened(other) === evened(name))
      if (name === '' || known !== undefined) continue
      const alike = [...first.keys()].find((other) => areAlike(other, name))
      if (alike !== undefined)
        row.fault('department', 'plan-unknown-department', name, { suggestions: alike })
      first.set(name, row)
    }
    const names = [...first.keys()]
    const ids = distinctSlugs(names, 'verksamhet')
    return names.map((name, at) => ({ id: ids[at]!, name }))
  }

  /** Those of their own sheet, or those that the indicators have, or else those that efforts name. */
  #problems(efforts: readonly SheetRow[]): ActivityPlan['focusProblems'] {
    if (this.#sheets.has('problems'))
      return this.#rows('problems').map((row) => {
        const id = row.needed('problem')
        return { id, words: row.text('words') || id }
      })
    const known = [
      ...new Set(this.references.indicators.flatMap(({ focusProblems }) => focusProblems)),
    ]
    if (known.length > 0) return known.map((id) => ({ id, words: id }))
    const named = new Map<string, string>()
    for (const row of efforts)
      if (choiceOf(row.text('problems'), PLAN_CHOICES.scope) === null)
        for (const text of row.list('problems'))
          if (!named.has(evened(text))) named.set(evened(text), text)
    if (named.size === 0) this.#say('error', 'plan-no-focus-problems', this.#file, null)
    return [...named].map(([id, words]) => ({ id, words }))
  }

  /** Areas by what the column of areas and the column of places say, all texts of it together. */
  #areaReader(rows: readonly SheetRow[]): AreaReader {
    const { areas } = this.references
    const names = new Map(areas.map(({ id, name, level }) => [id, { name, level }]))
    const texts = [...new Set(rows.flatMap((row) => [...row.list('areas'), ...row.list('places')]))]
    const readings = readAreaTexts(texts, areas, {})
    const known = new Map(texts.map((text, at) => [text, readings[at]!]))
    return (text) => {
      if (names.has(text)) return { kind: 'known', id: text }
      const reading = known.get(text)!
      if (reading.kind === 'area') return { kind: 'known', id: reading.area }
      if (reading.kind !== 'unknown') return { kind: 'unknown', suggestions: [] }
      const { why, suggestions } = reading
      return {
        kind: 'unknown',
        suggestions: suggestions.map((id) => {
          const { name, level } = names.get(id)!
          return why === 'levels' ? `${id} (${name}, ${level})` : name
        }),
      }
    }
  }

  #focusOf(
    row: SheetRow,
    links: readonly SheetRow[],
    find: (text: string) => NamedOne,
  ): Pick<Intervention, 'focusScope' | 'focusNote' | 'focusProblems'> {
    const text = row.needed('problems')
    const scope = choiceOf(text, PLAN_CHOICES.scope)
    const words = row.text('problemNote')
    const linked = links.map((link) => ({
      link,
      id: link.named('problem', 'plan-unknown-focus-problem', link.needed('problem'), find),
    }))
    if (scope !== null) {
      for (const { link } of linked)
        link.fault('problem', 'plan-link-not-listed', link.text('problem'))
      return {
        ...{ focusScope: scope, focusProblems: [] },
        focusNote: { words: words || text, line: row.count('problemLine', 1) ?? row.number },
      }
    }
    if (words !== '') row.fault('problemNote', 'plan-note-beside-problems', words)
    const listed = row.list('problems').flatMap((one) => {
      const id = row.named('problems', 'plan-unknown-focus-problem', one, find)
      return id === null ? [] : [{ id, words: one }]
    })
    for (const { link, id } of linked) {
      const isFirst = linked.find((other) => other.id === id)?.link === link
      if (id !== null && !listed.some((one) => one.id === id))
        link.fault('problem', 'plan-link-not-listed', link.text('problem'))
      else if (id !== null && !isFirst) link.fault('problem', 'plan-repeated', link.text('problem'))
    }
    return {
      ...{ focusScope: 'named', focusNote: null },
      focusProblems: listed.map(({ id, words: written }) => {
        const link = linked.find((one) => one.id === id)?.link
        return {
          id,
          words: link?.text('words') || written,
          line: (link && lineOf(link)) ?? row.number,
          how: link?.text('how') || row.text('how') || planSheetText.notStated,
        }
      }),
    }
  }

  #measuresOf(row: SheetRow, detailed: readonly SheetRow[]): Intervention['followUpMeasures'] {
    const listed = row.list('followUp')
    if (listed.length > 0 && detailed.length > 0)
      row.fault('followUp', 'plan-told-twice', row.text('followUp'), { row: detailed[0]!.number })
    if (detailed.length === 0)
      return orElse(listed, [planSheetText.notStated]).map((text) => ({
        ...{ text, indicator: null, expected: null, reason: null, line: row.number },
      }))
    const find = nameFinder(
      this.references.indicators.map(({ id, name }): Nameable => ({ id, names: [name] })),
    )
    return detailed.map((one) => {
      const indicator = one.text('indicator')
      const expected = one.choice('expected', PLAN_CHOICES.expected)
      const reason = one.textOrNull('reason')
      if (reason === null && (indicator !== '' || expected !== null))
        one.fault('reason', 'plan-reason-missing', null)
      return {
        text: one.needed('measure'),
        indicator:
          indicator === ''
            ? null
            : one.named('indicator', 'plan-unknown-indicator', indicator, find),
        ...{ expected, reason, line: lineOf(one) },
      }
    })
  }

  #source(interventions: readonly Intervention[]): ActivityPlan['source'] {
    const [row, ...others] = this.#rows('about')
    if (row) {
      for (const other of others) other.fault(null, 'plan-row-surplus', other.text('planTitle'))
      const [from, to] = [row.count('firstYear', 1900), row.count('lastYear', 1900)]
      if (from === null) row.needed('firstYear')
      if (to === null) row.needed('lastYear')
      if (from !== null && to !== null && to < from) row.fault('lastYear', 'plan-order', String(to))
      return {
        ...{ title: row.needed('planTitle'), publisher: row.needed('publisher') },
        years: { from: from ?? 0, to: to ?? 0 },
        note: row.text('note') || planSheetText.note(this.#file),
      }
    }
    const years = interventions.flatMap(({ period: { start, end } }) =>
      [start, end].flatMap((date) => (date === null ? [] : [Number(date.slice(0, 4))])),
    )
    const isSaid = this.#rows('efforts').some((one) => one.text('start') + one.text('end') !== '')
    if (years.length === 0 && !isSaid) this.#say('error', 'plan-years-missing', this.#file, null)
    return {
      title: this.#file.replace(/\.[^.]+$/, ''),
      publisher: this.references.publisher,
      years: { from: Math.min(...years), to: Math.max(...years) },
      note: planSheetText.note(this.#file),
    }
  }

  #history(): Pick<ActivityPlan, 'history'> {
    const rows = this.#rows('history')
    const [first] = rows
    if (!first) return {}
    const title = first.needed('sourceTitle')
    for (const row of rows)
      if (row.text('sourceTitle') !== title)
        row.fault('sourceTitle', 'plan-history-sources', row.text('sourceTitle'))
    return {
      history: {
        source: {
          ...{ title, publisher: first.needed('sourcePublisher') },
          note: first.text('sourceNote') || planSheetText.note(this.#file),
        },
        projects: rows.map((row) => ({
          ...{ title: row.needed('project'), description: row.needed('description') },
          ...{ since: row.count('since', 1900), targetGroup: row.textOrNull('targetGroup') },
          ...{ ages: agesOf(row), place: row.textOrNull('place') },
          ...{ thousandsSEK: row.figure('thousands'), line: lineOf(row) },
        })),
      },
    }
  }

  /** One record of each effort and half-year: rows of the same one are its measures. */
  #followUps(effortOf: (row: SheetRow) => string | null): FollowUp[] {
    const records = new Map<string, { readonly row: SheetRow; record: FollowUp }>()
    for (const row of this.#rows('followUps')) {
      const intervention = effortOf(row)
      const halfYear = halfYearOf(row)
      const status = row.choice('status', PLAN_CHOICES.status)
      if (status === null) row.needed('status')
      const date = dayOf(row)
      const measure = measureOf(row)
      if (intervention === null || halfYear === null || status === null) continue
      const record: FollowUp = {
        ...{ intervention, halfYear, status, date, measures: measure ? [measure] : [] },
        reading: row.choice('reading', PLAN_CHOICES.reading),
        ...{ comment: row.text('comment'), lines: row.linesOrNull('lines') },
      }
      const known = records.get(followUpKey(record))
      if (!known) {
        records.set(followUpKey(record), { row, record })
        continue
      }
      const isSame = (['status', 'reading', 'comment', 'date'] as const).every(
        (field) => known.record[field] === record[field],
      )
      if (!isSame || !measure)
        row.fault(null, 'plan-follow-up-contradicts', null, { earlier: known.row.number })
      else known.record = { ...known.record, measures: [...known.record.measures, measure] }
    }
    return [...records.values()].map(({ record }) => record)
  }

  /** What the plan's own reader finds cannot stand together in an effort, by row. */
  #tellContradictions(interventions: readonly Intervention[]): void {
    const known = new Map(interventions.map((one) => [one.id, one]))
    interventions.forEach((one, at) => {
      for (const { code, place, offending } of contradictionsOf(one, '', known)) {
        const told = CODES[code]
        const field = /^\.(\w+)/.exec(place ?? '')?.[1] ?? ''
        if (!told) continue
        const row = this.#rowOf.get(at)!
        const column = COLUMN_OF[field] ?? null
        row.fault(column, told, (column && row.text(column)) || String(offending))
      }
    })
  }
}

/** What a contradiction is called where it is told by row. What is not here has been told in its own column. */
const CODES: Readonly<Record<string, string>> = {
  'package-plan-order': 'plan-order',
  'package-plan-levels': 'plan-levels',
  'package-plan-same': 'plan-same',
  'package-duplicate': 'plan-repeated',
}

const COLUMN_OF: Readonly<Record<string, PlanColumn>> = {
  ...{ period: 'end', ages: 'agesTo', levels: 'levels', sameAs: 'sameAs', lines: 'lines' },
  focusProblems: 'problems',
}

const nameOfSheet = ({ sheet, file }: Grid): string =>
  sheet ?? file.replace(/^.*\//, '').replace(/\.[^.]+$/, '')

const lineOf = (row: SheetRow): number => row.count('line', 1) ?? row.number

const orElse = <Item>(items: readonly Item[], others: readonly Item[]): readonly Item[] =>
  items.length > 0 ? items : others

function linesListed(row: SheetRow): readonly number[] {
  const lines = row.list('lines').map(Number)
  if (lines.every((line) => Number.isSafeInteger(line) && line > 0))
    return orElse(lines, [row.number])
  row.fault('lines', 'plan-lines', row.text('lines'))
  return [row.number]
}

function grouped<Key extends string | null>(
  rows: readonly SheetRow[],
  keyOf: (row: SheetRow) => Key,
): ReadonlyMap<Key, readonly SheetRow[]> {
  const groups = new Map<Key, SheetRow[]>()
  for (const row of rows) {
    const key = keyOf(row)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

/** Those that the file gives, and of the others made from their titles. */
function idsOf(rows: readonly SheetRow[]): readonly string[] {
  const without = rows.filter((row) => row.text('id') === '')
  const made = distinctSlugs(
    without.map((row) => row.text('title')),
    'insats',
  )
  return rows.map((row) => row.text('id') || made[without.indexOf(row)]!)
}

/** Two efforts must not have one identifier, nor two of a department one number. */
function tellRepeated(efforts: readonly { readonly row: SheetRow; readonly id: string }[]): void {
  const ids = new Map<string, SheetRow>()
  const numbers = new Map<string, SheetRow>()
  for (const { row, id } of efforts) {
    const sameId = ids.get(id)
    if (sameId) row.fault('id', 'plan-id-repeated', id, { earlier: sameId.number })
    else ids.set(id, row)
    if (!/^[^\s",/\\&=#]+$/.test(id)) row.fault('id', 'plan-id', id)
    const number = row.text('number')
    if (number === '') continue
    const key = `${evened(row.text('department'))} ${number}`
    const earlier = numbers.get(key)
    if (earlier) row.fault('number', 'plan-number-repeated', number, { earlier: earlier.number })
    else numbers.set(key, row)
  }
}

function levelsOf(row: SheetRow): Pick<Intervention, 'levels' | 'levelText'> {
  const text = row.needed('levels')
  const words = row
    .list('levels')
    .flatMap((item) => item.split(/,|\/|\boch\b/))
    .map((word) => word.trim().replace(/\s+nivå$/i, ''))
    .filter((word) => word !== '')
  const levels = words.flatMap((word) => {
    const level = choiceOf(word, PLAN_CHOICES.level)
    if (level === null) {
      const choices = Object.values(PLAN_CHOICES.level).map(([first]) => first)
      row.fault('levels', 'plan-unknown-level', word, { choices: choices.join(', ') })
    }
    return level ?? []
  })
  return { levels, levelText: row.text('levelText') || text.replace(/\n/g, ', ') }
}

function periodOf(row: SheetRow): Intervention['period'] {
  const [start, end] = [dateOf(row, 'start'), dateOf(row, 'end')]
  const said = [row.text('start'), row.text('end')].filter((text) => text !== '').join('–')
  return {
    ...{ start: start?.date ?? null, startTerm: start?.term ?? null },
    ...{ end: end?.date ?? null, endTerm: end?.term ?? null },
    text: row.text('when') || said || planSheetText.notStated,
    note: row.textOrNull('whenNote'),
  }
}

/** A year, a month of it, or a half of it. */
function dateOf(
  row: SheetRow,
  column: PlanColumn,
): { readonly date: string; readonly term: PlanTerm | null } | null {
  const text = row.text(column)
  if (text === '') return null
  const period = readPeriod(text)
  const match =
    period.kind === 'period' ? /^(\d{4})(?:-(\d{2})|-(VT|HT|H1|H2))?$/.exec(period.code) : null
  if (!match) {
    row.fault(column, 'plan-period', text)
    return null
  }
  const [, year, month, half] = match
  if (month !== undefined) return { date: `${year}-${month}`, term: null }
  return { date: year!, term: half === undefined ? null : /^(VT|H1)$/.test(half) ? 'VT' : 'HT' }
}

function halfYearOf(row: SheetRow): string | null {
  const text = row.needed('halfYear')
  if (text === '') return null
  const found = dateOf(row, 'halfYear')
  if (found?.term) return `${found.date}-${found.term === 'VT' ? 'H1' : 'H2'}`
  if (found) row.fault('halfYear', 'plan-half-year', text)
  return null
}

function dayOf(row: SheetRow): string | null {
  const text = row.text('date')
  if (text === '') return null
  const period = readPeriod(text)
  const day = dayInMonth(text, 'day-first')
  if (period.kind === 'period' && /^\d{4}-\d{2}$/.test(period.code) && day > 0)
    return `${period.code}-${String(day).padStart(2, '0')}`
  row.fault('date', 'plan-date', text)
  return null
}

function measureOf(row: SheetRow): FollowUp['measures'][number] | null {
  const [name, unit] = [row.text('measure'), row.text('unit')]
  const value = row.figure('value')
  if (name === '' && unit === '' && row.text('value') === '') return null
  if (name === '') row.needed('measure')
  if (unit === '') row.needed('unit')
  if (value === null) row.needed('value')
  return { name, unit, value: value ?? 0 }
}

function agesOf(row: SheetRow): Intervention['ages'] {
  const [from, to] = [row.count('agesFrom'), row.count('agesTo')]
  if (from === null && to !== null) row.needed('agesFrom')
  return from === null ? null : { from, to }
}

type AreaReader = (text: string) => NamedOne

function placesOf(row: SheetRow, find: AreaReader): InterventionPlaces {
  const note = row.textOrNull('placeNote')
  const written = row.list('places')
  const listed = row.list('areas')
  const kind = written.length === 1 ? choiceOf(written[0]!, PLAN_CHOICES.place) : null
  const isOpen = written.length === 0 && listed.length === 0
  if (kind !== null || isOpen) {
    if (listed.length > 0)
      row.fault(
        'areas',
        kind === 'not-shown' ? 'plan-place-not-shown' : 'plan-place-and-areas',
        listed.join(', '),
      )
    return { kind: kind ?? 'not-stated', note }
  }
  const areas = [
    ...new Set(listed.flatMap((text) => row.named('areas', 'plan-unknown-area', text, find) ?? [])),
  ]
  const unplaced = row.list('unresolved')
  for (const name of unplaced)
    if (!orElse(written, listed).includes(name))
      row.fault('unresolved', 'plan-place-not-named', name)
  const isSettled = listed.length > 0 || written.every((name) => unplaced.includes(name))
  if (isSettled)
    return { kind: 'areas', names: orElse(written, listed), areas, unresolved: unplaced, note }
  // Places alone: those that bear the name of an area are there, the others stand as words.
  const found = written.map((name) => ({ name, place: find(name) }))
  for (const { name, place } of found)
    if (place.kind === 'unknown' && !unplaced.includes(name)) {
      const suggestions = place.suggestions.join(', ')
      row.fault(
        'places',
        'plan-place-unplaced',
        name,
        suggestions === '' ? {} : { suggestions },
        'warning',
      )
    }
  return {
    ...{ kind: 'areas', names: written, note },
    areas: [...new Set(found.flatMap(({ place }) => (place.kind === 'known' ? [place.id] : [])))],
    unresolved: found.flatMap(({ name, place }) => (place.kind === 'unknown' ? [name] : [])),
  }
}
