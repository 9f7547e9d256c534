import type { Finding } from '../core/finding.ts'
import type { Measure } from '../core/indicator.ts'
import { kindOf, PERIOD_KINDS, type PeriodCode, type PeriodKind } from '../core/period.ts'
import { formatBytes, formatDate, formatNumber, NBSP, periodInWords, listed } from './format.ts'

/* Every word of the page where a file is read in, and of what it leaves behind on the page Data. */

const NUMBERS = [
  'noll', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv',
] as const // prettier-ignore

/** "tre", "1 284": small numbers in words. */
const inWords = (count: number): string => NUMBERS[count] ?? formatNumber(count, 0)

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

const PERIODS: Readonly<Record<PeriodKind, readonly [string, string]>> = {
  week: ['vecka', 'veckor'],
  month: ['månad', 'månader'],
  quarter: ['kvartal', 'kvartal'],
  term: ['termin', 'terminer'],
  'half-year': ['halvår', 'halvår'],
  'school-year': ['läsår', 'läsår'],
  year: ['år', 'år'],
}

/** "10 terminer", "12 månader och 1 år". */
export function periodsCounted(periods: readonly PeriodCode[]): string {
  const counts = PERIOD_KINDS.map((kind) => ({
    kind,
    count: periods.filter((code) => kindOf(code) === kind).length,
  })).filter(({ count }) => count > 0)
  return listed(counts.map(({ kind, count }) => counted(count, ...PERIODS[kind])))
}

const FORMATS: Readonly<Record<string, string>> = {
  csv: 'Text',
  xlsx: 'Excel',
  ods: 'OpenDocument-kalkylblad',
  parquet: 'Parquet',
  'json-stat2': 'JSON-stat (SCB)',
  kolada: 'Kolada',
  polisen: 'Polisens händelser',
  geojson: 'GeoJSON',
  topojson: 'TopoJSON',
  shapefile: 'Shapefile',
  geopackage: 'GeoPackage',
  zip: 'Zip',
  package: 'Lägeskartans paket',
  project: 'Projektfil',
}
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
  'iso-8859-1': 'ISO-8859-1',
}
const DELIMITERS: Readonly<Record<string, string>> = {
  ';': 'semikolon',
  ',': 'komma',
  '\t': 'tabb',
  '|': 'lodstreck',
  ' ': 'mellanslag',
}

/** What a file is written in, and nothing of what it says. */
export interface FileForm {
  readonly format: string
  readonly encoding: string | null
  readonly delimiter: string | null
}

/** "Text, Windows-1252, semikolon". */
export function formInWords({ format, encoding, delimiter }: FileForm): string {
  return [
    FORMATS[format] ?? format,
    ...(encoding === null ? [] : [ENCODINGS[encoding] ?? encoding]),
    ...(delimiter === null ? [] : [DELIMITERS[delimiter] ?? `”${delimiter}”`]),
  ].join(', ')
}

export interface TableFacts {
  /** 1-based; null when the format has no heading of its own. */
  readonly headerRow: number | null
  readonly dataRows: number
  readonly areas: number
  readonly periods: readonly PeriodCode[]
}

/** "Rubrik på rad 3. 1 284 datarader, 42 områden, 10 terminer." */
export function tableInWords({ headerRow, dataRows, areas, periods }: TableFacts): string {
  const facts = [counted(dataRows, 'datarad', 'datarader')]
  if (areas > 0) facts.push(counted(areas, 'område', 'områden'))
  if (periods.length > 0) facts.push(periodsCounted(periods))
  return `${headerRow === null ? '' : `Rubrik på rad ${headerRow}. `}${facts.join(', ')}.`
}

/** "57–58", "3, 9 och 40 till": runs of rows, the first few; numbered as the program beside it numbers them. */
export function rowsInWords(rows: readonly number[], count: number): string {
  const runs: [number, number][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    if (run && run[1] === row - 1) run[1] = row
    else runs.push([row, row])
  }
  const shown = runs.slice(0, runs.length === 3 ? 3 : 2)
  const told = shown.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const parts = shown.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
  const rest = count - told
  if (rest > 0) parts.push(`${formatNumber(rest, 0)} till`)
  return listed(parts)
}

/** "rad 57–58, Franv10", "kolumn Handl"; empty for a whole file. */
export function placeInFile(
  rows: readonly number[],
  count: number,
  columns: readonly string[],
): string {
  const names = listed(columns.map((column) => column.split(' | ').at(-1) ?? column))
  if (rows.length === 0) return names === '' ? '' : `kolumn ${names}`
  return `rad ${rowsInWords(rows, count)}${names === '' ? '' : `, ${names}`}`
}

/** What a column means, by its role. */
export const ROLE_NAMES = {
  area: 'Område',
  'area-name': 'Områdesnamn',
  period: 'Period',
  year: 'År',
  month: 'Månad',
  sex: 'Kön',
  age: 'Ålder',
  measure: 'Mått',
  numerator: 'Täljare',
  denominator: 'Nämnare',
  value: 'Värde',
  respondents: 'Svarande',
  margin: 'Felmarginal',
  units: 'Uppgiftslämnare',
  date: 'Datum',
  longitude: 'Öst–väst (x)',
  latitude: 'Nord–syd (y)',
  ignored: 'Läses inte in',
  dropped: 'Personuppgift',
} as const

export const ROLE_EXPLANATIONS: Readonly<Record<keyof typeof ROLE_NAMES, string>> = {
  area: 'kod eller namn på området',
  'area-name': 'namnet bredvid koden på samma område',
  period: 'år, halvår, termin, läsår, kvartal, månad eller vecka',
  year: 'årtal, när månaden står för sig',
  month: 'månad, när året står för sig',
  sex: 'kvinnor, män, flickor, pojkar eller totalt',
  age: 'ålder eller åldersgrupp',
  measure: 'vilket mått eller vilken sorts händelse raden gäller',
  numerator: 'antalet som räknas: elever med frånvaro, anmälda brott',
  denominator: 'de som antalet räknas på: elever, invånare',
  value: 'andel, kvot eller annat färdigt värde',
  respondents: 'hur många som svarade på enkäten',
  margin: 'osäkerheten som källan anger',
  units: 'hur många skolor eller verksamheter som lämnat uppgiften',
  date: 'dag då något hände; läses in som månad',
  longitude: 'koordinat; används bara för att räkna sexhörningar',
  latitude: 'koordinat; används bara för att räkna sexhörningar',
  ignored: 'läses inte in, men kan visas här',
  dropped: 'namn, personnummer, adress eller fritext: läses inte, visas inte, sparas inte',
}

const LAYOUTS: Readonly<Record<string, string>> = {
  long: 'En rad för varje område och period.',
  wide: 'En kolumn för varje period.',
  columns: 'En kolumn för varje kön, ålder eller mått.',
  events: 'En rad för varje händelse. Händelserna räknas per område och månad.',
}

const SEVERITY: Readonly<Record<Finding['severity'], string>> = {
  error: 'Stoppar.',
  question: 'Behöver ett svar.',
  warning: 'Varnar.',
  note: 'Notering.',
}

/** "Ett fynd stoppar, tre varnar": the heading of the list. */
function findingsHeading(stopping: number, warnings: number, notes: number): string {
  const parts = [
    ...(stopping > 0 ? [`${inWords(stopping)} fynd stoppar`] : []),
    ...(warnings > 0 ? [`${inWords(warnings)}${stopping > 0 ? '' : ' fynd'} varnar`] : []),
  ]
  if (parts.length > 0) return capital(parts.join(', '))
  return notes > 0 ? `Inget stoppar, ${inWords(notes)} att notera` : 'Inga fynd'
}

/** "terminer och läsår". */
export const periodKindsInWords = (kinds: readonly PeriodKind[]): string =>
  listed(kinds.map((kind) => PERIODS[kind][1]))

/** The unit that a new indicator is shown in. */
export function unitOfMeasure(measure: Measure, per: number): string {
  if (measure === 'share' || measure === 'survey') return '%'
  if (measure === 'rate') return `per ${formatNumber(per, 0).replaceAll(NBSP, ' ')}`
  return measure === 'class' ? 'klass' : 'antal'
}

const MEASURES: Readonly<Record<Measure, string>> = {
  share: 'Andel i procent',
  rate: 'Antal per invånare eller motsvarande',
  count: 'Antal',
  survey: 'Enkätsvar i procent',
  class: 'Klass',
}

export const importText = {
  eyebrow: 'Läs in fil',
  title: 'Läs in fil',
  steps: {
    label: 'Steg',
    names: ['Fil', 'Kolumner', 'Fynd', 'Indikator', 'Klart'],
    boundaryNames: ['Fil', 'Gränser', 'Klart'],
    projectNames: ['Fil', 'Klart'],
    of: (step: number, all: number, name: string) => `Steg ${step} av ${all}: ${name}`,
    done: 'klart',
    goBack: (name: string) => `Gå tillbaka till ${name}`,
  },
  back: 'Tillbaka',
  stays: 'Filen ändras inte. Allt stannar i den här fliken.',

  empty: {
    lead: 'Släpp en export som den är. Filen läses i den här fliken, ändras inte och skickas ingenstans.',
    eyebrow: 'Data',
    panel: 'Vad som kan läsas in',
    drop: 'Släpp filer här',
    dropNow: 'Släpp för att läsa in',
    or: 'eller',
    choose: 'Välj filer',
    several: 'Flera filer på en gång går bra, också i en zip.',
    kinds: [
      {
        heading: 'Tabeller',
        text: 'Rubriker ovanför tabellen, noter under den och svenska tal går bra. CSV och annan text, Excel (xlsx), OpenDocument (ods), Parquet, JSON från SCB, Kolada och Polisen.',
      },
      {
        heading: 'Områdesgränser',
        text: 'GeoJSON, TopoJSON, Shapefile i zip och GeoPackage, i SWEREF 99, RT 90 eller WGS 84. De blir en ny version av gränserna.',
      },
      {
        heading: 'Egna filer',
        text: 'En projektfil som sparats här eller på en annan dator.',
      },
    ],
    exampleHeading: 'Så här kan en tabell se ut',
    example:
      'En rad för varje område, period och kön, eller en kolumn för varje period. Området skrivs med kod eller namn.',
    sample: {
      caption: 'Exempel med påhittade tal',
      head: ['Område', 'Termin', 'Kön', 'Elever', 'Frånvarande', 'Andel'],
      rows: [
        ['2480R003', 'HT 2025', 'Flickor', '77', '12', '15,6'],
        ['2480R003', 'HT 2025', 'Pojkar', '93', '16', '17,2'],
        ['2480R004', 'HT 2025', 'Flickor', '124', '<5', '..'],
      ],
    },
  },

  reading: {
    heading: 'Läser filen',
    several: (count: number) => `Läser ${formatNumber(count, 0)} filer`,
    phases: {
      fetch: 'Hämtar filen',
      opening: 'Läser filen',
      reading: 'Tolkar kolumner och rader',
      protect: 'Skyddar små tal',
    },
    bytes: (done: number, total: number) => `${formatBytes(done)} av ${formatBytes(total)}`,
    rows: (rows: number) => counted(rows, 'rad', 'rader'),
    cancel: 'Avbryt',
    cancelled: 'Inläsningen avbröts. Inget har lästs in.',
    again: 'Läser om med svaret',
  },

  fault: {
    unreadable: (file: string) => `${file} gick inte att läsa`,
    nothing: 'Inget som går att läsa in',
    nothingLong:
      'Varken tabeller, områdesgränser eller en projektfil kändes igen. Kontrollera att det är rätt fil och försök igen.',
    noTable: 'Filen har ingen tabell med en rubrikrad och tal.',
    otherFile: 'Välj en annan fil',
    again: 'Försök igen',
    worker:
      'Inläsningen avbröts oväntat, troligen för att minnet tog slut. Stäng andra flikar eller dela upp filen och försök igen.',
    workerHeading: 'Inläsningen avbröts',
    nothingKept: 'Inget har lästs in.',
  },

  file: {
    heading: 'Det här är filen',
    several: (count: number) => `${capital(inWords(count))} filer`,
    chooseTable: 'Välj vad som ska läsas in',
    choosePart: 'Läs in',
    chooseHint: 'Den största är vald.',
    table: (rows: number, columns: number) =>
      `${counted(rows, 'datarad', 'datarader')}, ${counted(columns, 'kolumn', 'kolumner')}`,
    features: (count: number) => `gränser, ${counted(count, 'område', 'områden')}`,
    project: 'projektfil',
    package: 'paket',
    facts: {
      format: 'Filformat',
      sheet: 'Blad',
      header: 'Rubrik',
      title: 'Ovanför tabellen',
      notes: 'Under tabellen',
      layout: 'Uppställning',
      areas: 'Områden',
      periods: 'Perioder',
      recipe: 'Recept',
    },
    headerRow: (rows: readonly number[]) =>
      rows.length === 1 ? `Rad ${rows[0]}` : `Rad ${rows[0]}–${rows.at(-1)}`,
    areasMatched: (matched: number, unmatched: number) =>
      `${counted(matched, 'område', 'områden')} känns igen${unmatched > 0 ? `, ${counted(unmatched, 'text', 'texter')} gör det inte` : ''}`,
    periodRange: (first: PeriodCode, last: PeriodCode) =>
      first === last ? periodInWords(first) : `${periodInWords(first)} – ${periodInWords(last)}`,
    recipe: (name: string) => `Samma form som ”${name}”: svaren därifrån används.`,
    layouts: LAYOUTS,
    next: 'Fortsätt till kolumner',
    packageOnly:
      'Det här är ett publicerat paket. Det läggs i webbplatsens mapp ”package” och kan inte läsas in i fliken. Öppna i stället en projektfil, eller läs in paketets observations.csv som en tabell.',
  },

  table: {
    row: 'Rad',
    label: 'Tabellen som den står i filen',
    rowLabel: (row: number) => `Rad ${row}`,
    gap: (first: number, last: number) =>
      first === last ? `Rad ${first} visas inte här` : `Rad ${first}–${last} visas inte här`,
    role: (heading: string) => `Kolumnen ”${heading}” är`,
    noHeading: (letter: string) => `Kolumn ${letter}`,
    masked: 'utelämnad personuppgift',
    mark: (number: number, title: string) => `Fynd ${number}: ${title}`,
    more: (columns: number) =>
      `${counted(columns, 'kolumn', 'kolumner')} till höger visas inte här.`,
    severity: { stop: 'stoppar', warn: 'varnar', note: 'notering' },
  },

  columns: {
    heading: 'Så läses kolumnerna',
    hint: 'Ändra ovanför kolumnen i tabellen, eller här. Förslagen bygger på rubriker och innehåll.',
    distinct: (count: number) => `${formatNumber(count, 0)} olika`,
    blanks: (count: number) => `${formatNumber(count, 0)} tomma`,
    example: (texts: readonly string[]) => `t.ex. ${texts.join(', ')}`,
    dropped: 'Innehållet läses inte, visas inte och sparas inte.',
    answered: 'ändrad av dig',
    help: 'Vad orden betyder',
    next: 'Fortsätt till fynd',
  },

  findings: {
    heading: findingsHeading,
    none: 'Inget att rätta',
    noneLong: 'Alla rader kan läsas in som de är.',
    severity: SEVERITY,
    rows: (count: number) => `Gäller ${counted(count, 'rad', 'rader')}.`,
    show: (number: number) => `Visa fynd ${number} i tabellen`,
    chooseArea: 'Välj område',
    skipAll: (count: number) =>
      `Hoppa över alla ${formatNumber(count, 0)} områden som inte känns igen`,
    more: (count: number) => `Visa ${formatNumber(count, 0)} fynd till`,
    moreTexts: (count: number) =>
      count < 1 ? '' : `Gäller också ${count === 1 ? 'en text' : `${inWords(count)} texter`} till.`,
    alike: (count: number) =>
      count === 0
        ? ''
        : `${capital(count === 1 ? 'ett' : inWords(count))} ${count === 1 ? 'område' : 'områden'} liknar det.`,
    suggested: 'Förslag',
    areaFor: (text: string) => `Område för ”${text}”`,
    skip: (count: number) => (count === 1 ? 'Hoppa över raden' : 'Hoppa över raderna'),
    keep: (row: number) => `Behåll rad ${row}`,
    columnCounts: 'Talen är antalet',
    rowsCount: 'Varje rad är en händelse',
    decimalComma: 'Komma är decimaltecken',
    decimalPoint: 'Punkt är decimaltecken',
    year: 'År',
    yearHint: 'Året som månaderna hör till',
    period: 'Period',
    periodHint: 'T.ex. 2024, 2024-K1, 2024-03, 2024-HT eller 2023/24',
    periodBad: 'Det är ingen period. Skriv t.ex. 2024, 2024-K1 eller 2024-03.',
    yearBad: 'Skriv ett årtal med fyra siffror.',
    use: 'Använd',
    answers: 'Dina svar',
    fromRecipe: (name: string) => `Svaren kommer från receptet ”${name}”.`,
    answerArea: (text: string, area: string) => `”${text}” är ${area}`,
    answerSkipMany: (count: number) =>
      `Rader med ${formatNumber(count, 0)} andra texter läses inte in`,
    answerSkip: (text: string) => `Rader med ”${text}” läses inte in`,
    answerRows: (rows: readonly number[]) => `Rad ${rowsInWords(rows, rows.length)} läses inte in`,
    answerDecimal: { ',': 'Komma är decimaltecken', '.': 'Punkt är decimaltecken' },
    answerYear: (year: number) => `Året är ${year}`,
    answerPeriod: (period: PeriodCode) => `Perioden är ${periodInWords(period)}`,
    answerRole: (column: string, role: string) => `Kolumnen ”${column}” är ${role.toLowerCase()}`,
    takeBack: 'Ta bort svaret',
    takeBackWhat: (answer: string) => `Ta bort svaret: ${answer}`,
    save: 'Spara fyndlistan',
    fileName: (file: string) => `fynd ${file.replace(/\.[^.]+$/, '')}.csv`,
    next: 'Fortsätt till indikator',
    readable: (good: number, all: number) => ({
      figures: `${formatNumber(good, 0)} av ${formatNumber(all, 0)}`,
      rest: ` ${all === 1 ? 'rad' : 'rader'} kan läsas in.`,
    }),
    noneReadable: 'Ingen rad kan läsas in som filen är.',
    needsAnswer: (rows: readonly number[], groups: number) =>
      groups === 1
        ? rows.length === 1
          ? `Rad ${rows[0]!} behöver ett svar först.`
          : 'Ett fynd behöver ett svar först.'
        : `${capital(inWords(groups))} fynd behöver svar först.`,
    needsFile: 'Filen måste rättas innan den kan läsas in.',
    answered: (left: number) =>
      left === 0
        ? 'Svaret används. Inget stoppar längre.'
        : `Svaret används. ${capital(inWords(left))} fynd kvar som stoppar.`,
    columns: {
      file: 'Fil',
      row: 'Rad',
      column: 'Kolumn',
      severity: 'Slag',
      text: 'Text',
      message: 'Fynd',
    },
    severities: { error: 'stoppar', question: 'fråga', warning: 'varnar', note: 'notering' },
  },

  indicator: {
    heading: 'Vad mäter tabellen?',
    existing: 'En indikator som finns',
    isNew: 'En ny indikator',
    search: 'Sök indikator',
    none: 'Ingen indikator passar.',
    replaces:
      'Det inlästa ersätter hela indikatorns demonstrationsdata, också perioder som filen inte har.',
    replacesOwn: 'Det inlästa ersätter det du läste in förut. Vad som har ändrats visas efteråt.',
    measureOf: 'Mått i tabellen',
    kindOf: 'Slag av händelse',
    allKinds: 'alla slag tillsammans',
    ageOf: 'Ålder',
    allAges: 'alla åldrar',
    ageHint:
      'Åldersklasser som inte överlappar varandra kan läsas in var för sig, men inte bredvid alla åldrar: det som döljs i den ena går då att räkna ut ur de andra.',
    about: 'Om indikatorn',
    name: 'Namn',
    class: 'Klass',
    measure: 'Vad som visas',
    measures: MEASURES,
    per: 'Per',
    denominator: 'Räknat på',
    denominatorHint: 'De som finns i nämnaren, t.ex. elever i grundskolan',
    polarity: 'Riktning',
    source: 'Källa',
    definition: 'Definition',
    caveats: 'Att tänka på',
    caveatsHint: 'En per rad',
    plan: 'Vad som publiceras',
    chosen: 'Vald indikator',
    levels: 'Områdesnivåer',
    periods: 'Perioder',
    bySex: 'Kvinnor och män var för sig',
    bySexMissing: 'Tabellen är inte uppdelad på kön.',
    places: 'Visa också var på kartan det hände, som sexhörningar',
    placesHint: (count: string) =>
      `${count} händelser har en plats. En sexhörning visas bara med minst 5 händelser ett år. Välj det bara för sådant som pekar ut en plats, som klotter, aldrig ett hem eller ett offer. Händelserna ersätter dem som kartan har.`,
    placesNever:
      'Händelser som gäller personer visas aldrig som sexhörningar. Gäller de platser: ändra det under Vad som döljs.',
    policy: 'Vad som döljs',
    kind: 'Uppgifterna gäller',
    kinds: {
      person: 'personer',
      survey: 'en enkät',
      place: 'platser, inte personer',
      'public-at-source': 'redan offentliga uppgifter',
    },
    threshold: 'Minsta antal som visas',
    complement: 'Dölj också när nästan alla omfattas',
    minimumDenominator: 'Minsta underlag som visas',
    minimumRespondents: 'Minsta antal svarande',
    zeros: 'Visa nollor',
    zerosHint: 'Noll betyder att ingen finns; döljs bara när det behövs för att skydda andra tal.',
    meaning: 'Det betyder',
    secondary:
      'Därtill döljs så många andra tal att inget av de små kan räknas ut ur summor. Det avgörs när filen läses in.',
    publicMeaning:
      'Inget döljs. Välj bara detta för uppgifter som redan är offentliga var för sig.',
    missing: 'Fyll i det som saknas:',
    next: 'Läs in',
    needs: {
      name: 'namn',
      source: 'källa',
      denominator: 'vad som räknas på',
      levels: 'minst en områdesnivå',
      existing: 'vilken indikator det är',
      id: 'ett namn som ingen annan indikator har',
    },
    unfit: {
      noCounts:
        'Tabellen har bara färdiga värden, inte antal. Utan antal går det inte att avgöra vad som måste döljas.',
    },
  },

  releasing: 'Skyddar små tal',
  refused: {
    heading: 'Det går inte att publicera så fint',
    tooFine: 'Talen är för små för att kunna visas så här utan att något går att räkna ut.',
    coarser: 'Prova grövre:',
    change: 'Ändra vad som publiceras',
    faulty: 'Tabellen kan inte läsas in som den är',
    madeHint:
      'Beror det på avrundning eller skydd vid källan kan totalerna räknas ur delarna i stället. Då används inte filens egna totaler på de raderna.',
    made: 'Räkna totalerna ur delarna och läs in',
  },

  done: {
    heading: 'Inläst',
    title: (name: string) => `${name} är inläst`,
    readFrom: (file: string, rows: number) => `${file}, ${counted(rows, 'rad', 'rader')}.`,
    onMap: 'Visa på kartan',
    toData: 'Till sidan Data',
    another: 'Läs in en fil till',
    nextTable: (name: string) => `Läs in ${name} ur samma fil`,
    notStored: 'Det inlästa kunde inte sparas och finns bara så länge fliken är öppen.',
    summary: (shown: number, hidden: number, missing: number) =>
      `${counted(shown, 'värde visas', 'värden visas')}, ${formatNumber(hidden, 0)} är dolda och ${formatNumber(missing, 0)} saknas.`,
    level: 'Nivå',
    shown: 'Visas',
    hidden: 'Dolda',
    hiddenAtSource: 'Dolda hos källan',
    missing: 'Saknas',
    byLevel: 'Vad som visas, per nivå',
    forgotten: 'Filens egna tal är glömda. Bara det som får visas finns kvar.',
    recipe: 'Svaren är sparade som ett recept: nästa fil med samma kolumner läses utan frågor.',
    changes: 'Vad som har ändrats',
    changesLead: (date: string) => `Jämfört med det som lästes in ${date}.`,
    noChanges: 'Inget visat värde har ändrats och inga områden har tillkommit eller försvunnit.',
    revised: (count: number) => counted(count, 'ändrat värde', 'ändrade värden'),
    newPeriods: (periods: readonly PeriodCode[]) =>
      `Nya perioder: ${listed(periods.map(periodInWords))}`,
    lostPeriods: (periods: readonly PeriodCode[]) =>
      `Perioder som inte längre finns: ${listed(periods.map(periodInWords))}`,
    newAreas: (count: number) =>
      counted(count, 'område har fått värden', 'områden har fått värden'),
    lostAreas: (count: number) =>
      counted(count, 'område har inte längre värden', 'områden har inte längre värden'),
    breaks: (count: number) => counted(count, 'brott i serien', 'brott i serier'),
    breakText: (area: string, period: PeriodCode) =>
      `${area}: värden saknas eller är dolda från ${periodInWords(period)}`,
    andMore: (count: number) => `och ${formatNumber(count, 0)} till`,
    from: 'Förut',
    to: 'Nu',
    area: 'Område',
    period: 'Period',
  },

  boundaries: {
    heading: (level: string) => `Ny version av gränserna för ${level}`,
    lead: 'Gränserna ersätter dem som finns på samma nivå. De läggs aldrig ovanpå som en nivå till.',
    unknownLevel: 'Ny version av gränser',
    level: 'Nivå',
    chooseLevel: 'välj nivå',
    areas: (count: number) => counted(count, 'område', 'områden'),
    found: 'I filen',
    sameGround: 'Samma mark',
    otherGround: 'Annan mark',
    findings: 'Fynd i filen',
    same: (count: number) =>
      `${counted(count, 'område ligger', 'områden ligger')} på samma mark som förut: deras värden följer med.`,
    other: (count: number) =>
      `${counted(count, 'område har', 'områden har')} annan mark: deras värden blir ”saknas (annan gräns)”.`,
    names: 'Namn som skiljer sig',
    namesLead: 'Frågas en gång och kommer ihåg.',
    is: 'är',
    question: (now: string) => `”${now}” är samma område som`,
    choose: 'Välj',
    missing: (count: number) =>
      `${capital(count === 1 ? 'ett' : inWords(count))} ${count === 1 ? 'namn' : 'namn'} behöver ett svar först.`,
    sentence: (form: string, crs: string | null, count: number) =>
      `${form}${crs === null ? '' : `, ${crs}`}. ${counted(count, 'område', 'områden')}.`,
    candidate: (name: string, share: number) => `${name} (${share}${NBSP}% samma mark)`,
    noTie: 'inget av dem: nytt område',
    next: 'Använd gränserna',
    done: 'De nya gränserna används',
    doneText: (count: number, level: string) => `${formatNumber(count, 0)} ${level}`,
    notYet: 'Gränserna kan inte användas:',
  },

  project: {
    heading: 'Öppna projektfil',
    lead: (name: string) => `${name} är en projektfil.`,
    replaces: (imports: number) =>
      imports === 0
        ? 'Den öppnas i stället för det som visas nu. Inget eget är inläst.'
        : `Den ersätter det du har läst in här (${counted(imports, 'fil', 'filer')}). Spara först en projektfil av det om det ska finnas kvar.`,
    saveFirst: 'Spara projektfil först',
    open: 'Öppna och ersätt',
    openPlain: 'Öppna',
    done: 'Projektfilen är öppnad',
    doneText: (name: string) => `${name} visas nu.`,
  },

  data: {
    heading: 'Inläst av dig',
    table: 'Inlästa filer',
    none: 'Inget är inläst än. Släpp en fil var som helst på sidan, eller läs in en här.',
    drop: 'Släpp filer här, eller',
    read: 'Läs in fil',
    save: 'Spara projektfil',
    open: 'Öppna projektfil',
    saving: 'Gör projektfilen …',
    saved: (name: string) => `${name} är sparad bland hämtade filer.`,
    saveFailed: 'Projektfilen kunde inte göras.',
    projectHint:
      'Projektfilen har allt du läst in, recepten, det du sparat till lägesbilden och webbplatsens data i en enda fil. Den öppnas på en annan dator.',
    opened: (name: string) => `Öppnad projektfil: ${name}.`,
    close: 'Stäng projektet',
    indicator: 'Indikator',
    file: 'Fil',
    rows: 'Rader',
    period: 'Period',
    importedAt: 'Inläst',
    findings: 'Fynd',
    findingCounts: (warnings: number, notes: number) =>
      warnings + notes === 0
        ? 'inga'
        : [
            ...(warnings > 0 ? [counted(warnings, 'varning', 'varningar')] : []),
            ...(notes > 0 ? [counted(notes, 'notering', 'noteringar')] : []),
          ].join(', '),
    boundaries: 'Gränser',
    onlyTab: 'bara i den här fliken',
    recipe: (name: string) => `recept: ${name}`,
    source: (source: string) => `källa: ${source}`,
    today: 'i dag',
    date: (iso: string) => formatDate(iso.slice(0, 10)),
    remove: 'Ta bort',
    removeWhat: (what: string) => `Ta bort ${what}`,
    removeAsk: (what: string) =>
      `Ta bort ${what}? Demonstrationens eller utgåvans värden visas igen.`,
    removeYes: 'Ja, ta bort',
    removeNo: 'Behåll',
    removed: (what: string) => `${what} är borttagen.`,
  },
} as const
