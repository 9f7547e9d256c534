import type { FlowLeftStage, FlowPeriodKind, FlowStage, FlowStageWords } from '../core/case-flow.ts'
import type { PeriodCode } from '../core/period.ts'
import { capital, formatNumber, listed, lowerFirst, NBSP, periodInWords } from './format.ts'

const number = (count: number): string => formatNumber(count, 0)

/** What columns of a flow's file may be called; the first is the word that is asked for. */
export const FLOW_HEADS = {
  month: ['Månad', 'Period', 'År-månad', 'År och månad', 'Tid'],
  year: ['År'],
  received: [
    ...['Inkomna', 'Inkomna IRK', 'Ink IRK', 'Ink. IRK', 'IRK', 'Inkomna ärenden', 'Anmälda'],
    ...['Inkomna anmälningar', 'Inkomna orosanmälningar', 'Orosanmälningar', 'Aktualiserade'],
  ],
  suitable: [
    ...['Lämpliga', 'Lämpliga för insatsen', 'Lämpliga för insats', 'Bedömda lämpliga'],
    ...['Bedömda som lämpliga', 'Lämpliga för SIG', 'Lämpliga för SSPF'],
  ],
  asked: ['Tillfrågade', 'Erbjudna', 'Tillfrågade om insatsen', 'Erbjudna insats'],
  begun: [
    ...['Påbörjade', 'Pågående', 'Pågående SIG insats', 'Pågående SIG', 'Pågående SSPF'],
    ...['Påbörjade insatser', 'Pågående insatser', 'Startade', 'Tackat ja', 'Nya insatser'],
  ],
} as const satisfies Readonly<Record<FlowStage | 'month' | 'year', readonly string[]>>

const KINDS = {
  month: 'månad',
  quarter: 'kvartal',
  'half-year': 'halvår',
  year: 'år',
} as const satisfies Record<FlowPeriodKind, string>

/** What each stage is drawn from, in the plural: "25 av 37 inkomna". */
const PASSED: Readonly<Record<FlowLeftStage, string>> = {
  suitable: 'av de inkomna',
  asked: 'av de lämpliga',
  begun: 'av de tillfrågade',
}

/** Every sentence of a flow of cases: work with individuals, told as counts and never of one of them. */
export const caseFlowText = {
  heading: 'Individflöde',
  lead: 'SIG, SSPF och liknande arbete, räknat per månad: hur många som kommer in, bedöms lämpliga, tillfrågas och påbörjar. Aldrig något om en enskild.',
  stages: {
    received: { name: 'Inkomna', meaning: 'Anmälda eller bedömda som kom in under perioden.' },
    suitable: { name: 'Lämpliga', meaning: 'De som bedömdes passa för insatsen.' },
    asked: { name: 'Tillfrågade', meaning: 'De som tillfrågades om de ville ha insatsen.' },
    begun: { name: 'Påbörjade', meaning: 'Insatser som började under perioden.' },
  } satisfies Record<FlowStage, FlowStageWords>,
  loading: 'Läser in flödet',
  none: 'Det finns inget flöde att visa. Läs in en egen fil.',
  choose: {
    flow: 'Flöde',
    groups: { own: 'Egna', example: 'Exempel' },
    period: 'Period',
    whole: 'hela tiden',
    periodGroups: {
      ...{ month: 'Månader', quarter: 'Kvartal', 'half-year': 'Halvår', year: 'År' },
    } satisfies Record<FlowPeriodKind, string>,
  },
  example: 'Exempel ur en annan kommuns rapport: riktiga siffror, inte syntetiska',
  own: 'Egen fil',
  funnel: 'Från inkommen till påbörjad',
  overTime: 'Över tid',
  perKind: (kind: FlowPeriodKind): string => `antal per ${KINDS[kind]}`,
  periodHead: (kind: FlowPeriodKind): string =>
    KINDS[kind][0]!.toUpperCase() + KINDS[kind].slice(1),
  total: 'Totalt',
  /** "januari–juli 2017", "oktober 2025–mars 2026". */
  span: (first: PeriodCode, last: PeriodCode): string => {
    const [from, to] = [periodInWords(first), periodInWords(last)]
    if (first === last) return from
    const year = first.slice(0, 4)
    return year === last.slice(0, 4) && from.endsWith(` ${year}`)
      ? `${from.slice(0, -5)}–${to}`
      : `${from}–${to}`
  },
  hidden: 'dold',
  missing: 'saknas',
  hiddenWhy: 'Dold: antalet är litet, eller skulle ge ett litet antal',
  missingWhy: 'Saknas i källan',
  hiddenSum: 'kan inte summeras',
  hiddenSumWhy: 'En period som ingår är dold eller saknas',
  derived: 'framräknat ur summan',
  derivedMark: '*',
  derivedNote: (
    items: readonly { readonly stage: string; readonly month: string; readonly count: number }[],
  ) =>
    items
      .map(
        ({ stage, month, count }) =>
          `* ${stage} i ${month} saknas i källan. Källans egen summa ger ${number(count)}.`,
      )
      .join(' '),
  /** Only over all the time, or a year: in a shorter time the stages are of different cases. */
  ofBefore: (stage: FlowLeftStage, count: number, before: number): string =>
    `${number(count)} av ${number(before)}, ${number(Math.round((100 * count) / before))}${NBSP}% ${PASSED[stage]}`,
  /** "68 % av de inkomna, 60 % av de lämpliga och 53 % av de tillfrågade gick vidare." */
  wentOn: (parts: readonly (readonly [FlowLeftStage, number, number])[]): string =>
    `${listed(
      parts.map(
        ([stage, count, before]) =>
          `${number(Math.round((100 * count) / before))}${NBSP}% ${PASSED[stage]}`,
      ),
    )} gick vidare`,
  moreThanBefore: 'fler än steget före: några kom dit i en tidigare period',
  notSame:
    'Stegen i en period är inte samma ärenden: den som tillfrågas i mars kan ha bedömts i februari. Därför räknas andelar bara för hela tiden och för hela år.',
  notEffect: 'Flödet säger hur många som passerar varje steg, inte om insatsen hjälper.',
  claim: (received: number, suitable: number, begun: number): string =>
    `Av ${number(received)} inkomna bedömdes ${number(suitable)} lämpliga och ${number(begun)} påbörjade insatsen`,
  /** "141 inkomna, 72 lämpliga och 36 tillfrågade (påbörjade: dold)". */
  claimHidden: (shown: readonly string[], without: readonly string[]): string =>
    shown.length === 0
      ? 'Antalen är för små för att visas, eller saknas'
      : `${capital(listed(shown))}${without.length === 0 ? '' : ` (${without.join(', ')})`}`,
  claimPart: (name: string, count: number): string => `${number(count)} ${lowerFirst(name)}`,
  claimWithout: (name: string, word: string): string => `${lowerFirst(name)}: ${word}`,
  alternative: (steps: readonly string[]): string => `Stapeldiagram. ${steps.join('. ')}.`,
  timeAlternative: (title: string, kind: FlowPeriodKind): string =>
    `Fyra stapelrader, ${caseFlowText.perKind(kind)}: ${title}. Talen står i tabellen under.`,
  facts: {
    heading: 'Om siffrorna',
    source: (title: string, publisher: string, section: string): string =>
      `Källa: ${[title, publisher, section].filter((part) => part !== '').join(', ')}.`,
    target: (group: string): string => `Målgrupp: ${group}.`,
    publicAtSource:
      'Siffrorna är redan publicerade av källan (offentlig vid källan), så inget är dolt här.',
    protected: (threshold: number): string =>
      `Antal 1–${number(threshold - 1)} visas inte, inte heller när skillnaden mellan två steg är så liten, eller när en summa skulle ge dem. Månader, kvartal, halvår och år prövas tillsammans.`,
    finest: (kind: FlowPeriodKind): string =>
      `Visas per ${KINDS[kind]} som kortast. Kortare perioder är inte utgivna.`,
    keptApart: 'Flödet räknas för sig och syns inte i Karta, Korsa eller områdesprofilerna.',
    noIndividuals: 'Kön, ålder och område på den enskilde finns inte här och går inte att läsa in.',
  },
  savedDetail: (title: string, period: string): string => `Individflöde: ${title}, ${period}`,
  slide: {
    caption: 'Från inkommen till påbörjad',
    stepHead: 'Steg',
    series: 'Antal',
    unit: 'antal',
    foot: (title: string, period: string, source: string): string =>
      `${title}${period === '' ? '' : `, ${period}`}. ${source}`,
  },
  files: {
    heading: 'Läs in eget flöde',
    lead: 'En rad per månad med rubrikerna Månad, Inkomna, Lämpliga, Tillfrågade och Påbörjade (xlsx, ods eller CSV). Siffrorna skyddas innan något visas eller sparas, och ligger kvar på den här datorn.',
    template: 'Ladda ner mall',
    templateName: 'individflode-mall.csv',
    choose: 'Välj fil',
    reading: 'Läser och skyddar siffrorna …',
    failed: 'Filen kunde inte läsas. Försök igen.',
    name: 'Namn',
    source: 'Källa',
    protection: 'Skydd',
    protections: {
      sensitive: 'dölj antal under 10 (känsligt)',
      person: 'dölj antal under 5',
      public: 'redan publicerat, dölj inget',
    },
    publicWarning:
      'Välj det här bara om just de här siffrorna redan är publicerade av källan, månad för månad.',
    finest: 'Kortaste period',
    finests: {
      ...{ auto: 'välj åt mig', month: 'månad', quarter: 'kvartal' },
      ...{ 'half-year': 'halvår', year: 'år' },
    },
    refused: (name: string): string =>
      `${name} är inte inläst. Rätta det här i filen och läs in den igen.`,
    preview: (name: string): string => `Så blir ${name}`,
    previewText: (kind: FlowPeriodKind, shown: number, hidden: number): string =>
      `Visas per ${KINDS[kind]} och längre: ${number(shown)}${NBSP}antal syns, ${number(hidden)}${NBSP}är dolda.`,
    replaces: (title: string): string =>
      `Ersätter ”${title}” som redan är inläst. De tidigare siffrorna vägs in, så att skillnaden inte säger något om några få.`,
    notes: 'Bra att veta',
    accept: 'Ta in flödet',
    cancel: 'Avbryt',
    close: 'Stäng',
    accepted: (title: string): string => `”${title}” är inläst.`,
    remove: 'Ta bort flödet',
    removed: (title: string): string => `”${title}” är borttaget.`,
    undo: 'Ångra',
    undone: 'Flödet är tillbaka.',
  },
}
