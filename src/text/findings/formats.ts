import { formatBytes } from '../format.ts'
import { integer, type Message, type Parameters } from './message.ts'

/** What a file is that is neither table nor boundaries, and how its figures become readable. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  pdf: 'Filen är en PDF och kan inte läsas som tabell. Hämta siffrorna som Excel- eller CSV-fil från källan.',
  document:
    'Filen är ett textdokument. Kopiera tabellen till ett kalkylblad och spara det som xlsx.',
  presentation:
    'Filen är en presentation. Kopiera tabellen till ett kalkylblad och spara det som xlsx.',
  image: 'Filen är en bild. Hämta siffrorna som Excel- eller CSV-fil från källan.',
  program: 'Filen är ett program och läses inte.',
  archive:
    'Filen är packad på ett sätt som inte läses. Packa upp den och släpp filerna, eller packa dem som zip.',
  database:
    'Filen är en SQLite-databas utan gränser. Exportera tabellen som CSV, eller gränserna som GeoPackage.',
  markup:
    'Filen är en webbsida eller XML, även om namnet slutar på xls. Öppna den i Excel och spara den som xlsx.',
  map: 'Kartformatet läses inte. Spara gränserna som GeoPackage, GeoJSON eller Shapefile i en zip.',
  numbers: 'Filen är ett Numbers-dokument. Exportera den som Excel (xlsx) eller CSV.',
  statistics:
    'Filen hör till ett statistikprogram. Exportera den därifrån som CSV, xlsx eller Parquet.',
  unknown:
    'Filen är varken tabell eller gränser. Spara tabellen som xlsx eller CSV, gränserna som GeoPackage eller GeoJSON.',
}

const sheetName = ({ sheet }: Parameters): string => `Bladet "${sheet}"`

const counted = (count: string | number | undefined, one: string, many: string): string =>
  `${integer(count)} ${Number(count) === 1 ? one : many}`

export const FORMAT_MESSAGES = {
  'format-empty': () => 'Filen är tom. Exportera den på nytt.',
  'format-too-large': ({ found, maximum }) =>
    `Filen är för stor (${formatBytes(Number(found))}; högst ${formatBytes(Number(maximum))}). Dela upp den eller spara färre rader.`,
  'format-not-readable': ({ kind }) => OTHER_FILES[String(kind)] ?? OTHER_FILES['unknown']!,
  'format-old-workbook': ({ kind }) =>
    `Excelfiler av formatet ${kind} läses inte. Öppna filen i Excel och spara den som xlsx.`,
  'format-password': () =>
    'Filen är skyddad med lösenord och kan inte läsas. Ta bort lösenordet i Excel och spara den på nytt.',
  'format-shapefile-part': () =>
    'Filen är en del av en Shapefile. Packa .shp, .dbf, .shx och .prj tillsammans i en zip och släpp den.',
  'format-json': ({ column }) =>
    `Texten är inte giltig JSON från tecken ${column} på raden. Filen är avkortad eller ändrad; hämta den på nytt.`,
  'format-json-unknown': () =>
    'Filen är JSON, men av inget slag som läses. Välj JSON-stat2 hos SCB, eller GeoJSON, TopoJSON, Kolada eller polisens händelser; annars CSV eller xlsx.',

  'format-row-too-wide': ({ found, maximum }) =>
    `Raden har ${integer(found)} fält; högst ${integer(maximum)} kan läsas. Är det en enda rad, rätta den; annars är filen ingen tabell, eller har områden och perioder åt fel håll.`,
  'format-cells-cut': ({ count }) =>
    `${counted(count, 'cell har en text', 'celler har texter')} som är mycket längre än en cell i ett kalkylblad kan ha; bara början läses. Kontrollera om ett citattecken står fel.`,

  'format-zip-damaged': () => 'Zip-filen är skadad eller avkortad. Hämta den på nytt.',
  'format-zip-too-large': ({ found, maximum }) =>
    `Zip-filen rymmer för mycket (${formatBytes(Number(found))} uppackat; högst ${formatBytes(Number(maximum))}). Dela upp den.`,
  'format-zip-bomb': ({ found, packed }) =>
    `Zip-filen öppnas inte: den är ${formatBytes(Number(packed))} men säger sig rymma ${formatBytes(Number(found))}. Så packas inga tabeller. Hämta filen från källan på nytt.`,
  'format-zip-members': ({ found, maximum }) =>
    `Zip-filen rymmer ${integer(found)} filer; högst ${integer(maximum)} läses. Packa bara de filer som ska in.`,
  'format-zip-encrypted': () =>
    'Filen i arkivet är skyddad med lösenord. Packa upp den och släpp den utan skydd.',
  'format-zip-method': () =>
    'Filen i arkivet är packad på ett sätt som inte läses. Packa upp den, eller packa om arkivet som vanlig zip.',
  'format-zip-member-damaged': () =>
    'Filen i arkivet är skadad: storlek eller kontrollsumma stämmer inte. Hämta arkivet på nytt.',
  'format-zip-nested': () =>
    'Arkivet inne i arkivet öppnas inte. Packa upp det och släpp filerna för sig.',
  'format-zip-empty': () => 'Arkivet har inga filer att läsa.',

  'format-workbook-damaged': () =>
    'Kalkylbladet är skadat och kan inte läsas. Öppna det i Excel, låt Excel reparera det och spara det på nytt.',
  'format-workbook-empty': () =>
    'Inget synligt blad har något innehåll. Visa det blad som ska läsas och spara filen på nytt.',
  'format-workbook-too-large': () =>
    'Kalkylbladet säger sig ha fler celler än något kalkylprogram kan visa. Spara bara tabellen i en ny fil.',
  'format-sheet-damaged': (parameters) =>
    `${sheetName(parameters)} är skadat och läses inte. Öppna filen i Excel, låt Excel reparera den och spara den på nytt.`,
  'format-hidden-sheets': ({ count }) =>
    `${counted(count, 'dolt blad läses', 'dolda blad läses')} inte. Visa det blad som ska med, och spara filen på nytt.`,
  'format-sheet-hidden-rows': (parameters) =>
    `${sheetName(parameters)} har ${[
      ...(Number(parameters['rows']) > 0
        ? [counted(parameters['rows'], 'dold rad', 'dolda rader')]
        : []),
      ...(Number(parameters['columns']) > 0
        ? [counted(parameters['columns'], 'dold kolumn', 'dolda kolumner')]
        : []),
    ].join(' och ')}, som läses med. Ta bort dem ur filen om de inte ska med.`,
  'format-formula-without-value': (parameters) =>
    `${sheetName(parameters)} har ${counted(parameters['count'], 'formel', 'formler')} utan uträknat värde, som läses som saknade. Öppna filen i Excel, spara den och släpp den igen.`,

  'format-parquet-damaged': () =>
    'Parquet-filen är skadad, krypterad eller packad på ett sätt som inte läses. Skriv den på nytt, gärna packad med Snappy eller Zstandard.',
  'format-parquet-too-long': ({ found }) =>
    `Parquet-filen har ${integer(found)} rader, fler än webbläsaren kan hålla. Räkna ihop raderna per område och period, eller dela upp filen.`,
  'format-parquet-column': () =>
    'Kolumnen har inte ett värde per rad (lista, post, geometri eller rådata) och läses inte.',
} as const satisfies Record<string, Message>
