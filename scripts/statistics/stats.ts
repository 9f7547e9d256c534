import type { Finding } from '../../src/core/finding.ts'
import { findingText } from '../../src/text/findings.ts'
import { findingJson } from '../import/inspect-json.ts'
import { openInput, print } from '../publish/terminal.ts'
import { UsageError } from '../publish/usage.ts'
import { readAreaFile } from './area-file.ts'
import {
  empiricalBayesMethod,
  gearyMethod,
  getisOrdMethod,
  localEmpiricalBayesMethod,
  localMoranMethod,
  moranMethod,
  type AreaMethod,
  type Figure,
  type Figures,
  type Scalar,
  type MethodResult,
} from './area-methods.ts'
import { associationMethod } from './association-method.ts'
import { rateInterval, shareInterval } from './interval-methods.ts'
import { readOptions, type StatisticsOptions } from './options.ts'

const AREA_METHODS: Readonly<Record<string, AreaMethod>> = {
  moran: moranMethod,
  geary: gearyMethod,
  'local-moran': localMoranMethod,
  'gi-star': getisOrdMethod,
  eb: empiricalBayesMethod,
  'eb-local': localEmpiricalBayesMethod,
  association: associationMethod,
}

const INTERVAL_METHODS: Readonly<Record<string, (options: StatisticsOptions) => MethodResult>> = {
  'rate-interval': rateInterval,
  'share-interval': shareInterval,
}

const METHOD_NAMES = [...Object.keys(AREA_METHODS), ...Object.keys(INTERVAL_METHODS)]

/**
 * `stats METHOD …`: one statistic of a file's areas, or one interval. What is undefined is null, with a sentence.
 * @returns the exit code: 1 when an error in the file stopped it
 */
export async function statsCommand([name, ...parameters]: readonly string[]): Promise<number> {
  if (name === undefined || !METHOD_NAMES.includes(name))
    throw new UsageError(`Ange en metod: stats ${METHOD_NAMES.join(' | ')}`)
  const options = readOptions(parameters)
  const { value, findings } = await resultOf(name, options)
  for (const finding of findings)
    if (finding.severity !== 'note') process.stderr.write(`${findingText(finding)}\n`)
  if (options.isJson) print(jsonOf(value, findings))
  else {
    printFigures(value ?? {})
    for (const finding of findings) if (finding.severity === 'note') print(findingText(finding))
  }
  return value ? 0 : 1
}

async function resultOf(name: string, options: StatisticsOptions): Promise<MethodResult> {
  const interval = INTERVAL_METHODS[name]
  if (interval) return interval(options)
  if (options.geojson === null) throw new UsageError('Ange en fil med områden: --geojson FIL')
  const { path, bytes } = await openInput(options.geojson)
  const areas = readAreaFile(path, bytes)
  if (!areas.value) return { value: null, findings: areas.findings }
  const { value, findings } = AREA_METHODS[name]!(areas.value, options)
  return { value, findings: [...areas.findings, ...findings] }
}

/** What is undefined or infinite is null; findings stand beside the figures only where there are any. */
function jsonOf(value: Figures | null, findings: readonly Finding[]): string {
  return JSON.stringify({
    ...Object.fromEntries(
      Object.entries(value ?? {}).map(([name, figure]) => [name, plain(figure)]),
    ),
    ...(findings.length > 0 ? { findings: findings.map(findingJson) } : {}),
  })
}

function plain(figure: Figure): unknown {
  if (!isComposite(figure))
    return typeof figure === 'number' && !Number.isFinite(figure) ? null : figure
  return isList(figure)
    ? Array.from(figure, plain)
    : Object.fromEntries(Object.entries(figure).map(([name, one]) => [name, plain(one)]))
}

const isComposite = (figure: Figure): figure is Exclude<Figure, Scalar> =>
  typeof figure === 'object' && figure !== null

const isList = (figure: Exclude<Figure, Scalar>): figure is ArrayLike<Scalar> =>
  Array.isArray(figure) || ArrayBuffer.isView(figure)

/** One line per figure; figures by area as a table, one line per area in the order of the file. */
function printFigures(figures: Figures): void {
  const columns: [string, ArrayLike<Scalar>][] = []
  for (const [name, figure] of Object.entries(figures))
    if (!isComposite(figure)) print(`${name}\t${shown(figure)}`)
    else if (!isList(figure))
      for (const [part, one] of Object.entries(figure)) print(`${name}.${part}\t${shown(one)}`)
    else if (figure.length > 2) columns.push([name, figure])
    else print([name, ...Array.from(figure, shown)].join('\t'))
  if (columns.length === 0) return
  print(['objekt', ...columns.map(([name]) => name)].join('\t'))
  for (let row = 0; row < columns[0]![1].length; row++)
    print([row + 1, ...columns.map(([, column]) => shown(column[row]!))].join('\t'))
}

const shown = (figure: Scalar): string => {
  const value = plain(figure)
  return value === null ? '–' : String(value)
}
