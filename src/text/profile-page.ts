import type { LevelId } from '../core/area.ts'
import { formatNumber, NBSP, periodInWords } from './format.ts'

const counted = (count: number, singular: string, plural: string): string =>
  `${formatNumber(count, 0)}${NBSP}${count === 1 ? singular : plural}`

/** What the page of profiles says beside the profile itself. */
export const profilePageText = {
  picker: {
    open: 'Välj område',
    search: 'Sök område',
    together: 'Flera områden tillsammans',
    none: 'Inget område heter så.',
    done: (count: number): string =>
      count === 0 ? 'Välj minst ett' : `Visa ${counted(count, 'område', 'områden')}`,
  },
  compare: {
    label: 'Jämförs med',
    whole: 'kommunen',
    similar: 'liknande områden',
    others: 'Ett annat område',
  },
  likeness: {
    button: 'Lika i …',
    heading: 'Vad områden ska vara lika i',
    hint: 'Bara indikatorer om sammanhang: vilka som bor här och hur. Händelser och orsaker väljs aldrig.',
    all: 'Alla',
  },
  sex: { label: 'Kön', T: 'kvinnor och män', K: 'kvinnor', M: 'män' },
  period: {
    label: 'Period',
    newest: 'senaste',
    until: (code: string): string => periodInWords(code),
  },
  grouping: { label: 'Ordnat efter', class: 'klass', focus: 'fokusproblem' },
  download: 'Ladda ner',
  downloads: {
    heading: 'Ladda ner profilen',
    one: 'Den här profilen',
    formats: {
      pptx: 'PowerPoint (bilder som går att ändra)',
      xlsx: 'Excel (tal, källor, förklaringar)',
      csv: 'CSV för svenska kalkylblad',
      html: 'Webbsida i en fil, öppnas utan nät',
      svg: 'Diagram och karta som SVG (zip)',
      png: 'Diagram och karta som PNG (zip)',
    },
    pdf: 'PDF: välj Skriv ut och spara som PDF',
    many: 'Flera profiler på en gång',
    level: (plural: string, count: number): string => `Alla ${formatNumber(count, 0)} ${plural}`,
    chosen: 'Filer i zip',
    start: (plural: string): string => `Gör zip för alla ${plural}`,
    progress: (done: number, all: number): string =>
      `Profil ${formatNumber(done, 0)} av ${formatNumber(all, 0)} är klar.`,
    cancel: 'Avbryt',
    cancelled: 'Avbrutet. Ingen fil sparades.',
    making: 'Skriver filen …',
    done: (name: string): string => `${name} är sparad.`,
    failed: 'Filen kunde inte skrivas. Försök igen, eller välj en annan form.',
  },
  print: 'Skriv ut',
  save: 'Spara till lägesbild',
  saved: 'Sparad till lägesbilden',
  isSaved: (title: string): string => `”${title}” är sparad och finns under Lägesbild.`,
  loading: 'Läser in profilen',
  failed: 'Profilen kunde inte läsas in.',
  unknown: 'Området i länken finns inte i utgåvan. Välj ett annat.',
  words: {
    heading: 'Analys och bedömning',
    label: (name: string): string => `Egna ord om ${name}`,
    placeholder:
      'Egna ord till profilen. De står för sig, skilda från siffrorna, i utskrift och filer.',
    saved: 'Sparat i webbläsaren',
    saving: 'Sparar …',
    open: 'Skriv egna ord',
  },
  row: {
    more: (name: string): string => `Mer om ${name}`,
    definition: 'Definition',
    source: 'Källa',
    caveats: 'Att tänka på',
    disclosure: 'Röjandeskydd',
    showOnMap: 'Visa på kartan',
  },
  table: {
    certain: 'skiljer sig säkert',
    likely: 'troligen',
    hollow: 'går inte att säga',
    ticks: 'ett streck per område',
    sexes: 'Kvinnor / män',
  },
  key: 'Så läser du',
  limits: 'Vad siffrorna inte säger',
  sources: 'Källor',
  title: (name: string): string => `Områdesprofil: ${name}`,
  detail: (subtitle: string, compared: string): string => `${subtitle}. Jämförs med ${compared}.`,
  levelName: (id: LevelId, plural: string): string => plural || id,
}
