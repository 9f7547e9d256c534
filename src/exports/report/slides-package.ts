import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/universal'
import { escapeXml, FORBIDDEN } from '../../charts/svg.ts'
import { workbookText } from '../workbook-text.ts'

/** What a chart is drawn of: nothing where a figure is not shown. */
export interface ChartSheet {
  readonly head: string
  readonly categories: readonly string[]
  readonly series: readonly {
    readonly name: string
    /** What others are compared with: grey and dashed in a line chart. */
    readonly isReference: boolean
    readonly values: readonly (number | null)[]
  }[]
  readonly decimals: number
  /** The first category stands on top, the first series above the others. */
  readonly isTopDown: boolean
  /** Null where the categories are words; otherwise where each lies across, with words beside some of the points. */
  readonly scatter: ScatterSheet | null
}

export interface ScatterSheet {
  readonly acrossHead: string
  /** By category. */
  readonly across: readonly number[]
  readonly acrossDecimals: number
  /** Categories whose names are written beside their points, to the right or the left. */
  readonly named: ReadonlyMap<number, 'r' | 'l'>
  /** Number formats of the axes: across, along. */
  readonly formats: readonly [string, string]
}

/** A number's format as the file has it. */
export const numberFormat = (decimals: number): string =>
  decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`

/** Grounds that the library has no words for: written as these colours, and found by them. */
export const HIDDEN_FILL = '0D01D0'
export const MISSING_FILL = '5A1A50'
export const ABSENT_FILL = { hidden: HIDDEN_FILL, missing: MISSING_FILL } as const

export interface PackageDetails {
  /** In the order of their charts. */
  readonly sheets: readonly ChartSheet[]
  /** What each table says, by the name of its frame. */
  readonly tables: ReadonlyMap<string, string>
  /** PNG files in the order of their names. */
  readonly pictures: readonly Uint8Array[]
  /** ISO date on which the report was made. */
  readonly date: string
  /** Of stripes and dots, as the file format has them. */
  readonly stripes: string
  readonly dots: string
  readonly paper: string
}

/** What stands in the package for a picture until it is drawn. */
export const pictureName = (at: number): string => `picture ${at}`

const LANGUAGE = 'sv-SE'

/**
 * A presentation as the library wrote it, put right where it has no words for something: gaps in charts are gaps, not
 * empty values; workbooks behind charts hold the report's figures alone, as text and numbers; tables have words for
 * those who do not see them; stripes and dots lie behind what is not shown; notes have paragraphs; all of it is
 * Swedish; paragraphs have their properties once, and identifiers on a slide are each used once.
 */
export async function finishedPackage(
  bytes: Uint8Array,
  details: PackageDetails,
): Promise<Uint8Array<ArrayBuffer>> {
  const members = unzipSync(bytes)
  const charts = chartsOf(members, details.sheets)
  const workbooks = await chartWorkbooks(members, charts)
  const names = new Set(Object.keys(members))
  const pictures = new Map(details.pictures.map((picture, at) => [pictureName(at), picture]))
  const mtime = new Date(`${details.date}T00:00:00`)
  const files: Zippable = {}
  for (const [name, member] of Object.entries(members)) {
    if (name.endsWith('/')) continue
    const workbook = workbooks.get(name)
    if (workbook) files[name] = [workbook, { level: 0, mtime }]
    else if (/\.(xml|rels)$/.test(name))
      files[name] = [
        strToU8(finishedPart(name, strFromU8(member), { charts, names, details })),
        { mtime },
      ]
    else {
      const picture = name.startsWith('ppt/media/') ? pictures.get(strFromU8(member)) : undefined
      files[name] = [picture ?? member, { level: 0, mtime }]
    }
  }
  return zipSync(files, { level: 6 })
}

const numberIn = (name: string): number => Number(/(\d+)\.xml/.exec(name)?.[1])

const CHART = /^ppt\/charts\/chart\d+\.xml$/

type Members = Readonly<Record<string, Uint8Array>>

/** What every chart is drawn of, by its name in the package. */
function chartsOf(members: Members, sheets: readonly ChartSheet[]): Map<string, ChartSheet> {
  const names = Object.keys(members).filter((name) => CHART.test(name))
  const ordered = names.toSorted((a, b) => numberIn(a) - numberIn(b))
  return new Map(ordered.map((name, at) => [name, sheets[at]!]))
}

/** The workbook of every chart, by its own name in the package. */
async function chartWorkbooks(
  members: Members,
  charts: ReadonlyMap<string, ChartSheet>,
): Promise<Map<string, Uint8Array>> {
  const books = await Promise.all(
    [...charts].map(async ([chart, sheet]): Promise<readonly [string, Uint8Array]> => {
      const links = strFromU8(members[chart.replace('charts/', 'charts/_rels/') + '.rels']!)
      const target = /Target="\.\.\/(embeddings\/[^"]+)"/.exec(links)?.[1] ?? ''
      return [`ppt/${target}`, await workbookOf(sheet)]
    }),
  )
  return new Map(books)
}

async function workbookOf({
  head,
  categories,
  series,
  decimals,
  scatter,
}: ChartSheet): Promise<Uint8Array> {
  const text = (value: string): CellObject =>
    ({ value: workbookText(value), type: String }) as CellObject
  const number = (value: number | null, places: number): CellObject | null =>
    value === null ? null : { value, type: Number, format: numberFormat(places) }
  const rows: Row[] = [
    [
      text(scatter ? scatter.acrossHead : head),
      ...series.map(({ name }) => text(name)),
      // A scatter's first column is where the points lie: their names stand last.
      ...(scatter ? [text(head)] : []),
    ],
    ...categories.map((category, at): Row => [
      scatter ? number(scatter.across[at]!, scatter.acrossDecimals) : text(category),
      ...series.map(({ values }) => number(values[at] ?? null, decimals)),
      ...(scatter ? [text(category)] : []),
    ]),
  ]
  const blob = await writeExcelFile([{ data: rows, sheet: 'Sheet1' }], {
    ...{ fontFamily: 'Calibri', fontSize: 11 },
  }).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

interface Whole {
  readonly charts: ReadonlyMap<string, ChartSheet>
  /** Of all parts of the package. */
  readonly names: ReadonlySet<string>
  readonly details: PackageDetails
}

function finishedPart(name: string, written: string, { charts, names, details }: Whole): string {
  const part = written
    .replace(FORBIDDEN, '\ufffd')
    .replace(/ (lang|altLang)="[a-z]{2}-[A-Z]{2}"/g, ` $1="${LANGUAGE}"`)
    .replace(/<a:(rPr|endParaRPr|defRPr)(?![^>]* lang=)/g, `<a:$1 lang="${LANGUAGE}"`)
  if (/^ppt\/slides\/slide\d+\.xml$/.test(name)) return finishedSlide(part, details)
  if (/^ppt\/notesSlides\/[^/]+\.xml$/.test(name)) return paragraphsOf(part)
  if (name === 'docProps/core.xml')
    return part.replace(/(\d{4}-\d\d-\d\d)T[\d:.]+Z/g, `${details.date}T00:00:00Z`)
  if (name === '[Content_Types].xml')
    // The library names a master for every slide; there is one.
    return part.replace(/<Override PartName="\/([^"]+)"[^>]*\/>/g, (entry, path: string) =>
      names.has(path) ? entry : '',
    )
  if (name === 'ppt/presentation.xml')
    return part.replace(
      /(<p:sldIdLst>[\s\S]*?<\/p:sldIdLst>)(<p:notesMasterIdLst>[\s\S]*?<\/p:notesMasterIdLst>)/,
      '$2$1',
    )
  const sheet = charts.get(name)
  return sheet ? finishedChart(part, sheet) : part
}

function finishedSlide(slide: string, { tables, stripes, dots, paper }: PackageDetails): string {
  let id = 1
  const pattern = (preset: string, colour: string): string =>
    `<a:pattFill prst="${preset}"><a:fgClr><a:srgbClr val="${colour}"/></a:fgClr><a:bgClr><a:srgbClr val="${paper}"/></a:bgClr></a:pattFill>`
  const solid = (colour: string): string =>
    `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`
  return slide
    .replace(/<\/a:r><a:pPr\b(?:[^>]*\/>|[^>]*>[\s\S]*?<\/a:pPr>)/g, '</a:r>')
    .replaceAll(solid(HIDDEN_FILL), pattern('wdUpDiag', stripes))
    .replaceAll(solid(MISSING_FILL), pattern('dotGrid', dots))
    .replace(/<p:cNvPr id="\d+" name="([^"]*)"( descr="[^"]*")?/g, (_, name: string, said = '') => {
      const known = tables.get(name)
      const descr = known === undefined ? String(said) : ` descr="${escapeXml(known)}"`
      return `<p:cNvPr id="${id++}" name="${name}"${descr}`
    })
}

/** Lines of notes as paragraphs. */
const paragraphsOf = (notes: string): string =>
  notes.replace(
    /<a:p><a:r>(<a:rPr[^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r>(<a:endParaRPr[^>]*\/>)<\/a:p>/,
    (_, run: string, text: string, end: string) =>
      text
        .split('\n')
        .map((line) => `<a:p><a:r>${run}<a:t>${line}</a:t></a:r>${end}</a:p>`)
        .join(''),
  )

/** Gaps without a value, a dashed comparison, and elements where the schema has them. */
function finishedChart(
  chart: string,
  { categories, series, isTopDown, scatter }: ChartSheet,
): string {
  if (scatter) return finishedScatter(chart, categories, series, scatter)
  const isLine = chart.includes('<c:lineChart>')
  let at = 0
  return chart
    .replace(/<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g, '')
    .replace('<c:lineChart><c:varyColors', '<c:lineChart><c:grouping val="standard"/><c:varyColors')
    .replace(/(<c:axId val="\d+"\/><c:axId val="\d+"\/>)<c:axId val="\d+"\/>/g, '$1')
    .replace(/(<c:catAx>[\s\S]*?<c:orientation val=")minMax/, isTopDown ? '$1maxMin' : '$&')
    .replace(/<c:ser>[\s\S]*?<\/c:ser>/g, (drawn) => {
      const one = series[at++]
      return isLine ? lineSeries(drawn, one?.isReference ?? false) : drawn
    })
}

/** Names beside points, no empty points, and axes that each have their own format and stand at the frame. */
function finishedScatter(
  chart: string,
  categories: readonly string[],
  series: ChartSheet['series'],
  { named, formats }: ScatterSheet,
): string {
  let [axis, at] = [0, 0]
  return chart
    .replace(/<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g, '')
    .replace(/(<c:axId val="\d+"\/><c:axId val="\d+"\/>)<c:axId val="\d+"\/>/g, '$1')
    .replace(/<c:valAx>[\s\S]*?<\/c:valAx>/g, (drawn) =>
      drawn
        .replace(
          /<c:numFmt [^>]*\/>/,
          `<c:numFmt formatCode="${formats[axis++]!}" sourceLinked="0"/>`,
        )
        .replace(/<c:tickLblPos val="nextTo"\/>/, '<c:tickLblPos val="low"/>'),
    )
    .replace(/<c:ser>[\s\S]*?<\/c:ser>/g, (drawn) => {
      const { values } = series[at++]!
      const labels = categories.flatMap((name, place) =>
        named.has(place) && values[place] != null
          ? [pointLabel(place, name, named.get(place)!)]
          : [],
      )
      const shown = (flag: 0 | 1): string =>
        ['LegendKey', 'Val', 'CatName', 'SerName', 'Percent', 'BubbleSize']
          .map((what) => `<c:show${what} val="${what === 'Val' ? flag : 0}"/>`)
          .join('')
      return drawn.replace(
        '</c:marker>',
        `</c:marker><c:dLbls>${labels.map((label) => label.replace('<shown/>', shown(1))).join('')}${shown(0)}</c:dLbls>`,
      )
    })
}

/** Points, of names in a scatter. */
export const NAME_SIZE = 12

const pointLabel = (place: number, name: string, side: 'r' | 'l'): string =>
  `<c:dLbl><c:idx val="${place}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:r><a:rPr lang="${LANGUAGE}" sz="${100 * NAME_SIZE}"/><a:t>${escapeXml(name)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="${side}"/><shown/></c:dLbl>`

function lineSeries(series: string, isReference: boolean): string {
  const marker = /<c:marker>[\s\S]*?<\/c:marker>/.exec(series)?.[0] ?? ''
  const own = isReference ? '<c:marker><c:symbol val="none"/></c:marker>' : marker
  const moved = series
    .replace(/\s*<c:invertIfNegative val="0"\/>/, '')
    .replace(marker, '')
    .replace('<c:dLbls>', `${own}<c:dLbls>`)
  return isReference
    ? moved.replace('<a:prstDash val="solid"/>', '<a:prstDash val="dash"/>')
    : moved
}
