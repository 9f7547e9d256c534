import { basename } from 'node:path'
import { aggregateAreas, aggregateSexes } from '../../src/core/aggregate.ts'
import type { Area, AreaId, AreaRegister } from '../../src/core/area.ts'
import { STATUS_VALUE } from '../../src/core/cell.ts'
import type { Finding } from '../../src/core/finding.ts'
import type { DisclosurePolicy, Indicator } from '../../src/core/indicator.ts'
import type { RawTable } from '../../src/core/observation.ts'
import { kindOf } from '../../src/core/period.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import type { AreaOutline } from '../../src/files/boundaries/area-outlines.ts'
import { readBoundaryFile } from '../../src/files/boundaries/boundary-file.ts'
import {
  buildTopology,
  type BoundaryTopology,
} from '../../src/files/boundaries/boundary-topology.ts'
import { areaIdsOf, duplicateNames } from '../../src/files/boundaries/boundary-reading.ts'
import { toDegrees } from '../../src/files/boundaries/coordinate-frame.ts'
import { decodeText } from '../../src/files/formats/decode-text.ts'
import {
  readObservationFile,
  type CountTable,
  type EventCounts,
} from '../../src/files/observation-file.ts'
import { distinctSlugs, slugOf } from '../../src/core/slug.ts'
import { sha256 } from './checksum.ts'
import type { PackageSource } from './package-source.ts'

export interface InputFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface RealInput {
  readonly areas: InputFile
  readonly observations: readonly InputFile[]
  readonly title: string
  /** Also the release's date: YYYY-MM-DD. */
  readonly release: string
  /** Code and name of the whole, when they are known. */
  readonly municipality: { readonly id: AreaId; readonly name: string } | null
}

export type SourceReading =
  | { readonly ok: true; readonly source: PackageSource; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const LEVEL = 'stadsdel'
const WHOLE_LEVEL = 'kommun'

/** A type of event with fewer events in all is counted among "Övriga typer". */
export const MINIMUM_EVENTS_OF_TYPE = 10

/**
 * Turns an organisation's own files into the source of a package: one level of areas and the whole that they make
 * up. A register of events becomes one count per type and one of all; a table of counts becomes one indicator.
 */
export function readRealInput(input: RealInput): SourceReading {
  const findings: Finding[] = []
  const areasFile = basename(input.areas.path)
  const areasText = decode(input.areas, findings)
  const reading = readBoundaryFile(areasText, areasFile)
  findings.push(...reading.findings)
  if (!reading.ok) return { ok: false, findings }
  const { outlines } = reading

  const whole = wholeOf(input, outlines)
  const ids = areaIdsOf(outlines)
  findings.push(...duplicateNames(areasFile, outlines))
  const topology = buildTopology(outlines, ids, {
    level: LEVEL,
    wholeLevel: WHOLE_LEVEL,
    wholeId: whole.id,
  })
  const isLarge = largeAreas(topology)
  const areas = outlines
    .map(({ name }, index): Area => ({
      id: ids[index]!,
      level: LEVEL,
      name,
      parent: whole.id,
      ...(isLarge(ids[index]!) ? { rural: true } : {}),
    }))
    .sort((a, b) => swedish.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))

  const indicators: Indicator[] = []
  const tables: RawTable[] = []
  const severalFiles = input.observations.length > 1
  const read = input.observations.flatMap((file) => {
    const observations = readObservationFile(decode(file, findings), basename(file.path), areas)
    findings.push(...observations.findings)
    return observations.ok ? [{ file: basename(file.path), ...observations }] : []
  })
  if (findings.some(({ severity }) => severity === 'error')) return { ok: false, findings }

  for (const { file, observations } of read) {
    const source = { file, suffix: severalFiles ? ` (${withoutExtension(file)})` : '' }
    const made =
      observations.kind === 'events'
        ? fromEvents(observations, source, whole.id)
        : fromCounts(observations, source, whole.id)
    indicators.push(...made.map(({ indicator }) => indicator))
    tables.push(...made.flatMap((one) => one.tables))
    const { kind, threshold } = made[0]!.indicator.policy
    if (kind !== 'public-at-source')
      findings.push({
        severity: 'warning',
        code: 'observations-default-policy',
        file,
        row: null,
        column: null,
        text: null,
        parameters: { threshold },
      })
  }
  const identifiers = distinctSlugs(
    indicators.map(({ name }) => name),
    'indikator',
  )
  const idOf = new Map(indicators.map(({ id }, index) => [id, identifiers[index]!]))

  const register: AreaRegister = {
    levels: [
      { id: WHOLE_LEVEL, singular: 'kommun', plural: 'kommuner', rank: 0 },
      { id: LEVEL, singular: 'område', plural: 'områden', rank: 1 },
    ],
    areas: [{ id: whole.id, level: WHOLE_LEVEL, name: whole.name, parent: null }, ...areas],
    boundaryVersion: {
      id: `${slugOf(withoutExtension(areasFile))}-${sha256(input.areas.bytes).slice(0, 8)}`,
      name: areasFile,
      schematic: false,
      source: areasFile,
      licence: 'Se källan',
    },
  }
  return {
    ok: true,
    findings,
    source: {
      name: slugOf(input.title) || 'paket',
      description: `Publicerat ur ${[input.areas, ...input.observations].map(({ path }) => basename(path)).join(', ')}.`,
      release: {
        id: input.release,
        date: input.release,
        title: input.title,
        synthetic: false,
        sources: [input.areas, ...input.observations].map(({ path }) => ({
          title: basename(path),
          licence: 'Se källan',
        })),
        notes: [`Gränserna är förenklade för skärmen och är inte till för mätning.`],
      },
      licences: [],
      register,
      boundaries: topology.boundaries,
      neighbours: { [WHOLE_LEVEL]: { [whole.id]: [] }, [LEVEL]: topology.neighbours },
      indicators: indicators.map((indicator) => ({ ...indicator, id: idOf.get(indicator.id)! })),
      tables: tables.map((table) => ({ ...table, indicator: idOf.get(table.indicator)! })),
      incidents: null,
      plan: null,
      flows: [],
      start: {
        indicator: identifiers[0]!,
        level: LEVEL,
        areas: [],
        bounds: openingBounds(outlines, ids, topology, isLarge),
      },
    },
  }
}

const swedish = new Intl.Collator('sv')

const withoutExtension = (file: string): string => file.replace(/\.[^.]+$/, '')

function decode({ path, bytes }: InputFile, findings: Finding[]): string {
  const { text, encoding } = decodeText(bytes)
  if (encoding === 'windows-1252')
    findings.push({
      severity: 'warning',
      code: 'table-encoding',
      file: basename(path),
      row: null,
      column: null,
      text: null,
    })
  return text
}

/** The municipality, as given; or by the code that all areas' official codes begin with. */
function wholeOf(
  { municipality }: RealInput,
  outlines: readonly AreaOutline[],
): { readonly id: AreaId; readonly name: string } {
  if (municipality) return municipality
  const prefixes = new Set(outlines.map(({ code }) => /^\d{4}(?=[A-Z]\d)/.exec(code ?? '')?.[0]))
  const [prefix] = prefixes
  return prefixes.size === 1 && prefix !== undefined
    ? { id: prefix, name: `Kommun ${prefix}` }
    : { id: 'hela-kommunen', name: 'Hela kommunen' }
}

/** Whether an area is open country beside the others: larger than three median areas. */
function largeAreas({ areaSquareMetres }: BoundaryTopology): (id: AreaId) => boolean {
  const limit = 3 * median([...areaSquareMetres.values()])
  return (id) => areaSquareMetres.get(id)! > limit
}

/** The view to open on: the most areas that hang together without open country between, which is the town. */
function openingBounds(
  outlines: readonly AreaOutline[],
  ids: readonly AreaId[],
  { neighbours }: BoundaryTopology,
  isLarge: (id: AreaId) => boolean,
): PackageIndex['start']['bounds'] {
  let town: readonly AreaId[] = ids
  let most = 0
  const seen = new Set<AreaId>()
  for (const start of ids) {
    if (seen.has(start) || isLarge(start)) continue
    const cluster = [start]
    seen.add(start)
    for (const id of cluster)
      for (const next of neighbours[id]!)
        if (!seen.has(next) && !isLarge(next)) {
          seen.add(next)
          cluster.push(next)
        }
    if (cluster.length > most) {
      most = cluster.length
      town = cluster
    }
  }
  const boxes = outlines.flatMap(({ polygons }, index) =>
    town.includes(ids[index]!) ? [boxOf(polygons.flat(2).map(toDegrees))] : [],
  )
  const middle = (box: Box): readonly [number, number] => [
    (box[0] + box[2]) / 2,
    (box[1] + box[3]) / 2,
  ]
  const centre = [0, 1].map((axis) => median(boxes.map((box) => middle(box)[axis]!)))
  // A degree of longitude is about half a degree of latitude here; the ratio only orders the areas.
  const distance = (box: Box): number =>
    Math.hypot((middle(box)[0] - centre[0]!) / 2, middle(box)[1] - centre[1]!)
  const nearest = boxes.sort((a, b) => distance(a) - distance(b))
  return boxOf(
    nearest
      .slice(0, Math.ceil(nearest.length * SHARE_IN_OPENING_VIEW))
      .flatMap(([west, south, east, north]) => [
        [west, south],
        [east, north],
      ]),
  )
}

/** Of the areas that hang together, how many the opening view is made for: villages trail out from a town. */
const SHARE_IN_OPENING_VIEW = 0.5

type Box = PackageIndex['start']['bounds']

/** [west, south, east, north] around points, to five decimals. */
function boxOf(points: readonly (readonly number[])[]): Box {
  const edge = (choose: (a: number, b: number) => number, axis: number): number =>
    Math.round(points.map((point) => point[axis]!).reduce((a, b) => choose(a, b)) * 1e5) / 1e5
  return [edge(Math.min, 0), edge(Math.min, 1), edge(Math.max, 0), edge(Math.max, 1)]
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

interface Origin {
  readonly file: string
  /** Added to names when several files could give the same. */
  readonly suffix: string
}

interface MadeIndicator {
  readonly indicator: Indicator
  readonly tables: readonly RawTable[]
}

const PERSON_POLICY: DisclosurePolicy = {
  kind: 'person',
  threshold: 5,
  complement: false,
  minimumDenominator: 0,
  minimumRespondents: 0,
  zeros: 'may-be-hidden',
}

const PUBLIC_POLICY: DisclosurePolicy = {
  kind: 'public-at-source',
  threshold: 0,
  complement: false,
  minimumDenominator: 0,
  minimumRespondents: 0,
  zeros: 'shown',
}

function fromEvents(events: EventCounts, { file, suffix }: Origin, whole: AreaId): MadeIndicator[] {
  const places = events.areas.length + 1
  const perCategory = events.months.length * places
  const countsOf = (category: number): Int32Array =>
    events.count.subarray(category * perCategory, (category + 1) * perCategory)
  const sum = (parts: readonly Int32Array[]): Int32Array =>
    Int32Array.from({ length: perCategory }, (_, cell) =>
      parts.reduce((total, part) => total + part[cell]!, 0),
    )
  const all = sum(events.categories.map((_, category) => countsOf(category)))
  const total = (counts: Int32Array): number => counts.reduce((a, b) => a + b, 0)
  const unplaced = all.reduce(
    (count, value, cell) => count + (cell % places === places - 1 ? value : 0),
    0,
  )
  const isOwn = (category: number): boolean =>
    events.categories[category] !== '' && total(countsOf(category)) >= MINIMUM_EVENTS_OF_TYPE
  const rest = events.categories.flatMap((_, category) => (isOwn(category) ? [] : [category]))
  const restNames = rest.map((category) => events.categories[category]!).filter(Boolean)

  const caveats = [
    ...(events.isPublished
      ? [
          'Händelserna är ett urval som har valts ut för publicering, som pressnotiser; de är inte brottsstatistik.',
          'Platsen kommer av att områdesnamn har känts igen i text. En händelse kan ha hamnat fel eller saknas.',
        ]
      : []),
    // How many lack a place may be a small number too.
    events.isPublished
      ? `${unplaced} av ${total(all)} händelser går inte att placera på kartan och räknas bara i kommunens total.`
      : 'Händelser som inte går att placera på kartan räknas bara i kommunens total.',
    'Den första och den sista månaden kan vara ofullständiga.',
  ]
  const make = (
    key: string,
    name: string,
    counts: Int32Array,
    definition: string,
  ): MadeIndicator => {
    const indicator: Indicator = {
      id: `${file} ${key}`,
      name: name + suffix,
      class: 'unwanted-event',
      measure: 'count',
      per: 1,
      unit: 'antal',
      denominatorName: null,
      polarity: 'neutral',
      definition,
      source: file,
      frequency: 'Löpande; räknat per månad',
      caveats,
      focusProblems: [],
      plan: {
        levels: [WHOLE_LEVEL, LEVEL],
        periodChain: ['month', 'quarter', 'year'],
        bySex: false,
      },
      policy: events.isPublished ? PUBLIC_POLICY : PERSON_POLICY,
      periodAggregation: 'sum',
      designEffect: 1,
      synthetic: false,
    }
    const months = events.months.length
    const placed = new Float64Array(months * events.areas.length)
    const everywhere = new Float64Array(months)
    counts.forEach((count, cell) => {
      const month = Math.floor(cell / places)
      const place = cell % places
      everywhere[month]! += count
      if (place < events.areas.length) placed[month * events.areas.length + place] = count
    })
    return {
      indicator,
      tables: [
        countTable(indicator.id, WHOLE_LEVEL, events.months, [whole], everywhere),
        countTable(indicator.id, LEVEL, events.months, events.areas, placed),
      ],
    }
  }
  return [
    make('', 'Alla händelser', all, `Alla händelser i ${file}, oavsett typ.`),
    ...events.categories.flatMap((name, category) =>
      isOwn(category)
        ? [make(name, name, countsOf(category), `Händelser av typen "${name}" i ${file}.`)]
        : [],
    ),
    ...(rest.length > 0
      ? [
          make(
            '\u0000rest',
            'Övriga typer',
            sum(rest.map(countsOf)),
            `Händelser av typer med färre än ${MINIMUM_EVENTS_OF_TYPE} händelser: ${restNames.join('; ') || 'utan typ'}.`,
          ),
        ]
      : []),
  ]
}

function countTable(
  indicator: string,
  level: string,
  periods: readonly string[],
  areas: readonly AreaId[],
  numerator: Float64Array,
): RawTable {
  return {
    indicator,
    level,
    sexes: ['T'],
    periods,
    areas,
    status: new Uint8Array(numerator.length).fill(STATUS_VALUE),
    numerator,
    denominator: new Float64Array(numerator.length).fill(NaN),
  }
}

function fromCounts(counts: CountTable, { file, suffix }: Origin, whole: AreaId): MadeIndicator[] {
  const { hasDenominator } = counts
  const name = withoutExtension(file)
  const id = `${file} `
  const { status, numerator, denominator, sexes, periods, areas } = counts
  const raw: RawTable = {
    indicator: id,
    level: LEVEL,
    ...{ sexes, periods, areas, status, numerator, denominator },
  }
  const parts = sexes.includes('K') && sexes.includes('M') ? aggregateSexes(raw) : raw
  const everywhere = aggregateAreas(
    parts,
    new Map(areas.map((area) => [area, whole])),
    [whole],
    WHOLE_LEVEL,
  )
  const isPart = numerator.every((count, cell) => !(count > denominator[cell]!))
  const indicator: Indicator = {
    id,
    name: name + suffix,
    class: 'context',
    measure: !hasDenominator ? 'count' : isPart ? 'share' : 'rate',
    per: !hasDenominator ? 1 : isPart ? 100 : 1000,
    unit: !hasDenominator ? 'antal' : isPart ? '%' : 'per 1 000',
    denominatorName: hasDenominator ? 'nämnaren i filen' : null,
    polarity: 'neutral',
    definition: `Antal ur ${file}${hasDenominator ? ', av nämnaren i samma fil' : ''}.`,
    source: file,
    frequency: 'Enligt filen',
    caveats: ['Definition och förbehåll finns hos källan.'],
    focusProblems: [],
    // Whether figures of shorter periods may be added up is not in the file, so they are not.
    plan: {
      levels: [WHOLE_LEVEL, LEVEL],
      periodChain: [kindOf(periods[0]!)!],
      bySex: parts.sexes.some((sex) => sex !== 'T'),
    },
    policy: {
      ...PERSON_POLICY,
      complement: hasDenominator && isPart,
      minimumDenominator: hasDenominator ? 30 : 0,
    },
    periodAggregation: 'sum',
    designEffect: 1,
    synthetic: false,
  }
  return [{ indicator, tables: [everywhere, parts] }]
}
