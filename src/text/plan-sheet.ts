import type { FocusScope, FollowUpReading, FollowUpStatus, PreventionLevel } from '../core/plan.ts'

/*
 * Words of a plan of activities as a workbook: what its sheets and columns are called and what is written in them.
 * Written and read with the same words; other words that are understood stand after the first.
 */

/** Sheets by what they hold. Only the efforts' sheet must be there. */
export const PLAN_SHEETS = {
  about: ['Plan', 'Om planen'],
  departments: ['Verksamheter', 'Förvaltningar'],
  problems: ['Fokusproblem'],
  efforts: ['Insatser', 'Aktiviteter'],
  links: ['Samband'],
  measures: ['Mått'],
  money: ['Medel'],
  ordinary: ['Grunduppdrag'],
  additions: ['Budget', 'Tillskott'],
  split: ['Fördelning'],
  checks: ['Budgetkontroll'],
  followUps: ['Uppföljning'],
  history: ['Tidigare projekt'],
} as const
export type PlanSheetName = keyof typeof PLAN_SHEETS

/** Columns of any sheet. */
export const PLAN_COLUMNS = {
  id: ['Id', 'Insats-id'],
  effort: ['Insatsens id', 'Insats', 'Id'],
  department: ['Verksamhet', 'Förvaltning', 'Avdelning'],
  number: ['Nr', 'Nummer'],
  title: ['Insats', 'Aktivitet', 'Rubrik', 'Titel'],
  levels: ['Nivå', 'Preventionsnivå', 'Förebyggande nivå'],
  levelText: ['Nivå med planens ord'],
  description: ['Beskrivning', 'Vad'],
  start: ['Start', 'Börjar'],
  end: ['Slut', 'Slutar'],
  when: ['När med planens ord', 'När', 'Period'],
  whenNote: ['Anmärkning om tiden'],
  targetGroup: ['Målgrupp'],
  agesFrom: ['Ålder från'],
  agesTo: ['Ålder till'],
  places: ['Plats', 'Var'],
  areas: ['Områden', 'Område'],
  unresolved: ['Platser utan känt område'],
  placeNote: ['Anmärkning om platsen'],
  problems: ['Fokusproblem'],
  problemNote: ['Om fokusproblemen med planens ord'],
  problemLine: ['Rad om fokusproblemen'],
  problem: ['Fokusproblem'],
  how: ['Så hjälper insatsen', 'Koppling'],
  early: ['Tidig upptäckt'],
  goals: ['Mål'],
  followUp: ['Så följs den upp', 'Uppföljning', 'Mått'],
  partners: ['Samverkan', 'Samverkan med'],
  sameAs: ['Samma insats som'],
  section: ['Avsnitt'],
  lines: ['Rader'],
  measure: ['Mått'],
  indicator: ['Indikator'],
  expected: ['Väntad riktning'],
  reason: ['Varför'],
  line: ['Rad'],
  year: ['År'],
  thousands: ['Tusen kronor', 'Tkr'],
  text: ['Text'],
  words: ['Planens ord'],
  items: ['Grunduppdrag'],
  interventions: ['Insatser'],
  holds: ['Går ihop'],
  said: ['Planen säger, tusen kronor'],
  found: ['Delarna ger, tusen kronor'],
  halfYear: ['Halvår'],
  status: ['Status'],
  reading: ['Läge'],
  value: ['Värde'],
  unit: ['Enhet'],
  comment: ['Kommentar'],
  date: ['Datum'],
  planTitle: ['Titel'],
  publisher: ['Utgivare'],
  firstYear: ['Från år'],
  lastYear: ['Till år'],
  note: ['Anmärkning'],
  name: ['Verksamhet', 'Namn'],
  project: ['Projekt'],
  since: ['Sedan år'],
  place: ['Plats'],
  sourceTitle: ['Källa'],
  sourcePublisher: ['Källans utgivare'],
  sourceNote: ['Om källan'],
} as const
export type PlanColumn = keyof typeof PLAN_COLUMNS

/** What is written for a choice, and what else is understood. */
export const PLAN_CHOICES = {
  level: {
    universell: ['Universell', 'Universellt'],
    selektiv: ['Selektiv', 'Selektivt'],
    indikerad: ['Indikerad', 'Indikerat'],
    'inte-relevant': ['Inte relevant', 'Ej relevant'],
  } satisfies Record<PreventionLevel, readonly string[]>,
  scope: {
    all: ['alla, på sikt', 'alla'],
    indirect: ['indirekt'],
    none: ['inget', 'inga', '-'],
  } satisfies Record<Exclude<FocusScope, 'named'>, readonly string[]>,
  place: {
    whole: ['Hela kommunen', 'Alla', 'Samtliga'],
    'not-stated': ['Ej angivet', 'Anges inte', '-'],
    'not-shown': ['Plats visas inte', 'Visas inte'],
  },
  yes: { yes: ['ja', 'x'], no: ['nej', ''] },
  holds: { yes: ['ja'], no: ['nej'], unknown: ['går inte att pröva', ''] },
  expected: { up: ['upp', 'ökar'], down: ['ner', 'ned', 'minskar'] },
  status: {
    planerad: ['planerad'],
    pagaende: ['pågår', 'pågående'],
    avslutad: ['avslutad'],
    ordinarie: ['ordinarie verksamhet', 'ordinarie'],
  } satisfies Record<FollowUpStatus, readonly string[]>,
  reading: {
    'for-tidigt': ['för tidigt att bedöma', 'för tidigt'],
    'pa-vag': ['på väg'],
    uppnatt: ['uppnått'],
    avslutad: ['avslutad'],
  } satisfies Record<FollowUpReading, readonly string[]>,
} as const

export const planSheetText = {
  /** Where the file leaves something open that the plan must have words for. */
  notStated: 'Anges inte',
  note: (file: string): string => `Läst ur ${file}. Radnumren är filens.`,
  term: { VT: 'VT', HT: 'HT' },
  halfYear: (code: string): string => `${code.endsWith('1') ? 'VT' : 'HT'} ${code.slice(0, 4)}`,
  explained: 'Läs mig',
  help: (source: string): readonly string[] => [
    'En aktivitetsplan som arbetsbok. Bara bladet Insatser måste finnas; resten säger mer om det som står där.',
    'En rad är en insats. Verksamhet, Insats, Nivå och Fokusproblem måste vara ifyllda; det andra får vara tomt.',
    'Flera saker i samma cell skrivs på var sin rad i cellen, eller med semikolon emellan.',
    'Nivå: Universell, Selektiv, Indikerad eller Inte relevant.',
    'Start och Slut: 2026, 2026-03, VT 2026 eller HT 2026.',
    'Plats: platser med planens ord, Hela kommunen, Ej angivet eller Plats visas inte. Skyddat boende och behandling får aldrig en plats.',
    'Områden: kod eller namn som i områdesregistret.',
    'Fokusproblem: de som bladet Fokusproblem har, eller ”alla, på sikt”, ”indirekt” eller ”inget”.',
    'Ett inledande enkelt citattecken framför =, +, - eller @ hör till skyddet mot formler och följer inte med tillbaka.',
    `Källa: ${source}`,
  ],
} as const
