import type { Finding } from '../core/finding.ts'
import { BOUNDARY_MESSAGES } from './findings/boundaries.ts'
import { CASE_FLOW_MESSAGES } from './findings/case-flow.ts'
import { FOLLOW_UP_MESSAGES } from './findings/follow-up.ts'
import { FORMAT_MESSAGES } from './findings/formats.ts'
import { IDENTIFIER_MESSAGES } from './findings/identifiers.ts'
import { JSON_FORMAT_MESSAGES } from './findings/json-formats.ts'
import { IMPORT_MESSAGES } from './findings/import.ts'
import { integer, suggestion, type Message, type Parameters } from './findings/message.ts'
import { PLAN_MESSAGES } from './findings/plan.ts'
import { PROJECT_MESSAGES } from './findings/project.ts'
import { READING_MESSAGES } from './findings/readings.ts'
import { STATISTICS_MESSAGES } from './findings/statistics.ts'
import { formatBytes, formatNumber } from './format.ts'

const PLACE_WORDS: Readonly<Record<string, string>> = {
  text: 'text',
  id: 'en kod utan mellanslag och snedstreck',
  boolean: 'true eller false',
  number: 'ett tal',
  count: 'ett heltal, 0 eller större',
  positive: 'ett tal större än 0',
  sha256: 'en SHA-256-summa (64 tecken 0–9, a–f)',
  period: 'en period, t.ex. 2024, 2024-K1 eller 2024-03',
  nothing: 'ingenting',
  path: 'en sökväg inom paketets mapp',
  date: 'ett datum, ÅÅÅÅ-MM-DD',
  list: 'en lista',
  object: 'ett objekt',
  bounds: 'fyra gradtal [väst, syd, öst, nord]',
  position: 'ett koordinatpar',
  drawing: 'en ritning av bara linjer, ytor och ord',
  pair: 'två tal',
  arc: 'numret på en linje som finns i filen',
}

const expectation = ({ expected }: Parameters): string =>
  PLACE_WORDS[String(expected)] ?? String(expected)

const MESSAGES = {
  ...FORMAT_MESSAGES,
  ...JSON_FORMAT_MESSAGES,
  ...READING_MESSAGES,
  ...IDENTIFIER_MESSAGES,
  ...BOUNDARY_MESSAGES,
  ...PROJECT_MESSAGES,
  ...PLAN_MESSAGES,
  ...IMPORT_MESSAGES,
  ...STATISTICS_MESSAGES,
  ...FOLLOW_UP_MESSAGES,
  ...CASE_FLOW_MESSAGES,

  'released-header': ({ expected }, text) =>
    `Första raden ska vara "${expected}" men är "${text}". Filen hör inte till paketet eller är skadad; hämta paketet på nytt.`,
  'released-truncated': ({ expected, found }) =>
    `Filen är avkortad: ${integer(found)} rader av ${integer(expected)}. Hämta paketet på nytt.`,
  'released-columns': ({ expected, found }) =>
    `Raden har ${found} fält, inte ${expected}. Hämta paketet på nytt.`,
  'released-order': ({ expected }, text) =>
    `Här står "${text}" där "${expected}" väntades. Rader saknas eller har bytt plats; hämta paketet på nytt.`,
  'released-unknown-area': (_, text) => `Området "${text}" finns inte i paketets områdesregister.`,
  'released-unknown-category': (_, text) => `Kategorin "${text}" finns inte i paketets index.`,
  'released-category-not-hexagons': (_, text) =>
    `Kategorin "${text}" får inte visas som hexagoner, för den pekar på hem eller personer.`,
  'released-unknown-hexagon': (_, text) => `Hexagonen "${text}" har ingen gräns i paketet.`,
  'released-period': (_, text) => `"${text}" är inte en period av det slag som filen ska ha.`,
  'released-status': (_, text) => `"${text}" är inget känt tillstånd för en cell.`,
  'released-figure-in-hidden': () =>
    'En dold eller saknad cell har en siffra. Filen används inte; meddela den som publicerade paketet.',
  'released-number': (_, text) => `"${text}" är inget giltigt tal.`,
  'released-too-small': () =>
    'En siffra är mindre än vad som får visas. Filen används inte; meddela den som publicerade paketet.',
  'released-surplus': ({ expected }) =>
    `Filen har fler rader än de ${integer(expected)} som indexet anger.`,
  'released-checksum': () =>
    'Kontrollsumman stämmer inte med indexet: filen är ändrad efter publiceringen, eller hör till en annan utgåva. Hämta paketet på nytt.',

  'package-json': ({ column }) => `Texten är inte giltig JSON från tecken ${column} på raden.`,
  'package-too-large': ({ found, maximum }) =>
    `Paketet är för stort (${formatBytes(Number(found))}; högst ${formatBytes(Number(maximum))}). Publicera färre perioder, nivåer eller indikatorer.`,
  'package-too-many-areas': ({ found, maximum }) =>
    `Paketet har ${integer(found)} områden; högst ${integer(maximum)} kan visas.`,
  'package-missing-field': (parameters) =>
    `Uppgiften saknas; väntat är ${expectation(parameters)}.`,
  'package-type': (parameters, text) => `Här ska stå ${expectation(parameters)}, inte "${text}".`,
  'package-empty-list': () => 'Listan är tom.',
  'package-duplicate': (_, text) => `"${text}" förekommer två gånger.`,
  'package-unknown-level': (_, text) => `Nivån "${text}" finns inte i registret.`,
  'package-unknown-area': (_, text) => `Området "${text}" finns inte i registret på denna nivå.`,
  'package-unknown-indicator': (_, text) => `Indikatorn "${text}" finns inte i indexet.`,
  'package-unknown-department': (_, text) => `Förvaltningen "${text}" finns inte i planen.`,
  'package-unknown-focus-problem': (_, text) => `Fokusproblemet "${text}" finns inte i planen.`,
  'package-unknown-intervention': (_, text) =>
    `Insatsen "${text}" finns inte i planen, eller hör till en annan förvaltning.`,
  'package-unknown-name': (_, text) =>
    `Platsen "${text}" är inte en av dem som planen namnger här.`,
  'package-plan-levels': (_, text) =>
    `Preventionsnivåerna "${text}" går inte ihop: var och en en gång, och "inte-relevant" ensam.`,
  'package-plan-order': (_, text) => `Slutet (${text}) ligger före början.`,
  'package-plan-scope': (_, text) =>
    `"${text}" går inte ihop med fokusproblemen: "named" har en lista av dem, de andra planens ord i stället.`,
  'package-plan-same': (_, text) =>
    `"${text}" kan inte vara samma insats: den ska höra till en annan förvaltning och inte själv hänvisa vidare.`,
  'package-parent': (_, text) => `Området "${text}" ligger inte på en grövre nivå.`,
  'package-outside-plan': ({ indicator }, text) =>
    `Nivån "${text}" ingår inte i publiceringsplanen för "${indicator}".`,
  'package-rows': ({ expected }, text) =>
    `Antalet rader anges till ${text} men blir ${integer(expected)} av områden, perioder och kön.`,
  'package-start': (_, text) => `Det finns ingen fil för den vy som ska öppnas först (${text}).`,
  'package-undrawn-level': (_, text) => `Gränser saknas för nivån "${text}", som öppnas först.`,
  'package-undrawn-area': ({ name }, text) =>
    `Området ${name} (${text}) har ingen gräns och visas bara i tabellen.`,
  'package-checksum': () =>
    'Kontrollsumman stämmer inte med indexet: filen är ändrad efter publiceringen.',
  'package-bytes': ({ expected, found }) =>
    `Filen är ${integer(found)} byte men indexet anger ${integer(expected)}.`,
  'package-surplus-file': () => 'Filen ligger i paketet men nämns inte i datapackage.json.',
  'package-neighbours': (_, text) => `Grannlistan stämmer inte med registret vid "${text}".`,
  'package-log-release': ({ expected }, text) =>
    `Loggen hör till utgåva ${text}, men paketet är utgåva ${expected}. Hämta paketet på nytt.`,
  'package-log-sum': ({ expected }, text) =>
    `${text} celler anges som dolda, men reglerna dolde ${integer(expected)}.`,
  'package-log-checksum': (_, text) =>
    `Kontrollsumman för ${text} är en annan i loggen än i indexet. Hämta paketet på nytt.`,
  'package-outlines': (_, text) => `Hexagonernas gränser är skadade vid "${text}".`,

  'file-missing': () => 'Filen nämns i indexet men finns inte i paketet. Hämta paketet på nytt.',
  'file-unreachable': () => 'Filen kunde inte hämtas. Kontrollera nätet och försök igen.',
  'file-refused': ({ status }) => `Servern lämnar inte ut filen (svar ${status}).`,
  'file-too-large': ({ bytes }) =>
    `Filen är för stor (${formatBytes(Number(bytes))}). Publicera färre perioder eller områden.`,
  'file-not-utf8': () => 'Filen är inte UTF-8. Hämta paketet på nytt.',
  'file-not-in-index': () => 'Filen finns inte i paketets index.',

  'indicator-register': () => 'Filen är inte en lista av indikatorer.',
  'indicator-required': ({ indicator }) => `${indicator}: uppgiften saknas.`,
  'indicator-type': ({ indicator, expected }, text) =>
    `${indicator}: här ska stå ${expected}, inte "${text}".`,
  'indicator-word': ({ indicator, expected }, text) =>
    `${indicator}: "${text}" är inget av ${expected}.`,
  'indicator-range': ({ indicator, expected }, text) =>
    `${indicator}: "${text}" är utanför det tillåtna (${expected}).`,
  'indicator-chain': ({ indicator, expected }) =>
    `${indicator}: perioderna går inte jämnt upp i varandra, finast först (${expected}).`,
  'indicator-repeated': ({ indicator }) => `${indicator}: förekommer två gånger.`,
  'indicator-unknown-field': ({ indicator }) => `${indicator}: fältet är okänt.`,
  'indicator-policy': ({ indicator, expected }, text) =>
    `${indicator}: "${text}" går inte ihop med måttet; väntat är ${expected}.`,

  'table-empty': () => 'Tabellen har inga rader under rubrikraden.',
  'table-repeated-column': (_, text) => `Två kolumner heter "${text}". Ge dem olika namn.`,
  'table-columns': ({ found, expected }) =>
    `Raden har ${found} fält men rubriken ${expected}; raden läses inte.`,
  'table-encoding': () =>
    'Filen är inte UTF-8 och är läst som Windows-1252. Kontrollera att å, ä och ö är rätt.',

  'observations-columns': ({ missing }, text) =>
    `Kolumn för ${missing} hittades inte bland ${text}. Döp om rubriken.`,
  'observations-surplus-columns': (_, text) =>
    `Tabellen har fler kolumner än område, period, kön, antal och nämnare (${text}). Ta bort dem eller dela upp tabellen i en fil för varje indikator.`,
  'observations-date': (_, text) => `"${text}" är inget datum. Skriv ÅÅÅÅ-MM-DD.`,
  'observations-period': (_, text) =>
    `"${text}" är ingen period. Skriv t.ex. 2024, 2024-K1, 2024-03, 2024-VT eller 2023/24.`,
  'observations-mixed-periods': (_, text) =>
    `Tabellen blandar perioder av olika längd (${text}). Lägg dem i var sin fil.`,
  'observations-sex': (_, text) => `"${text}" är inget kön. Skriv K, M eller T (totalt).`,
  'observations-number': (_, text) =>
    `"${text}" är inget antal, eller kan läsas på två sätt. Skriv t.ex. 1234 eller 12,5.`,
  'observations-repeated': ({ earlier }) =>
    `Samma område, period och kön står också på rad ${earlier}. Behåll en av dem.`,
  'observations-unknown-area': (parameters, text) =>
    `Området "${text}" finns inte bland gränserna.${suggestion(parameters)} Rätta namnet eller ange områdets kod.`,
  'observations-area-not-drawn': (parameters, text) =>
    `Området "${text}" finns inte bland gränserna; ${integer(parameters.count)} ${parameters.count === 1 ? 'händelse' : 'händelser'} räknas som ej placerade och bara i kommunens total.${suggestion(parameters)}`,
  'observations-without-place': ({ count }) =>
    `${integer(count)} händelser saknar område; de räknas som ej placerade och bara i kommunens total.`,
  'observations-coarsened': ({ dropped, events }) =>
    `${integer(events)} händelser är räknade per område, månad och typ; klockslag och dag sparas inte` +
    (dropped ? `, och dessa kolumner lästes inte in: ${dropped}.` : '.'),
  'observations-default-policy': ({ threshold }) =>
    `Raderna är inte offentliga var för sig, så antal under ${threshold} döljs, och fler tal så att de inte kan räknas ut ur summor. Andra regler anges per indikator med --indicators.`,
  'observations-unknown-indicator': (_, text) =>
    `Indikatorn "${text}" finns inte bland indikatorerna. Rätta den eller lägg till den.`,
  'observations-negative': (_, text) => `Antalet ${text} är negativt.`,
  'observations-not-whole': (_, text) =>
    `"${text}" är inget helt antal. Täljare och nämnare ska vara antal, inte andelar.`,
  'observations-over-denominator': ({ denominator }, text) =>
    `Täljaren ${text} är större än nämnaren ${integer(denominator)}.`,
  'observations-no-denominator': ({ indicator }) =>
    `${indicator}: nämnaren saknas, så uppgiften räknas som saknad.`,
  'observations-columns-dropped': (_, text) => `Dessa kolumner läses inte in: ${text}.`,
  'observations-contradiction': ({ indicator, area, period, sum }, text) =>
    `${indicator}, ${area}, ${period}: totalen är ${formatNumber(Number(text), 0)} men delarna blir ${formatNumber(Number(sum), 0)}. Rätta den ena; fall utan plats ska stå som "ej placerad".`,
  'observations-total-incomplete': ({ indicator, count }, text) =>
    `${indicator}: ${integer(count)} ${Number(count) === 1 ? 'total visas' : 'totaler visas'} inte, för delar av dem saknas (den första: ${text}).`,
  'observations-overlapping-period': ({ indicator }, text) =>
    `${indicator}: perioden ${text} överlappar planens perioder utan att gå jämnt upp i dem. En indikator har en enda kedja av perioder.`,
  'observations-period-outside-plan': ({ indicator }, text) =>
    `${indicator}: perioder som ${text} ingår inte i publiceringsplanen och läses inte in.`,
  'observations-none-of-indicator': (_, text) =>
    `${text}: inga observationer; indikatorn ingår inte i utgåvan.`,
  'observations-level-without-areas': ({ indicator }, text) =>
    `${indicator}: planen har en nivå som inga områden ligger på (${text}).`,
  'observations-repeated-cell': () => 'Cellen förekommer två gånger.',
  'table-column-missing': () => 'Kolumnen saknas.',
  'table-column-default': () => 'Kolumnen saknas; standardvärden för ämnet används.',
  'table-rule-without-denominator': ({ indicator }) =>
    `${indicator}: ett antal har ingen nämnare, så reglerna om nämnare gäller inte.`,
  'table-more-findings': ({ count }) =>
    `Ytterligare ${integer(count)} fel av samma slag visas inte.`,
  'indicator-plan': ({ indicator, expected }, text) =>
    `${indicator}: publiceringsplanen går inte att följa ("${text}": ${expected}). Skriv t.ex. "RegSO+stadsdel+kommun; kvartal–år; kön", med en enda kedja av perioder.`,
  'released-unsettled': ({ indicator, count }, text) =>
    `${indicator}: ${integer(count)} ${Number(count) === 1 ? 'total' : 'totaler'} från en tidigare utgåva går inte att förena med de nya talen (${text}). Kontrollera att --earlier är rätt mappar.`,
  'released-unsafe': ({ indicator, count }, text) =>
    `${indicator}: ${integer(count)} ${Number(count) === 1 ? 'dold cell är inte säker' : 'dolda celler är inte säkra'}${text ? ` (${text})` : ''}. Publicera färre nivåer, kön eller perioder, eller slå ihop områden.`,
} as const satisfies Record<string, Message>

export type FindingCode = keyof typeof MESSAGES

/** All codes that have a sentence. */
export const FINDING_CODES = Object.keys(MESSAGES) as readonly FindingCode[]

/** The finding's own sentence, in Swedish, without where it was found. */
export function findingMessage({ code, text, parameters = {} }: Finding): string {
  const message = (MESSAGES as Readonly<Record<string, Message>>)[code]
  return message ? message(parameters, text ?? '') : `Fel i filen (${code}).`
}

/** Where a finding is: "notiser.csv, rad 36, kolumn typ", "Stadsdelar.json, objekt 36", "index.json, start.level". */
export function findingPlace({ code, file, row, column }: Finding): string {
  const isFeature = /^(areas|statistics)-/.test(code) && code !== 'areas-json'
  const isField = /^(package|indicator)-/.test(code)
  return [
    file,
    ...(row === null ? [] : [`${isFeature ? 'objekt' : 'rad'} ${row}`]),
    ...(column === null ? [] : [isField ? column : `kolumn ${column}`]),
  ].join(', ')
}

/** The whole finding as one line: place, then message. */
export function findingText(finding: Finding): string {
  return `${findingPlace(finding)}: ${findingMessage(finding)}`
}
