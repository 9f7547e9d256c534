import { formatNumber } from './format.ts'

/** Words that the forms of a report need beside those of the report itself. */
export const reportText = {
  /** What is the same on paper, on a page and in pictures. */
  contents: {
    heading: 'Innehåll',
    facts: 'Om rapporten',
    key: 'Teckenförklaring',
    howToRead: 'Så läses rapporten',
    figures: 'Siffrorna bakom diagrammen',
    definitions: 'Källor och definitioner',
    sources: 'Källor',
    limits: 'Vad siffrorna inte säger',
  },
  definition: {
    class: 'Klass',
    focusProblems: 'Fokusproblem',
    unit: 'Enhet',
    definition: 'Definition',
    source: 'Källa',
    frequency: 'Uppdateras',
    period: 'Period',
    caveats: 'Att tänka på',
    disclosure: 'Skydd av små tal',
  },
  /** What the marks of a row's strip mean. */
  strip: {
    certain: 'skiljer sig säkert (99,8 %)',
    likely: 'skiljer sig troligen (95 %)',
    uncertain: 'går inte att säga',
    interval: '95 % intervall',
    middle: 'jämförelsen',
    others: 'ett streck per område',
    middleHalf: 'mellersta hälften av områdena',
  },
  howToRead: [
    'Varje rad är en indikator. Pricken är området, linjen genom pricken är dess 95-procentiga intervall och det streckade lodräta strecket är jämförelsen. Grå streck är övriga områden, ett för varje, och det grå fältet är den mellersta hälften av dem.',
    'En fylld prick skiljer sig säkert från jämförelsen, en ljusare troligen. En ihålig prick kan vara en slump: då går det inte att säga om området ligger högre eller lägre.',
    'Varje rad har sin egen skala, som når så långt som områdena gör. Ett avstånd på en rad kan därför inte jämföras med ett avstånd på en annan.',
  ],
  /** In place of a picture, for those who do not see it. */
  alternative: {
    /** "Trångboddhet: Ålidhem södra 17,1 %, kommunen 15,1 %, högre". */
    strip: (name: string, area: string, value: string, middle: string, verdict: string): string =>
      `${name}: ${area} ${value}, ${middle}${verdict === '' ? '' : `, ${verdict}`}.`,
    /** "Ålidhem södra: 17,1 %, högre." */
    area: (name: string, value: string, verdict: string): string =>
      `${name}: ${value}${verdict === '' ? '' : `, ${verdict}`}.`,
    /** "Trångboddhet 2018–2025: ökar. 2018: 12,0 %; 2019: dold". */
    development: (name: string, word: string, points: readonly string[]): string =>
      `${name}: ${word}. ${points.join('; ')}.`,
    rows: (caption: string, rows: readonly string[]): string => `${caption}. ${rows.join(' ')}`,
  },
  allSynthetic: 'Alla siffror i rapporten är syntetiska demonstrationsdata.',
  /** Between the number of a page and how many there are: "sida 2 (5)". */
  page: { before: 'sida ', between: ' (', after: ')' },
  /** In heads of narrow columns, for names that do not fit there; they stand in full above the table. */
  short: { area: 'Här', reference: 'Jämförelsen', verdict: 'Mot jämförelsen' },
  /** Of the table behind a chart. */
  figuresOf: (title: string, unit: string): string => (unit === '' ? title : `${title}, ${unit}`),
  /** Sheets of the workbook and columns of the tables. */
  tables: {
    about: 'Om',
    development: 'Utveckling',
    definitions: 'Definitioner',
    heads: {
      section: 'Avsnitt',
      indicator: 'Indikator',
      identifier: 'Indikator-id',
      place: 'Gäller',
      period: 'Period',
      part: 'Del',
      sex: 'Kön',
      whose: 'Vems tal',
      value: 'Värde',
      lower: 'Nedre gräns 95 %',
      upper: 'Övre gräns 95 %',
      unit: 'Enhet',
      status: 'Status',
      reason: 'Anmärkning',
      verdict: 'Jämförelse',
      trend: 'Utveckling',
      definition: 'Definition',
      source: 'Källa',
      frequency: 'Uppdateras',
      caveats: 'Att tänka på',
      disclosure: 'Skydd av små tal',
      class: 'Klass',
      focusProblems: 'Fokusproblem',
      women: 'Kvinnor',
      men: 'Män',
    },
    shown: 'visas',
    all: 'alla',
    women: 'kvinnor',
    men: 'män',
    /** How the figures of the file are written. */
    numbers: 'Andelar skrivs som procenttal: 12,5 betyder 12,5 %.',
  },
  /** Words on slides. */
  list: {
    area: 'Område',
    told: 'Vad som sägs',
    points: (count: number): string => `Alla ${formatNumber(count, 0)} områden i tabell`,
  },
  /** Of a page that a lägesbild is shown from. */
  showing: {
    show: 'Visa bilderna',
    keys: 'Piltangenter bläddrar, siffror och Retur hoppar, B svärtar, K höjer kontrasten, F fyller skärmen, Esc går tillbaka hit.',
    status: 'Bild {n} av {all}',
  },
  slides: {
    product: 'Lägeskartan',
    part: (title: string, at: number, all: number): string => `${title} (${at} av ${all})`,
    /** Above a table: what differs, "Mot övriga kommunen: lägre: Trångboddhet." */
    differs: (against: string, groups: readonly string[]): string =>
      `${against}: ${groups.join('; ')}.`,
    group: (verdict: string, names: string): string => `${verdict} för ${names}`,
    count: (verdict: string, count: number): string => `${count} ${verdict}`,
    noneDiffers: (against: string): string =>
      `${against}: inget av talen här skiljer sig säkert eller troligen.`,
    marks: (middle: string): string =>
      `Fylld prick: skiljer sig säkert. Ljus: troligen. Ihålig: går inte att säga. Streckad linje: ${middle}. Grå streck: övriga områden.`,
    noneShown: (word: string): string => `Inget värde visas: ${word}`,
    /** Why figures are not shown, and which: "Dold i röjandekontrollen: feb, mar." */
    absent: (word: string, reason: string, names: string): string => {
      const why = reason.toLowerCase().startsWith(word.toLowerCase())
        ? reason
        : `${word}: ${reason}`
      return names === '' ? `${why}.` : `${why} (${names}).`
    },
    overTime: (heading: string): string => `${heading} över tid`,
    otherAreas: 'Övriga områden',
    area: 'Område',
    /** "Källa: SCB" */
    sources: (names: readonly string[]): string =>
      `${names.length === 1 ? 'Källa' : 'Källor'}: ${names.join('; ')}`,
    /** Where there are more than there is room for. */
    sourcesLast: 'Källor: se Källor och definitioner sist i bildspelet',
    analysis: 'Analys och bedömning',
    howToRead: 'Så läser du',
    marksHead: 'Prickar och streck',
    wordsHead: 'Ord i stället för tal',
  },
}
