import type { Caution, MissingReason } from '../core/cell.ts'
import type { IndicatorClass, Polarity, Sex } from '../core/indicator.ts'
import type { PeriodKind } from '../core/period.ts'
import type { Page, ViewNoteCode } from '../core/view-state.ts'
import { formatBytes, formatNumber, formatSigned, NBSP, periodInWords } from './format.ts'

const areas = (count: number, singular: string, plural: string) =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

const NO_HEXAGONS =
  'Kategorin kan peka ut ett hem eller en person och visas därför inte som sexhörningar.'

/** Every sentence of the interface, keyed by what it says. Swedish lives here and in `findings.ts` only. */
export const sv = {
  product: 'Lägeskartan',
  skipToContent: 'Till innehållet',
  mainMenu: 'Huvudmeny',
  pages: {
    karta: 'Karta',
    korsa: 'Korsa',
    omraden: 'Områden',
    lagesbild: 'Lägesbild',
    insatser: 'Insatser',
    data: 'Data',
    importera: 'Läs in fil',
    rojandekontroll: 'Röjandekontroll',
    metod: 'Metod',
  } satisfies Record<Page, string>,
  trendOf: (name: string) => `${name} över tid`,
  asTable: 'som tabell',
  briefing: {
    save: 'Spara till lägesbild',
    isSaved: (what: string) => `${what} är sparad i lägesbilden.`,
    toBriefing: 'Till lägesbilden',
  },
  synthetic: 'Syntetiska demonstrationsdata',
  syntheticLong:
    'Siffrorna är påhittade för att visa verktyget. De är slumpade utan koppling till de verkliga områdena.',
  release: (id: string) => `Utgåva ${id}`,
  close: 'Stäng',
  dropToRead: 'Släpp filerna för att läsa in dem',

  classes: {
    'root-cause': 'Bakomliggande faktorer',
    'unwanted-event': 'Oönskade händelser',
    'protective-factor': 'Skyddsfaktorer',
    context: 'Kontext',
  } satisfies Record<IndicatorClass, string>,
  classSingular: {
    'root-cause': 'Bakomliggande faktor',
    'unwanted-event': 'Oönskad händelse',
    'protective-factor': 'Skyddsfaktor',
    context: 'Kontext',
  } satisfies Record<IndicatorClass, string>,
  polarity: {
    'higher-better': 'högre är bättre',
    'lower-better': 'lägre är bättre',
    neutral: 'varken högre eller lägre är bättre i sig',
  } satisfies Record<Polarity, string>,
  sexes: { T: 'alla', K: 'kvinnor', M: 'män' } satisfies Record<Sex, string>,
  kinds: {
    week: 'vecka',
    month: 'månad',
    quarter: 'kvartal',
    term: 'termin',
    'half-year': 'halvår',
    'school-year': 'läsår',
    year: 'år',
  } satisfies Record<PeriodKind, string>,
  everyKind: {
    week: 'alla veckor',
    month: 'alla månader',
    quarter: 'alla kvartal',
    term: 'alla terminer',
    'half-year': 'alla halvår',
    'school-year': 'alla läsår',
    year: 'alla år',
  } satisfies Record<PeriodKind, string>,

  choose: {
    indicator: 'Välj indikator',
    indicatorNow: (name: string) => `Indikator: ${name}. Välj en annan`,
    search: 'Sök indikator',
    noMatch: (text: string) => `Ingen indikator passar ”${text}”.`,
    period: 'Period',
    kind: 'Periodens längd',
    sex: 'Kön',
    level: 'Nivå',
    display: 'Visar',
    since: 'Jämfört med',
    smoothing: 'Värden',
    order: 'Ordning',
    incidents: 'Händelser på kartan',
    incidentShape: 'Händelser visas som',
  },
  per: 'per',
  shows: 'visar',
  since: 'sedan',
  display: {
    value: 'värde',
    difference: 'skillnad mot kommunen',
    change: 'förändring',
  },
  smoothing: { raw: 'som uppmätt', smoothed: 'utjämnade' },
  smoothingHint:
    'Utjämnade värden drar små områden mot kommunens nivå (empirisk Bayes). Använd dem för att läsa mönster, inte för att läsa av ett område.',
  breaks: {
    button: 'Klasser',
    heading: 'Klassindelning',
    method: 'Metod',
    quantile: 'Lika många områden',
    natural: 'Naturliga gränser',
    equal: 'Lika breda klasser',
    own: 'Egna gränser',
    count: 'Antal klasser',
    ownHint: 'Alla gränser, också den lägsta och den högsta, med semikolon emellan: 0; 5; 10; 20',
    fixed: 'Samma klasser för alla perioder',
    bad: 'Skriv två till sex tal i stigande ordning, med semikolon emellan.',
  },
  order: { name: 'A–Ö', value: 'efter värde' },

  map: {
    label: (indicator: string, level: string) => `Karta över ${indicator}, per ${level}`,
    keys: 'Piltangenter går mellan områden, Enter väljer, plus och minus zoomar, Skift och pil flyttar kartan.',
    zoomIn: 'Zooma in',
    zoomOut: 'Zooma ut',
    zoomToChosen: 'Zooma till valda områden',
    home: 'Visa startvyn',
    whole: 'Hela kommunen',
    schematic: 'Schematiska gränser',
    schematicHint:
      'Gränserna är ritade för hand utifrån namngivna platser och är inte de officiella. Officiella gränser läses in med kommandot publish, se Metod.',
    distance: (metres: number) =>
      metres < 1000
        ? `${formatNumber(metres, 0)}${NBSP}m`
        : `${formatNumber(metres / 1000, 0)}${NBSP}km`,
    failed:
      'Kartan kan inte ritas i den här webbläsaren. Listan, utvecklingen och tabellen fungerar ändå.',
    asTable: 'Tabell',
    asMap: 'Karta',
    viewAs: 'Visa som',
    picture: 'Ladda ner bild',
    making: 'Ritar bilden …',
    pictureFailed: 'Bilden kunde inte ritas. Försök igen.',
  },

  legend: {
    label: 'Teckenförklaring och fördelning',
    perArea: (unit: string) => `${unit}. En ruta per område.`,
    bars: (unit: string) => `${unit}. Stapelns höjd visar antalet områden.`,
    municipality: (value: string) => `kommunen ${value}`,
    hidden: (count: number) => `dold: ${areas(count, 'område', 'områden')}`,
    missing: (count: number) => `saknas: ${areas(count, 'område', 'områden')}`,
    fixed: (kind: PeriodKind): string => `Samma klasser ${sv.everyKind[kind]}`,
    notFixed: 'Klasser för bara den här perioden',
    hiddenShort: (count: number) => `dold: ${formatNumber(count, 0)}`,
    missingShort: (count: number) => `saknas: ${formatNumber(count, 0)}`,
  },
  verdictClass: {
    'much-lower': 'mycket lägre',
    lower: 'lägre',
    uncertain: 'skiljer sig inte säkert',
    higher: 'högre',
    'much-higher': 'mycket högre',
  },
  changeClass: {
    'much-lower': 'minskat mycket säkert',
    lower: 'minskat',
    uncertain: 'har inte säkert ändrats',
    higher: 'ökat',
    'much-higher': 'ökat mycket säkert',
  },
  legendDifference: 'Skillnad mot övriga kommunen',
  legendChange: (from: string, to: string) =>
    `Förändring från ${periodInWords(from)} till ${periodInWords(to)}`,

  cell: {
    hidden: 'dold',
    hiddenLong: {
      disclosure: 'Dold i röjandekontrollen',
      'at-source': 'Dold redan hos källan',
    },
    missing: 'saknas',
    missingLong: {
      'not-collected': 'Saknas: uppgift finns inte',
      'no-population': 'Saknas: inga invånare att räkna på',
      'outside-period': 'Saknas: utanför perioden',
      incomplete: 'Saknas: någon del av perioden eller området saknas',
      'no-neighbours': 'Saknas: inga grannar',
      'other-boundaries': 'Saknas (annan gräns): talen gäller andra områden',
    } satisfies Record<MissingReason, string>,
    caution: {
      'small-base': 'litet underlag',
      'wide-interval': 'stor osäkerhet',
    } satisfies Record<Caution, string>,
  },
  compared: {
    higher: 'Högre än övriga kommunen',
    lower: 'Lägre än övriga kommunen',
    uncertain: 'Skiljer sig inte säkert från övriga kommunen',
    none: 'Kan inte jämföras med kommunen',
  },
  changed: {
    higher: (since: string) => `Högre än ${periodInWords(since)}`,
    lower: (since: string) => `Lägre än ${periodInWords(since)}`,
    uncertain: (since: string) => `Skiljer sig inte säkert från ${periodInWords(since)}`,
    none: (since: string) => `Kan inte jämföras med ${periodInWords(since)}`,
  },
  differenceText: (value: number, unit: string, decimals: number) =>
    `${formatSigned(value, decimals)}${unit === '%' ? `${NBSP}procentenheter` : ''}`,
  ofBase: (count: string, name: string) => `${count} ${name}`,

  side: {
    chosen: 'Valda områden',
    municipality: 'Hela kommunen',
    hint: 'Välj ett eller flera områden på kartan eller i listan för att jämföra dem.',
    remove: (name: string) => `Ta bort ${name} från valda`,
    clear: 'Rensa val',
    count: (count: number, singular: string, plural: string) => areas(count, singular, plural),
    most: (count: number) => `Högst ${count} områden jämförs samtidigt. Det först valda togs bort.`,
    trend: 'Utveckling',
    trendLabel: (indicator: string) => `Utveckling för ${indicator}`,
    noTrend: 'Det finns för få perioder för en utveckling.',
    municipalityShort: 'Kommunen',
    chosenState: 'valt',
    points: 'procentenheter',
  },
  tabs: { map: 'Karta', list: 'Lista', trend: 'Utveckling', table: 'Tabell', label: 'Vyer' },
  list: {
    label: (indicator: string) => `Områden, ${indicator}`,
    axis: 'Prick: värde. Streck: 95 % konfidensintervall. Prickad linje: kommunen.',
  },
  table: {
    caption: (indicator: string, period: string, sex: string) => `${indicator}, ${period}, ${sex}`,
    area: 'Område',
    value: 'Värde',
    interval: '95 % intervall',
    numerator: 'Antal',
    numeratorMean: 'Antal, medel',
    denominator: 'Av',
    compared: 'Mot övriga kommunen',
    change: 'Förändring',
    note: 'Anmärkning',
    respondents: 'Svarande',
    more: (shown: number, all: number) =>
      `De första ${formatNumber(shown, 0)} av ${formatNumber(all, 0)} områdena visas.`,
  },
  time: {
    label: 'Period',
    play: 'Spela upp perioderna',
    pause: 'Stoppa uppspelningen',
    empty: 'inga värden',
  },
  incidents: {
    none: 'inga',
    pick: 'händelser',
    as: 'som',
    shapes: { areas: 'antal per område', hexagons: 'sexhörningar', columns: 'staplar' },
    legendAreas: (category: string, period: string) =>
      `${category}, ${period}. Ringens yta visar antalet.`,
    legendHexagons: (category: string, year: string, minimum: number) =>
      `${category}, ${year}. Antal per sexhörning; färre än ${minimum} visas inte.`,
    total: (count: number, shown: number) =>
      `${formatNumber(count, 0)} händelser i ${areas(shown, 'område', 'områden')}`,
    noHexagons: NO_HEXAGONS,
    orMore: (count: number) => `${formatNumber(count, 0)}${NBSP}eller fler`,
    noneAtLevel: 'Kategorin redovisas inte på den här nivån eller för den här perioden.',
    noneShown: 'Ingen sexhörning har tillräckligt många händelser.',
    waiting: 'Händelserna visas när databasen är igång.',
    failed: 'Händelserna kunde inte läsas.',
  },

  state: {
    loading: 'Läser in värden',
    loadingLong: 'Kartan ritas först. Klasserna fylls i när värdena är lästa.',
    emptyHeading: (period: string) => `Inga värden för ${periodInWords(period)}`,
    goTo: (period: string) => `Gå till ${periodInWords(period)}`,
    manyHidden: (hidden: number, all: number) =>
      `För många dolda: ${hidden} av ${all} områden är dolda, och inte av en slump.`,
    whyHidden: 'Varför?',
    whyHiddenLong: 'Varför områden är dolda: röjandekontrollen',
    tryCoarser: (level: string): string => `Visa per ${level}`,
    tryLonger: (kind: PeriodKind): string => `Visa per ${sv.kinds[kind]}`,
    errorHeading: (file: string) => `Filen ${file} gick inte att läsa`,
    nothingLoaded: 'Inget har lästs in.',
    retry: 'Försök igen',
    databaseFailed: 'Databasen kunde inte startas',
    databaseFailedLong:
      'Kartan, listan och utvecklingen fungerar ändå, men händelser och datasidans sammanställning behöver databasen.',
    databaseReasons: {
      'wasm-unavailable': 'Webbläsaren tillåter inte WebAssembly.',
      'fetch-failed': 'Databasens filer kunde inte hämtas. Kontrollera nätet.',
      'start-failed': 'Databasen startade inte. Stäng andra flikar om minnet är fullt.',
    },
    databaseLoading: 'Databasen startar',
    databaseReady: 'Databasen är igång',
  },
  offline: {
    ready: 'Kan användas utan nät',
    installing: 'Sparas för användning utan nät …',
    unsupported: 'Behöver nät: sidan är inte öppnad med https eller på den egna datorn.',
    failed: 'Kunde inte sparas för användning utan nät.',
  },
  notesHeading: 'Allt i länken kunde inte visas:',
  notesDismiss: 'Stäng meddelandet',
  ignored: (field: string, text: string) =>
    text === '' ? `”${field}” känns inte igen.` : `”${text}” för ”${field}” känns inte igen.`,
  notes: {
    'other-release': (p) => `Länken är gjord för utgåva ${p['asked']}; utgåva ${p['shown']} visas.`,
    'indicator-unknown': (p) => `Indikatorn ”${p['asked']}” finns inte i utgåvan.`,
    'indicator-without-figures': () => 'Indikatorn har inga värden i utgåvan.',
    'level-unknown': (p) => `Nivån ”${p['asked']}” finns inte.`,
    'level-not-available': (p) =>
      `Indikatorn redovisas inte per ${p['asked']}; den visas per ${p['shown']}.`,
    'period-not-available': (p) =>
      `Perioden ${periodInWords(String(p['asked']))} finns inte; ${periodInWords(String(p['shown']))} visas.`,
    'sex-not-available': () => 'Indikatorn redovisas inte för kvinnor och män var för sig.',
    'areas-unknown': (p) => `Området ”${p['areas']}” finns inte.`,
    'areas-of-other-level': () => 'De valda områdena hör till en annan nivå.',
    'smoothing-not-applicable': () => 'Värdena kan inte utjämnas här; de visas som uppmätt.',
    'difference-not-available': () => 'Indikatorn kan inte jämföras med kommunen; värdet visas.',
    'change-not-available': () => 'Förändring kan inte visas för indikatorn; värdet visas.',
    'since-not-available': (p) =>
      `${periodInWords(String(p['asked']))} kan inte jämföras med; ${periodInWords(String(p['shown']))} används.`,
    'own-breaks-missing': () => 'Länken har inga egna klassgränser.',
    'incidents-unknown': (p) => `Händelsekategorin ”${p['categories']}” finns inte i utgåvan.`,
    'hexagons-not-available': () => NO_HEXAGONS,
    'nothing-to-show': () => 'Utgåvan har inga värden att visa.',
  } satisfies Record<ViewNoteCode, (parameters: Parameters) => string>,

  picture: {
    definition: 'Definition',
    hexagonTitle: (category: string) => `${category}, antal per sexhörning`,
    atLeast: (minimum: number) => `färre än ${minimum} visas inte`,
  },
  logPage: {
    about: 'Om utgåvan',
    release: 'Utgåva',
    date: 'Datum',
    signed: 'Signering',
    earlier: 'Tidigare utgåvor',
    earlierOrder: 'Har vägts in, äldst först:',
    whole: 'Hela utgåvan',
    wholeText: (cells: number, hidden: number, share: number, equations: number, unsafe: number) =>
      `Av ${formatNumber(cells, 0)}${NBSP}celler med uppgift är ${formatNumber(hidden, 0)} dolda (${formatNumber(100 * share, 1)}${NBSP}%). ${formatNumber(equations, 0)}${NBSP}ekvationer är prövade; ${formatNumber(unsafe, 0)}${NBSP}celler är osäkra.`,
    download: 'Loggen att ladda ner',
    missing: 'Paketet har ingen logg av röjandekontrollen. Det är gjort med en tidigare version.',
    loading: 'Läser loggen …',
    indicators: 'Indikatorer',
    order: 'Ordning',
    orders: { hidden: 'mest dolt först', name: 'A–Ö' },
    indicator: 'Indikator',
    hidden: 'Dolda',
    shown: 'Visade',
    cells: 'Celler',
    byRule: 'Dolda efter regel',
    equations: 'Ekvationer',
    unsafe: 'Osäkra',
    plan: 'Plan',
    policy: 'Regler',
    allCells: 'Alla celler',
    choice: 'Val av dolda celler',
    preliminary: 'Preliminära',
    adviceBasis: 'Räknat på de celler som finns kvar när den finaste delen inte publiceras.',
    noAdvice: 'Inga råd: lite är dolt, eller inget steg skulle hjälpa.',
    incidents: 'Händelser',
    category: 'Typ',
    checksums: 'Kontrollsummor (SHA-256)',
    file: 'Fil',
  },
  methodPage: { contents: 'Innehåll', indicators: 'Indikatorernas definitioner' },
  dataPage: {
    heading: 'Data',
    lead: (title: string, date: string, indicators: number, files: number) =>
      `${title}, ${date}. ${formatNumber(indicators, 0)} indikatorer i ${formatNumber(files, 0)} filer. Allt ligger i den här datorn; inget skickas vidare.`,
    facts: 'Om utgåvan',
    database: 'Databas',
    offline: 'Utan nät',
    boundaries: 'Gränser',
    levels: 'Nivåer',
    sources: 'Källor',
    notes: 'Anmärkningar',
    files: 'Filer',
    loaded: 'Vad som är inläst',
    counted: (cells: number, bytes: number) =>
      `Databasen har räknat ${formatNumber(cells, 0)} celler (${formatBytes(bytes)}). Dolda celler har inget tal någonstans i paketet.`,
    counting: (done: number, all: number) => `Läser in och räknar: ${done} av ${all} filer.`,
    waiting: 'Räknas när databasen är igång.',
    indicator: 'Indikator',
    level: 'Nivå',
    period: 'Period',
    cells: 'Celler',
    shown: 'Visas',
    hidden: 'Dolda',
    hiddenAtSource: 'Dolda hos källan',
    missing: 'Saknas',
    policy: 'Röjandeskydd',
  },
  source: {
    line: (source: string, period: string) => `Källa: ${source}, ${periodInWords(period)}.`,
    interval: 'Osäkerhet: 95 % konfidensintervall.',
    threshold: (threshold: number) => `Antal under ${threshold} visas inte.`,
    respondents: (minimum: number) => `Färre än ${minimum} svarande visas inte.`,
    publicAtSource: 'Offentlig uppgift hos källan.',
    synthetic: 'Siffrorna är slumpade utan koppling till verkliga områden.',
    about: 'Om indikatorn',
  },
  about: {
    heading: 'Om indikatorn',
    definition: 'Definition',
    class: 'Klass',
    unit: 'Enhet',
    denominator: 'Nämnare',
    polarity: 'Riktning',
    source: 'Källa',
    frequency: 'Hur ofta',
    levels: 'Nivåer',
    focus: 'Fokusproblem',
    disclosure: 'Röjandeskydd',
    caveats: 'Att tänka på',
    none: 'inget särskilt',
  },
}

type Parameters = Readonly<Record<string, string | number>>

/** Unit in a sentence, after the choices: "% av elever i grundskolan", "per 1 000 invånare". */
export function unitOf(unit: string, denominatorName: string | null): string {
  if (!denominatorName) return unit
  return unit === '%' ? `% av ${denominatorName}` : `${unit} (${denominatorName})`
}

/** Unit as a caption: "Andel, %", "Antal", "Per 1 000 invånare". */
export function unitCaption(unit: string, denominatorName: string | null): string {
  if (unit === '%') return `Andel, %${denominatorName ? ` av ${denominatorName}` : ''}`
  if (denominatorName) return `${unit[0]!.toUpperCase()}${unit.slice(1)} (${denominatorName})`
  return `${unit[0]!.toUpperCase()}${unit.slice(1)}`
}
