import type { PeriodCode } from '../core/period.ts'
import { capital, formatNumber, listed, lowerFirst, NBSP } from './format.ts'
import { planText } from './plan.ts'

const number = (count: number): string => formatNumber(count, 0)

const efforts = (count: number): string =>
  `${number(count)}${NBSP}${count === 1 ? 'insats' : 'insatser'}`

/** As many names as are read in one breath; more are counted. */
const named = (names: readonly string[], most: number): string =>
  names.length <= most
    ? listed(names)
    : `${names.slice(0, most).join(', ')} och ${number(names.length - most)} till`

const quoted = (words: string): string => `”${words}”`

/** Words of the half-year's round of follow-ups, on the page, on slides and in the lägesbild made of it. */
export const roundText = {
  heading: 'Halvårsuppföljning',
  halfYearLabel: 'Halvår',
  departmentLabel: 'Verksamhet',
  allDepartments: 'alla verksamheter',
  onlyMissing: 'Visa bara de som saknas',
  listLabel: 'Insatser i rundan',
  count: (done: number, all: number): string =>
    `${number(done)} av ${efforts(all)} ${all === 1 ? 'följd' : 'följda'} upp`,
  countShort: (done: number, all: number): string => `${number(done)} av ${number(all)}`,
  missing: (names: readonly string[]): string =>
    names.length === 0 ? 'Ingen saknas.' : `Saknas: ${named(names, 3)}.`,
  none: 'Ingen insats i planen pågår det halvåret.',
  noneMissing: 'Ingen uppföljning saknas.',
  states: {
    missing: 'saknas',
    begun: 'påbörjad, inte sparad',
    unsaved: 'något är inte sparat',
  },
  notDue: (count: number): string => `Inte aktuella det här halvåret (${number(count)})`,
  notDueWhy: {
    over: 'planens tid är slut',
    ahead: 'har inte börjat enligt planen',
    ended: (code: PeriodCode): string => `avslutad enligt uppföljningen ${planText.halfYear(code)}`,
  },

  overview: {
    heading: (code: PeriodCode): string => `Rundan ${planText.halfYear(code)}`,
    lead: 'Gå igenom insatserna i tur och ordning. Allt du skriver sparas i webbläsaren och följer med projektfilen.',
    readings: 'Bedömning',
    toOverview: 'Ändrat, lägesbild och fil',
    start: 'Börja med den första som saknas',
    goOn: 'Fortsätt med nästa som saknas',
    whole: 'Alla insatser är följda upp.',
    changed: 'Vad som har ändrats',
    missing: 'Vad som saknas',
    back: 'Till översikten',
  },
  first: (count: number): string => `${efforts(count)} följs upp för första gången.`,
  unchanged: 'Inget har ändrats mot förra uppföljningen.',
  nothingYet: 'Inget är uppföljt än.',
  more: (count: number): string => `Och ${number(count)} till.`,
  missingIn: (department: string, titles: readonly string[]): string =>
    `${department}: ${named(titles, 3)}.`,
  /** @param since the half-year that it is compared with */
  change: (title: string, since: PeriodCode, parts: readonly string[]): string =>
    `${title} (sedan ${planText.halfYear(since)}): ${parts.join('; ')}.`,
  status: (from: string, to: string): string => `från ${quoted(from)} till ${quoted(to)}`,
  reading: (from: string | null, to: string | null): string =>
    to === null
      ? 'inte längre bedömd'
      : from === null
        ? `bedöms nu som ${quoted(to)}`
        : `bedömningen går från ${quoted(from)} till ${quoted(to)}`,
  value: (name: string, now: string, before: string | null): string =>
    before === null
      ? `nytt tal, ${lowerFirst(name)}: ${now}`
      : `${lowerFirst(name)}: ${now}, var ${before}`,
  measure: (name: string, value: string): string => `${name}: ${value}`,
  fewerThanFive: 'färre än 5',

  form: {
    /** @param periods the plan's words, each with its department where several tell of the effort */
    told: (department: string, periods: readonly string[]): string =>
      `${periods.length > 1 ? '' : `${department}. `}Enligt planen: ${periods.join('. ')}`,
    facts: 'Om insatsen i planen',
    fromPlan: 'Det här halvåret berättar planen själv. Ändrar du något gäller det du skriver.',
    status: 'Status',
    reading: 'Bedömning',
    notJudged: 'inte bedömt',
    lastTime: 'förra gången',
    measures: 'Mått',
    measuresLead:
      'Raderna är vad planen säger ska följas upp, och vad som räknades förra gången. Lämna tomt det som inte går att räkna.',
    measureHeads: { name: 'Mått', value: 'Värde', unit: 'Enhet' },
    valueOf: (name: string): string => `Värde, ${name === '' ? 'eget mått' : name}`,
    unitOf: (name: string): string => `Enhet, ${name === '' ? 'eget mått' : name}`,
    nameOf: 'Vad som mäts',
    before: (value: string): string => `förra gången ${value}`,
    add: 'Lägg till mått',
    removeMeasure: (name: string): string =>
      `Ta bort måttet ${name === '' ? 'utan namn' : quoted(name)}`,
    removeShort: 'Ta bort',
    units: ['personer', 'procent', 'tillfällen', 'föreningar', 'skolor', 'kronor'],
    comment: 'Kommentar',
    commentHint: 'Skriv om arbetet. Skriv aldrig något om en enskild person.',
    adviceLabel: 'Råd om orden',
    date: 'Datum',
    last: (code: PeriodCode): string => `Förra gången, ${planText.halfYear(code)}`,
    noLast: 'Insatsen har inte följts upp före det här halvåret.',
    lastNote:
      'Visas som stöd. Inget av det sparas för det här halvåret om du inte själv väljer det.',
    lastStatus: (status: string, reading: string): string => `${capital(status)}, ${reading}.`,
    same: 'Samma status och bedömning nu',
    moved: (indicator: string): string => `Har något rört sig? ${indicator}`,
    previous: 'Föregående',
    next: 'Nästa',
    done: 'Klar, nästa som saknas',
    doneLast: 'Klar, till översikten',
    keys: 'Tangenter: Ctrl+Enter klar och nästa som saknas, Alt+Page Down nästa, Alt+Page Up föregående.',
    place: (at: number, all: number): string => `${number(at)} av ${number(all)}`,
    remove: 'Ta bort uppföljningen',
    removed: (title: string): string => `Uppföljningen av ${title} är borttagen.`,
    undo: 'Ångra',
    discard: 'Släng det som inte är sparat',
    saved: 'Sparat i webbläsaren.',
    draft:
      'Det du skrivit ligger kvar i webbläsaren. Välj status, så räknas insatsen som följd upp.',
    partly: 'Sparat, utom det som inte är klart. Det ligger kvar här.',
  },
  faults: {
    value: (words: string): string =>
      `${quoted(words)} är inte ett tal. Skriv till exempel 12 eller 7,5. Måttet sparas när det är rättat.`,
    'no-value': 'Skriv ett tal, eller ta bort raden.',
    unit: 'Skriv vad talet räknar, till exempel personer eller procent.',
    name: 'Skriv vad som mäts.',
    twice: 'Måttet står redan på en annan rad.',
    date: 'Skriv en dag, till exempel 2026-11-23.',
  },
  small: {
    advice: 'Små tal kan peka ut enskilda.',
    act: 'Skriv ”färre än 5” i kommentaren i stället',
    comment: (name: string): string => `${name === '' ? 'Antal' : name}: färre än 5.`,
  },

  briefing: {
    heading: 'Till lägesbild',
    lead: 'Gör en lägesbild av typen Halvårsuppföljning av rundan: i korthet, insatserna per verksamhet, vad som saknas, vad talen visar, källor och begränsningar. Bilderna följer det du skriver.',
    make: 'Gör lägesbild av rundan',
    making: 'Gör lägesbilden …',
    failed: 'Lägesbilden kunde inte göras. Försök igen.',
  },
  template: {
    title: (code: PeriodCode): string => `Halvårsuppföljning ${planText.halfYear(code)}`,
    chapter: 'Insatserna',
    detail: (code: PeriodCode, department: string, page: number): string =>
      [
        `Halvårsuppföljning ${planText.halfYear(code)}`,
        ...(department === '' ? [] : [department]),
        ...(page > 1 ? [`bild ${number(page)}`] : []),
      ].join(', '),
    missing: 'uppföljning som saknas',
    limits: [
      'Uppföljningen är verksamheternas egen bedömning. Den säger inget om effekt.',
      'En insats som inte är följd upp kan vara i gång ändå.',
    ],
    source: (title: string, publisher: string): string =>
      `${publisher}, ${title}, och uppföljning som är skriven efter planen.`,
  },
  slide: {
    claim: (done: number, all: number, code: PeriodCode): string =>
      `${roundText.count(done, all)}, ${planText.halfYear(code)}`,
    claimOf: (department: string, done: number, all: number): string =>
      `${department}: ${roundText.count(done, all)}`,
    claimOfMissing: (count: number, code: PeriodCode): string =>
      count === 0
        ? `Ingen uppföljning saknas, ${planText.halfYear(code)}`
        : `${efforts(count)} saknar uppföljning, ${planText.halfYear(code)}`,
    page: (claim: string, page: number, pages: number): string =>
      pages === 1 ? claim : `${claim} (${number(page)} av ${number(pages)})`,
    caption: 'Insatser efter bedömning',
    captionOf: (department: string): string => `Uppföljning av insatser, ${department}`,
    captionOfMissing: 'Insatser som saknar uppföljning',
    nameHead: 'Bedömning',
    effortHead: 'Insats',
    unit: 'antal insatser',
    status: 'status',
    missingFrom: (title: string, department: string): string => `${title} (${department})`,
    foot: (title: string, publisher: string): string =>
      `Källa: ${publisher}, ${title}, och uppföljning som är skriven efter planen. Verksamheternas egen bedömning, som inte säger något om effekt.`,
  },
} as const
