import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gridOfRows } from '../../../src/files/formats/grid.ts'
import {
  hasIdentifier,
  identifierFindings,
  identifierOfHeading,
  recogniseIdentifiers,
  type IdentifierKind,
} from '../../../src/files/tables/identifiers.ts'
import {
  addressLikeness,
  MOBILE_NUMBER,
  REPORT_NUMBER,
} from '../../../src/files/tables/identifier-shapes.ts'
import { MASK, masked } from '../../../src/files/tables/masking.ts'
import { hasPersonalNumber } from '../../../src/files/tables/personal-number.ts'
import {
  FLAT_MARK,
  K_NUMBER,
  MANY_DIGITS,
  NUMBERED_STREET,
  SIGNED_DIGITS,
  traitsOf,
} from '../../../src/files/tables/text-traits.ts'
import { FINDING_CODES, findingMessage } from '../../../src/text/findings.ts'

type Columns = Readonly<Record<string, readonly string[]>>

/** The kinds that are recognised, by heading. */
function kindsOf(
  columns: Columns,
  known: readonly string[] = [],
): Record<string, IdentifierKind | null> {
  const headings = Object.keys(columns)
  const length = Math.max(...Object.values(columns).map((texts) => texts.length))
  const rows = Array.from({ length }, (_, row) => headings.map((name) => columns[name]![row] ?? ''))
  const grid = gridOfRows([headings, ...rows], { file: 'a.csv', sheet: null })
  const kinds = recogniseIdentifiers(grid, headings, { first: 1, last: length }, known)
  return Object.fromEntries(headings.map((name, index) => [name, kinds[index]!]))
}

const kindOf = (
  heading: string,
  texts: readonly string[],
  known: readonly string[] = [],
): IdentifierKind | null => kindsOf({ [heading]: texts }, known)[heading]!

describe('columns that tell of people', () => {
  test.each<[IdentifierKind, string, string[]]>([
    ['personal-number', 'Uppgift', ['19640823-3234']],
    ['personal-number', 'Uppgift', ['640823+3234', 'saknas']],
    ['personal-number', 'Uppgift', ['640883-3234']],
    ['personal-number', 'Uppgift', ['6408233234', '7001019999', '9912312384']],
    ['personal-number', 'Uppgift', ['196408833234', '200001019999']],
    ['personal-number', 'Uppgift', ['19640823 3234']],
    ['personal-number', 'Uppgift', ['640823–3234']],
    ['personal-number', 'Uppgift', ['640823-xxxx', '640823-TF12']],
    ['personal-number', 'Uppgift', ['1964-08-23-3234']],
    ['personal-number', 'Pers.nr', ['101012384', '']],
    ['personal-number', 'Elev-ID', ['A17', 'A18']],
    ['personal-number', 'Kommentar', ['Ringde', '', 'Mamman (640823-3234) kom', 'OK']],
    ['personal-number', 'Kommentar', ['Ringde', 'pnr6408233234 enligt uppgift']],
    ['personal-number', 'Område', ['Haga', 'Teg', 'Haga 19640823-3234']],
    ['personal-number', 'Uppgift', ['640823/3234']],
    ['personal-number', 'Uppgift', ['64 08 23-3234']],
    ['personal-number', 'Uppgift', ['”6408233234”', 'annat']],
    ['personal-number', 'Uppgift', ['6408233234,7001019999', 'annat']],
    ['birth-date', 'Födelsetid', ['640823']],
    ['birth-date', 'Födelsedatum', ['1964-08-23', '2001-01-01']],
    ['name', 'Handläggare', ['Anna Andersson', 'Bo Ek', 'Anna Andersson']],
    ['name', 'Handl.', ['AAN', 'BOEK', 'AAN', 'AAN', 'BOEK', 'AAN', 'AAN']],
    ['name', 'Elev', ['', '', '', 'Xaawo Nuur', '', 'Aino', '', 'Ekströmer', '', '']],
    ['name', 'Vårdnadshavare 1', ['Li Berg', 'Okänd']],
    ['name', 'Vardnadshavarens namn', ['Li Berg', 'Okänd']],
    ['name', 'Efternamn', ['Ek', 'Ström', 'Al-Hassan']],
    ['name', 'Namn', ['Anna Andersson', 'Xaawo Nuur', 'Jan-Erik von Sydow']],
    ['name', 'Namn', ['ANDERSSON, ANNA', 'EK, BO', 'NUUR, XAAWO']],
    ['name', 'Namn', ['Anna', 'Bo', 'Fatima', 'Liam', 'Ekborg']],
    ['name', 'Namn', Array.from({ length: 40 }, (_, row) => ['Anna Ek', 'Bo Ström'][row % 2]!)],
    ['name', 'Kolumn 4', ['Anna Andersson', 'Bo Ek', 'Fatima Ali']],
    ['name', 'Kolumn 4', ['Xaawo Nuur', 'Dilnoza Rashidova', 'Okechukwu Eze']],
    ['name', 'Berörd', ['Anna Ek (f. 2012)', 'Bo Ek, 9 år']],
    ['name', 'Inblandade', ['Anna Ek och Bo Ström', 'Karl Berg & Eva Dahl']],
    ['name', 'Förälder', ['Li Berg']],
    ['name', 'Anmälare', ['Polis', 'Privatperson', 'Polis', 'Kerstin Lund', 'Polis']],
    ['name', 'Inrapporterad av', ['kerstin lundström', 'anna ek']],
    ['address', 'Plats för händelsen', ['Storgatan 12', 'Ålidhemsvägen 4B lgh 1102']],
    ['address', 'Uppgift', ['Kyrkvägen 3 A', 'Teg', 'Haga', 'Ersboda']],
    ['address', 'Uppgift', ['903 55 Umeå', '90743 UMEÅ']],
    ['address', 'Bostadsadress', ['Hemvist okänd', 'Tvistevägen']],
    ['address', 'Uppgift', ['c/o Berg', 'lgh 1102']],
    ['phone', 'Uppgift', ['070-123 45 67', '+46 70 123 45 67', '090-16 10 00']],
    ['phone', 'Telefon', ['0701234567', '161000']],
    ['phone', 'Uppgift', ['ring 073 123 45 67 efter 17', 'nej']],
    ['email', 'Uppgift', ['', 'anna.ek@umea.se', 'nej']],
    ['case-number', 'Diarienr', ['17', '18']],
    ['case-number', 'Ärende-nr', ['2024-1', '2024-2']],
    ['case-number', 'Uppgift', ['IFN 2016/00676-8', 'KS-2024/00123', '2024/000123']],
    ['case-number', 'Uppgift', ['nej', '5000-K123456-24']],
    ['free-text', 'Fritext', ['bråk', 'klotter på vägg']],
    ['free-text', 'Vad har hänt?', ['Bråk', 'Klotter']],
    ['free-text', 'Svar', ['Det är mörkt vid skolan. Jag går inte dit.', 'Bra', 'Fler lampor.']],
    ['free-text', 'Händelsebeskrivning', ['Pojke slog flicka', '', '']],
    [
      'free-text',
      'Kolumn 9',
      ['Två pojkar sågs springa från platsen. Polis tillkallades.', 'Inget', ''],
    ],
    ['coordinate-pair', 'Uppgift', ['63.82,20.26', '63.83,20.27']],
    ['coordinate-pair', 'Position', ['63,825 20,263', '(63,825; 20,263)', 'POINT(20.26 63.82)']],
    ['coordinate-pair', 'Kartlänk', ['https://karta.example/?q=63.8251,20.2632']],
    ['coordinate-pair', 'Läge', ['63°49\'30"N 20°15\'47"E']],
    ['coordinate-pair', 'Koordinater', ['N 7089345 E 758123', '7089345, 758123']],
  ])('%s: %s %j', (kind, heading, texts) => {
    expect(kindOf(heading, texts)).toBe(kind)
  })

  test.each<[string, Columns, Record<string, IdentifierKind | null>]>([
    [
      'degrees by heading, also elsewhere',
      { Longitude: ['-1.4516', '-1.45'], Latitude: ['53.599', '53.6'] },
      { Longitude: 'longitude', Latitude: 'latitude' },
    ],
    [
      'axes are read from the numbers',
      { X: ['7089345', '7089400,5'], Y: ['758123', '758200'] },
      { X: 'northing', Y: 'easting' },
    ],
    [
      'a local zone, with spaces',
      { nord: ['7 089 345', '7 089 346'], öst: ['150 123', '150 124'] },
      { nord: 'northing', öst: 'easting' },
    ],
    [
      'RT 90',
      { 'X-koordinat': ['7089345'], 'Y-koordinat': ['1719345'] },
      { 'X-koordinat': 'northing', 'Y-koordinat': 'easting' },
    ],
    [
      'without a heading that says so, both and exact',
      {
        a: ['63,82511', '63,82612', '63,82713', '63,82814', '63,82915'],
        b: ['20,26311', '20,26412', '20,26513', '20,26614', '20,26715'],
      },
      { a: 'latitude', b: 'longitude' },
    ],
    [
      'counts by part of the municipality are no axes',
      { Nord: ['512', '431'], Öst: ['150123', '98'], n: ['120', '80'], x: ['63,8', '20,2'] },
      { Nord: null, Öst: null, n: null, x: null },
    ],
    [
      'shares with decimals, one column or two',
      { a: ['63,8', '61,2', '60,1', '59,4', '66,2'], b: ['20,2', '11,1', '12,4', '13,3', '14,2'] },
      { a: null, b: null },
    ],
  ])('coordinates: %s', (_, columns, expected) => {
    expect(kindsOf(columns)).toEqual(expected)
  })

  test('only rows of data count', () => {
    const grid = gridOfRows([['Uttag av anna@umea.se'], ['Kod'], ['1'], ['not 640823-3234']], {
      ...{ file: 'a.csv', sheet: null },
    })
    expect(recogniseIdentifiers(grid, ['Kod'], { first: 2, last: 2 }, [])).toEqual([null])
    expect(recogniseIdentifiers(grid, ['Kod'], { first: 2, last: 3 }, [])).toEqual([
      'personal-number',
    ])
  })

  test('a number that a spreadsheet shows shortened is read as it is', () => {
    const cells = [6408233234, 7001019999].map((number) => [{ text: '6,41E+09', number }])
    const grid = gridOfRows([['Uppgift'], ...cells], { file: 'a.xlsx', sheet: null })
    expect(recogniseIdentifiers(grid, ['Uppgift'], { first: 1, last: 2 }, [])).toEqual([
      'personal-number',
    ])
  })
})

describe('columns that do not', () => {
  const AREAS = ['Ålidhem', 'Berghem', 'Centrala stan', 'Östra Ersboda', 'Röbäck', 'Tomtebo']
  test.each<[string, string[]]>([
    ['Namn', AREAS],
    ['Område', ['Anna Lindhagen', 'Sven Duva', 'Karl Johan']],
    ['Namn', ['Berghem norra-Fridhem', 'Ersboda centrala-Ersboda sydöstra', 'Carlshem norra']],
    ['Skola', ['Ålidhemsskolan', 'Sjöfruskolan', 'Karin Boye skolan', 'Dragonskolan']],
    ['Namn', ['Ålidhemsskolan', 'Midgårdsskolan', 'Elof Lindälvs gymnasium', 'Teg centrum']],
    ['Typ', ['Trafikolycka, personskada', 'Mord/dråp, försök', 'Stöld/inbrott', 'Rattfylleri']],
    ['Händelse', ['Skadegörelse mot motorfordon (ej genom brand)', 'Inbrott i källare', 'Rån']],
    ['Indikator', ['Hur trygg känner du dig när du går ut ensam sena kvällar i ditt område?']],
    ['Uppgift', ['Hur trygg känner du dig när du går ut ensam sena kvällar i ditt område?']],
    ['RegSO', ['2480R001', '2480R002_RegSO2025', '2480R041 Umeå (Ålidhem södra)']],
    ['DeSO', ['2480A0010', '2480C1234', '2480B2010']],
    ['Kommun', ['0180', '2480', '0114 Upplands Väsby']],
    ['Period', ['2023/24', '2023/2024', '2024-03', '202403', 'VT2024', 'v. 53 2020', '2024K1']],
    ['Period', ['2024-01-01–2024-03-31', '2024-01-01 - 2024-12-31', '20240101-20240331']],
    ['Uppgift', ['2024-01', '2024-02', '2023/2024', '2023/24', '2019-2024']],
    ['Datum', ['2024-03-01', '2024-03-01 12:30:00', '20240301', '202403011230', '202403021231']],
    ['Uppgift', ['202403011230', '202403021231', '202411301545', '202412242359']],
    ['Tid', ['2024-03-01T12:30:00Z', '01/03 2024', '1 mars 2024']],
    ['År', ['2019', '2020', '2021']],
    ['2024', ['1 234', '12,5', '..', '<5', '-', '0']],
    ['Omsättning', ['1234567890', '2099887766', '9876543210', '4455667788']],
    ['Organisationsnummer', ['556036-0793', '2120002627']],
    ['Antal vittnen', ['3', '4']],
    ['Elever', ['31', '42']],
    ['Elev', ['31', '42', '..']],
    ['Vittne', ['Ja', 'Nej', 'Okänd', 'Ja']],
    ['Anmälare', ['Polis', 'Privatperson', 'Polis', 'Skola']],
    ['Kontaktväg', ['Telefon', 'E-post', 'Besök']],
    ['Telefon', ['12', '31']],
    ['Ålder', ['15–19 år', '20-24', '85+']],
    ['Offrets ålder', ['15–19 år', '20-24', '85+']],
    ['Kön', ['Kvinnor', 'Män', 'Totalt', 'K', 'M', '1+2']],
    ['Åtgärd', ['Handlingsplan 2024', 'Verksamhetsplan 2025', 'Mätningen 2024']],
    ['Väg', ['Riksväg 40', 'Länsväg 363', 'E4']],
    [
      'Beskrivning',
      Array.from({ length: 40 }, (_, row) => ['Klotter', 'Brand i sopkärl'][row % 2]!),
    ],
    ['Kommentar', ['', '..', '12']],
    ['Crime ID', ['f1a0c640823a3234b9d1c6408233234a', 'B4149D75-D853-449A-BED5-AB865EF36919']],
    ['Enhet', ['V15E144001301', 'Umeå Energi AB', 'Svenska Kyrkan']],
    ['Postnummer', ['90355', '903 55']],
    ['Organisation', ['Umeå Energi', 'Svenska Kyrkan', 'Röda Korset', 'Region Västerbotten']],
    ['Land', ['Sverige', 'Förenta Staterna', 'Bosnien och Hercegovina', 'Övriga Världen']],
    ['Epok', ['1704067200', '1606780800', '1735689600', '1577836800']],
    ['Andel', ['0.1234567890', '20,2612345678']],
    ['Tomt', ['', '']],
  ])('%s %j', (heading, texts) => {
    expect(kindOf(heading, texts)).toBeNull()
  })

  test('names of known areas are areas, though they look like names of people or streets', () => {
    const texts = ['Anna Lindhagen', 'Karl Johan', 'Storgatan 1', 'Erik Dahlberg']
    expect(kindOf('Namn', texts)).not.toBeNull()
    expect(kindOf('Namn', texts, texts)).toBeNull()
  })

  test('the real files hold none but their coordinates', ({ skip }) => {
    const folder = '../shared/data'
    if (!existsSync(folder)) {
      if (process.env['CI'] === 'true') throw new Error(`${folder} is missing`)
      skip('the real data are not here')
    }
    const read = (path: string): Record<string, IdentifierKind | null> => {
      const [header, ...lines] = readFileSync(`${folder}/${path}`, 'utf8').trim().split(/\r?\n/)
      const fields = lines.map((line) => line.replaceAll('"', '').split(','))
      return kindsOf(
        Object.fromEntries(
          header!
            .replaceAll('"', '')
            .split(',')
            .map((name, index) => [name, fields.map((row) => row[index] ?? '')]),
        ),
      )
    }
    const found = (path: string): Record<string, IdentifierKind | null> =>
      Object.fromEntries(Object.entries(read(path)).filter(([, kind]) => kind !== null))
    expect(found('umea/regso.csv')).toEqual({})
    expect(found('umea/places.csv')).toEqual({ lat: 'latitude', lon: 'longitude' })
    expect(found('police/polisen_events_umea_min.csv')).toEqual({})
    expect(found('police/umea_counts_stadsdel_month_type.csv')).toEqual({})
    expect(found('police/sweden_counts_kommun.csv')).toEqual({})
    expect(found('sweden/tatorter_points.csv')).toEqual({ lon: 'longitude', lat: 'latitude' })
    expect(found('scale/2021-01-south-yorkshire-street.csv')).toEqual({
      ...{ Longitude: 'longitude', Latitude: 'latitude' },
    })
    const events = JSON.parse(
      readFileSync(`${folder}/police/polisen-api-events-sample.json`, 'utf8'),
    ) as { type: string; summary: string; name: string }[]
    expect(
      kindOf(
        'typ',
        events.map(({ type }) => type),
      ),
    ).toBeNull()
    expect(
      kindOf(
        'text',
        events.map(({ summary }) => summary),
      ),
    ).toBe('free-text')
  })
})

const two = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'))

/** Any day of birth, samordningsnummer too, any sign, any last four digits, check digit or not. */
const personalNumber = fc
  .tuple(
    fc.constantFrom('', '18', '19', '20'),
    two(0, 99),
    two(1, 12),
    fc.oneof(two(1, 31), two(61, 91)),
    fc.constantFrom('-', '+', '–', '−', ' - '),
    fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0')),
  )
  .map((parts) => parts.join(''))

const words = fc.array(fc.constantFrom('Haga', 'ringde', 'tyst', 'ej', 'hem', '12', '(a)', 'ö'), {
  maxLength: 6,
})

describe('over all columns', () => {
  test('a personal number in one cell is enough, whatever stands around it', () => {
    fc.assert(
      fc.property(personalNumber, words, words, fc.nat(50), (number, before, after, others) => {
        const cell = [...before, number, ...after].join(' ')
        const texts = [...Array.from({ length: others }, (_, row) => `text ${row}`), cell]
        expect(kindOf('Uppgift', texts)).toBe('personal-number')
        expect(hasIdentifier(cell)).toBe(true)
      }),
    )
  })

  test('a column of personal numbers without signs is known without its heading', () => {
    const bare = personalNumber.map((number) => number.replace(/\D/g, ''))
    fc.assert(
      fc.property(fc.array(bare, { minLength: 8, maxLength: 30 }), (texts) => {
        expect(kindOf('Uppgift', texts)).toBe('personal-number')
      }),
    )
  })

  test('figures, periods and codes are never identifiers', () => {
    const figure = fc.oneof(
      fc.integer({ min: 0, max: 999_999 }).map(String),
      fc.integer({ min: 0, max: 999_999 }).map((number) => number.toLocaleString('sv-SE')),
      fc.integer({ min: 0, max: 9999 }).map((number) => String(number / 10).replace('.', ',')),
      fc.constantFrom('..', '.', '-', '–', '<5', '1–4', '12,5 %', '', '0'),
    )
    const period = fc
      .tuple(fc.integer({ min: 1990, max: 2030 }), fc.integer({ min: 1, max: 12 }))
      .chain(([year, month]) => {
        const two = String(month).padStart(2, '0')
        const next = String((year + 1) % 100).padStart(2, '0')
        return fc.constantFrom(
          ...[`${year}`, `${year}-${two}`, `${year}${two}`, `${year}${two}01`, `${year}-${two}-15`],
          ...[`${year}/${next}`, `${year}/${year + 1}`, `v. ${month} ${year}`, `VT${year}`],
          ...[`${year}K1`, `${year}M${two}`, `${year}-${two}-01 12:30`, `${year}–${year + 5}`],
        )
      })
    const code = fc
      .integer({ min: 0, max: 9999 })
      .map((number) => String(number).padStart(4, '0'))
      .chain((four) =>
        fc.constantFrom(
          four,
          `2480R${four.slice(1)}`,
          `2480A${four}`,
          `2480R${four.slice(1)}_RegSO2025`,
        ),
      )
    const headings = fc.constantFrom('Antal', 'Folkmängd', '2024', 'Värde', 'Uppgift', 'n', 'Tid')
    fc.assert(
      fc.property(
        headings,
        fc.oneof(
          ...[figure, period, code].map((one) => fc.array(one, { minLength: 1, maxLength: 40 })),
        ),
        (heading, texts) => {
          expect(kindOf(heading, texts)).toBeNull()
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('a column of figures is no axis beside others, whatever their sizes', () => {
    const column = fc.integer({ min: 1, max: 9 }).chain((digits) =>
      fc.array(fc.integer({ min: 0, max: 10 ** digits }).map(String), {
        minLength: 5,
        maxLength: 20,
      }),
    )
    fc.assert(
      fc.property(column, column, column, (a, b, c) => {
        const columns = { 'Antal brott': a, Omsättning: b, 'Andel unga': c }
        expect(Object.values(kindsOf(columns)).filter((kind) => kind !== null)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('long cells take no longer than their length', () => {
    const unit = fc.constantFrom(
      'a',
      'a.',
      '1',
      '1 ',
      'a ',
      '@',
      'a-',
      'an 1',
      '1-',
      '12.',
      ' ',
      '\u00e5',
    )
    fc.assert(
      fc.property(unit, unit, (start, rest) => {
        const cell = start.repeat(100_000) + rest.repeat(100_000)
        const before = performance.now()
        kindOf('Uppgift', [cell])
        expect(performance.now() - before).toBeLessThan(3000)
      }),
      { numRuns: 20 },
    )
  })

  test('no text makes it throw, and it says the same twice', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), personalNumber)
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1 }), (heading, texts) => {
        const kind = kindOf(heading, texts)
        expect(kindOf(heading, texts)).toBe(kind)
        expect(kindOf(heading, [...texts].reverse())).toBe(kind)
      }),
    )
  })
})

describe('one look at each character', () => {
  test('passes nothing over that is an identifier', () => {
    const fragment = fc.oneof(
      personalNumber,
      fc.constantFrom('640823', '3234', '6408233234', '070', '123 45 67', '+46', 'K12345', '-24'),
      fc.constantFrom('Storgatan', 'vägen 3', 'c/o', 'lgh', '12', '  7', 'B', 'pnr', '”', '…', 'é'),
      fc.constantFrom(' ', '-', '–', '\u2212', '/', '.', ',', '\u00a0', '\u2009', '\t', '(', '_'),
    )
    const text = fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join(''))
    const implies = (found: boolean, traits: number, needed: number): boolean =>
      !found || (traits & needed) !== 0
    fc.assert(
      fc.property(text, (one) => {
        const traits = traitsOf(one)
        expect(implies(hasPersonalNumber(one), traits, MANY_DIGITS | SIGNED_DIGITS)).toBe(true)
        expect(implies(MOBILE_NUMBER.test(one), traits, MANY_DIGITS)).toBe(true)
        expect(implies(REPORT_NUMBER.test(one), traits, K_NUMBER)).toBe(true)
        const isAddress = addressLikeness(one) === 'certain'
        expect(implies(isAddress, traits, NUMBERED_STREET | FLAT_MARK)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  test.each([
    ['Uttag av anna.ek@umea.se', true],
    ['Frågor: 070-123 45 67', true],
    ['Besök: Skolgatan 31 A', true],
    ['Avser 19640823-3234', true],
    ['Avser 191212121212', true],
    ['Källa: SCB, statistikdatabasen 2024-03-01', false],
    ['Avser perioden 2024-01-01–2024-12-31', false],
    ['Tabell 5. Anmälda brott per 100 000 invånare 2019–2024', false],
    ['2480R041 Umeå (Ålidhem södra)', false],
    ['Trafikolycka, personskada', false],
  ])('%s: %s', (text, expected) => {
    expect(hasIdentifier(text)).toBe(expected)
  })
})

describe('what findings repeat', () => {
  test('is never a personal number, whatever was pasted around it', () => {
    const beside = fc.string({ unit: fc.constantFrom(...'0189 ."-+/;xÅ\u200b'), maxLength: 12 })
    fc.assert(
      fc.property(beside, personalNumber, beside, (before, number, after) => {
        fc.pre(/\d{6}[-+]\d{4}/.test(number))
        expect(masked(`${before}${number}${after}`)).toBe(MASK)
      }),
    )
  })

  test.each(['2024-03-01', '2023/24', '1 234 567', '2480R041', '202401–202412', '12345-2024'])(
    'is %s as it stands',
    (text) => {
      expect(masked(text)).toBe(text)
    },
  )
})

describe('headings alone', () => {
  test.each<[string, IdentifierKind | null]>([
    ['Personnr', 'personal-number'],
    ['Elevens personnummer', 'personal-number'],
    ['Målsägande', 'name'],
    ['Fornamn', 'name'],
    ['Uppgifter | Handläggare', 'name'],
    ['E-postadress', 'email'],
    ['Mobilnr', 'phone'],
    ['Gatuadress', 'address'],
    ['Arendenr', 'case-number'],
    ['Kommentar', 'free-text'],
    ['lat', 'latitude'],
    ['SWEREF 99 E', 'easting'],
    ...[
      ...[
        'Namn',
        'Område',
        'Område namn',
        'Skolnamn',
        'Antal elever',
        'Elever',
        'Vittnen',
        'Ärenden',
      ],
      ...[
        'Antal ärenden',
        'Kön',
        'Ålder',
        'Period',
        'Datum',
        'Typ',
        'Andel',
        'Svarande',
        'Felmarginal',
      ],
      ...['Region namn', 'Tid', 'Folkmängd', 'Värde', 'Uppgiftslämnare antal', 'id', 'kpi', 'n'],
      ...['Händelsetyp', 'Brottstyp', 'Enheter', 'Födda', 'Postnummer', 'Öst', 'Nord', 'Kommun'],
    ].map((heading): [string, null] => [heading, null]),
  ])('%s: %s', (heading, kind) => {
    expect(identifierOfHeading(heading)).toBe(kind)
  })
})

describe('the findings', () => {
  test('name columns, never what stands in them', () => {
    const headings = ['Namn', 'lat', 'lon', 'Antal', '640823-3234', 'Tel']
    const kinds = ['name', 'latitude', 'longitude', null, 'personal-number', 'phone'] as const
    const findings = identifierFindings('a.csv', 3, headings, kinds)
    expect(findings.map(({ code, column }) => `${code} ${column}`)).toEqual([
      'reading-identifier-name Namn',
      'reading-identifier-personal-number 5',
      'reading-identifier-phone Tel',
      'reading-identifier-coordinates lat, lon',
    ])
    for (const finding of findings) {
      expect(finding).toMatchObject({ severity: 'note', row: 3, text: null })
      expect(FINDING_CODES).toContain(finding.code)
      expect(findingMessage(finding)).not.toContain(finding.code)
    }
  })
})
