import type {
  Report,
  ReportFigure,
  ReportRow,
  ReportTableHeads,
  ReportTrend,
} from '../../src/views/report.ts'

const NBSP = '\u00a0'

const swedish = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace('.', ',').replace('-', '\u2212')

/** A figure with an interval a tenth of its size on either side. */
export function figure(value: number, decimals = 1, unit = '%'): ReportFigure {
  const [lower, upper] = [0.9 * value, 1.1 * value]
  return {
    ...{ kind: 'value', value, decimals, unit, caution: '' },
    text: swedish(value, decimals) + (unit === '%' ? `${NBSP}%` : ''),
    interval: { lower, upper, text: `${swedish(lower, decimals)}–${swedish(upper, decimals)}` },
  }
}

export const HIDDEN: ReportFigure = {
  ...{ kind: 'hidden', word: 'dold', reason: 'Dold i röjandekontrollen' },
}
export const MISSING: ReportFigure = {
  ...{ kind: 'missing', word: 'saknas', reason: 'Saknas: uppgift finns inte' },
}

const HEADS: ReportTableHeads = {
  ...{ indicator: 'Indikator', value: 'Ålidhem södra', interval: '95 % intervall' },
  ...{ lower: 'lägre', middle: 'kommunen', higher: 'högre', reference: 'Kommunen' },
  ...{ verdict: 'Mot övriga kommunen', trend: 'Sedan 2018', women: 'Kvinnor', men: 'Män' },
  ...{ period: 'Period', note: 'Anmärkning', unit: 'Enhet', status: 'Status' },
  ...{ intervalLower: 'Nedre gräns', intervalUpper: 'Övre gräns' },
}

const trend = (values: readonly (number | null)[], direction: ReportTrend['direction']) => ({
  points: values.map((value, place) => ({
    ...{ period: String(2018 + place), periodText: String(2018 + place) },
    figure: value === null ? HIDDEN : figure(value),
    reference: figure(14 + place / 10),
  })),
  direction,
  word: direction === 'rising' ? 'ökar' : direction === null ? 'kan inte bedömas' : 'osäkert',
  explanation: direction === null ? 'Färre än fem perioder.' : 'Prövat med Mann och Kendalls test.',
})

const row = (indicator: string, name: string, more: Partial<ReportRow>): ReportRow => ({
  ...{ indicator, name, place: '', unitText: '', period: '2025', periodText: '2025' },
  ...{ figure: figure(17.1), reference: figure(15.1), verdictText: 'högre', note: '' },
  spine: {
    ...{ value: 17.1, interval: { lower: 15.39, upper: 18.81 }, verdict: 'much-higher' },
    ...{ others: [9, 11.2, 12, 13.5, 14, 14.1, 15, 16, 18.4, 21], middle: 15.1 },
    ...{ lowerQuartile: 12, upperQuartile: 16 },
  },
  trend: trend([12, 13, 13.5, 14, 15, 16, 16.5, 17.1], 'rising'),
  ...{ women: figure(17.5), men: figure(16.8) },
  ...more,
})

/** A report with all that can be in one: hidden and missing figures, a formula-like name, words of the analyst's. */
export const SAMPLE_REPORT: Report = {
  ...{ format: 1, kind: 'area-profile', title: 'Ålidhem södra', date: '2026-11-23' },
  subtitle: 'Områdesprofil. RegSO i stadsdelen Ålidhem, Umeå kommun',
  facts: [
    { label: 'Område', text: 'Ålidhem södra (2480R041)' },
    { label: 'Jämförs med', text: 'övriga kommunen' },
    { label: 'Kön', text: 'kvinnor och män' },
    { label: 'Utgåva', text: '2026-11-03' },
    { label: 'Framtagen', text: '23 november 2026' },
  ],
  sexText: 'kvinnor och män',
  synthetic: {
    label: 'Syntetiska demonstrationsdata',
    sentence: 'Siffrorna är slumpade utan koppling till verkliga områden.',
  },
  sections: [
    {
      ...{ id: 'i-korthet', heading: 'I korthet' },
      blocks: [
        {
          ...{ kind: 'text', voice: 'figures', heading: null },
          paragraphs: [
            'Andelen trångbodda är högre än i övriga kommunen.',
            'Sedan 2018 ökar trångboddheten.',
          ],
        },
        {
          ...{
            kind: 'map',
            id: 'karta',
            caption: 'Ålidhem södra i kommunen. Schematiska gränser.',
          },
          ...{ alternative: 'Karta med Ålidhem södra markerat.', width: 320, height: 200 },
          svg: '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200"><title>Ålidhem södra</title><rect width="320" height="200" fill="#e8ebee"/><path d="M100 60L200 70L190 150L110 140Z" fill="#8c7cc0" stroke="#10202a" stroke-width="2.5"/><text x="312" y="194" font-size="11" text-anchor="end" font-family="Source Sans 3" fill="#33434d">Syntetiska demonstrationsdata</text></svg>',
        },
        {
          ...{ kind: 'bars', id: 'befolkning', form: 'pyramid', title: 'Vilka bor här' },
          ...{ alternative: 'Folkmängd efter ålder och kön.', unitText: 'antal', note: '' },
          ...{ categoryHead: 'Ålder', categories: ['0–5', '6–12', '13–18', '65–'] },
          ...{ periodText: '2025' },
          series: [
            { name: 'Kvinnor', figures: [138, 171, 152, 214].map((n) => figure(n, 0, '')) },
            {
              name: 'Män',
              figures: [figure(146, 0, ''), figure(166, 0, ''), MISSING, figure(232, 0, '')],
            },
          ],
        },
        {
          ...{ kind: 'text', voice: 'analyst', heading: 'Analys och bedömning' },
          paragraphs: ['=Fritidsgården öppnade igen i våras & besöken är fler.'],
        },
      ],
      notes: ['Källa: Syntetiska demonstrationsdata (tänkt källa: SCB), 2025.'],
    },
    {
      ...{ id: 'bakomliggande-faktorer', heading: 'Bakomliggande faktorer' },
      blocks: [
        {
          ...{ kind: 'table', id: 'bakomliggande-faktorer', heads: HEADS },
          caption: 'Bakomliggande faktorer, Ålidhem södra mot övriga kommunen',
          rows: [
            row('trangbodd', 'Trångboddhet', {}),
            row('orosanm', 'Orosanmälningar', {
              ...{ place: 'stadsdelen Ålidhem', unitText: 'per 1 000 barn' },
              ...{ figure: figure(45.5, 1, 'per 1 000'), reference: figure(41.2, 1, 'per 1 000') },
              ...{ verdictText: 'går inte att säga', periodText: 'h2 25', note: 'litet underlag' },
              trend: trend([40, 41, 39], null),
            }),
            row(
              'barn_lag_ek',
              'Barn i hushåll med låg ekonomisk standard, en mycket lång benämning',
              {
                ...{ figure: HIDDEN, spine: null, verdictText: '', note: HIDDEN.reason },
                ...{
                  women: HIDDEN,
                  men: HIDDEN,
                  trend: trend([12, null, 13, null, 12], 'uncertain'),
                },
              },
            ),
            row('x', '=1+1 (egen indikator)', {
              ...{ figure: MISSING, spine: null, trend: null, women: null, men: null },
              ...{ verdictText: '', note: MISSING.reason },
            }),
          ],
          elsewhere: ['Redovisas inte per område: Incidenter i skolmiljö.'],
        },
        {
          ...{ kind: 'lines', id: 'utveckling-trangbodd', title: 'Trångboddhet', unitText: '%' },
          ...{ alternative: 'Trångboddhet 2018–2025: ökar.', note: '' },
          periods: ['2018', '2019', '2020', '2021', '2022'].map((code) => ({ code, text: code })),
          series: [
            {
              ...{ name: 'Ålidhem södra', role: 'area' },
              figures: [figure(12), figure(13), HIDDEN, figure(14), figure(15)],
            },
            {
              ...{ name: 'Kommunen', role: 'reference' },
              figures: [14, 14.1, 14.2, 14.3, 14.4].map((value) => figure(value)),
            },
          ],
        },
      ],
      notes: ['Trångboddhet: andel som bor trångt. Källa: SCB.'],
    },
    {
      ...{ id: 'handelser', heading: 'Händelser' },
      blocks: [
        {
          ...{
            kind: 'bars',
            id: 'klotter-manad',
            form: 'columns',
            title: 'Klotter per månad, 2025',
          },
          ...{
            alternative: 'Klotter per månad 2025.',
            unitText: 'antal',
            note: '',
            periodText: '2025',
          },
          ...{ categoryHead: 'Månad', categories: ['jan', 'feb', 'mar'] },
          series: [{ name: 'Klotter', figures: [figure(3, 0, ''), HIDDEN, figure(0, 0, '')] }],
        },
      ],
      notes: [],
    },
  ],
  definitions: [
    {
      ...{ indicator: 'trangbodd', name: 'Trångboddhet', classText: 'Bakomliggande faktorer' },
      ...{
        focusProblems: ['ekonomisk utsatthet'],
        unitText: '% av invånarna',
        frequency: 'Varje år',
      },
      ...{
        definition: 'Andel som bor trångt.',
        source: 'SCB',
        periodText: '2025',
        synthetic: true,
      },
      ...{ caveats: ['Urvalet är litet.'], disclosure: 'Antal under 5 visas inte.' },
    },
  ],
  key: [
    { label: 'dold', text: 'Talet är för litet för att visas.' },
    { label: 'saknas', text: 'Uppgiften finns inte.' },
    { label: '0', text: 'Noll: uppgiften finns och är noll.' },
  ],
  sources: ['Lägeskartans generator av syntetiska demonstrationsdata (MIT)'],
  limits: ['Att tal är höga i samma område säger inget om orsak.'],
  fileStem: 'omradesprofil-2480R041-alidhem-sodra-2026-11',
  imprint: 'Lägeskartan, utgåva 2026-11-03',
}
