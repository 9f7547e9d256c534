import { integer, type Message, type Parameters } from './message.ts'

const ZONES = [
  ...['12 00', '13 30', '15 00', '16 30', '18 00', '14 15'],
  ...['15 45', '17 15', '18 45', '20 15', '21 45', '23 15'],
]
const RT90_ZONES = ['7,5 gon V', '5 gon V', '2,5 gon V', '0 gon', '2,5 gon O', '5 gon O']

const FRAME_NAMES: Readonly<Record<string, string>> = {
  'EPSG:4326': 'WGS 84 (grader)',
  'EPSG:3857': 'webbkartors Mercator (EPSG:3857)',
  'EPSG:3006': 'SWEREF 99 TM (EPSG:3006)',
  ...Object.fromEntries(
    ZONES.map((zone, index) => [
      `EPSG:${3007 + index}`,
      `SWEREF 99 ${zone} (EPSG:${3007 + index})`,
    ]),
  ),
  ...Object.fromEntries(
    RT90_ZONES.map((zone, index) => [
      `EPSG:${3019 + index}`,
      `RT 90 ${zone} (EPSG:${3019 + index})`,
    ]),
  ),
}

const frameName = ({ frame }: Parameters): string => FRAME_NAMES[String(frame)] ?? String(frame)

const GEOMETRY_NAMES: ReadonlyMap<unknown, string> = new Map([
  ['Point', 'en punkt'],
  ['MultiPoint', 'punkter'],
  ['LineString', 'en linje'],
  ['MultiLineString', 'linjer'],
])

export const BOUNDARY_MESSAGES = {
  'areas-json': ({ column }) => `Texten är inte giltig JSON från tecken ${column} på raden.`,
  'areas-not-geojson': (_, text) =>
    `Filen är inte GeoJSON${text ? ` utan "${text}"` : ''}. Spara områdena som GeoJSON.`,
  'areas-not-topojson': () =>
    'Filen är inte TopoJSON: objekt eller bågar saknas. Spara områdena på nytt.',
  'areas-topojson-damaged': (_, text) =>
    `Lagret "${text}" hänvisar till bågar som inte finns eller inte har formen av linjer, så dess områden går inte att rita upp. Spara filen på nytt.`,
  'areas-shapefile-missing': () =>
    'Filen har ingen shapefil (.shp). Packa .shp, .dbf, .shx och .prj tillsammans i en zip.',
  'areas-shapefile-damaged': () =>
    'Shapefilen (.shp) är skadad eller tom och går inte att läsa. Hämta eller spara den på nytt.',
  'areas-shapefile-truncated': ({ count }) =>
    `Shapefilen är avkortad: bara de första ${integer(count)} objekten är hela, och resten läses inte. Hämta filen på nytt.`,
  'areas-shapefile-multipatch': () =>
    'Shapefilen har tredimensionella ytor (MultiPatch), som inte läses. Spara områdena som polygoner.',
  'areas-shapefile-no-dbf': () =>
    'Shapefilens tabell (.dbf) saknas, så områdena har varken namn eller koder. Packa .shp, .dbf, .shx och .prj tillsammans i en zip.',
  'areas-shapefile-dbf-damaged': () =>
    'Shapefilens tabell (.dbf) är skadad, så områdena har varken namn eller koder. Hämta eller spara filen på nytt.',
  'areas-shapefile-no-shx': () =>
    'Shapefilens index (.shx) saknas. Det behövs inte för att läsa den; packa ändå alla delar tillsammans nästa gång.',
  'areas-shapefile-rows': ({ shapes, rows }) =>
    `Shapefilen har ${integer(shapes)} ytor men ${integer(rows)} rader i tabellen (.dbf). De är hoplagda i ordning; kontrollera att namnen hamnar rätt.`,
  'areas-geopackage-damaged': () =>
    'GeoPackage-filen är skadad och går inte att läsa. Hämta eller spara den på nytt.',
  'areas-geopackage-no-layers': () =>
    'GeoPackage-filen har inget lager med geometri, bara tabeller eller bilder. Spara områdena som ett lager med polygoner.',
  'areas-geopackage-layer': (_, text) =>
    `Lagret "${text}" nämns i GeoPackage-filen men går inte att läsa, och hoppas över.`,
  'areas-geopackage-geometry': ({ count }, text) =>
    `${integer(count)} ${Number(count) === 1 ? 'geometri' : 'geometrier'} i lagret "${text}" är skadade eller av ett slag som inte läses (t.ex. bågar) och hoppas över.`,
  'areas-sqlite-unavailable': () =>
    'Det som läser GeoPackage kunde inte startas. Ladda om sidan, eller spara områdena som GeoJSON.',
  'areas-empty': () => 'Filen har inga områden med yta.',
  'areas-coordinates': () => 'En koordinat är inget tal. Rätta objektets geometri.',
  'areas-outside-sweden': ({ count }) =>
    `Objektet ligger inte där de andra ligger, eller utanför Sverige${Number(count) > 1 ? ` (så är det med ${integer(count)} objekt)` : ''}. En koordinat är troligen fel; rätta den och spara filen på nytt.`,
  'areas-not-polygon': ({ kind, count }, text) =>
    Number(count) > 1
      ? `${integer(count)} objekt har ingen yta${kind ? ` (${kind})` : ''} och läses inte.`
      : `${text || 'Objektet'} har ingen yta${kind ? ` utan är ${GEOMETRY_NAMES.get(kind) ?? kind}` : ''} och läses inte.`,
  'areas-points-or-lines': ({ count }, text) =>
    `Filen har ${integer(count)} ${/Line/.test(text) ? 'linjer' : 'punkter'} men inga ytor, så det finns inga områden att läsa. Välj ett lager med polygoner; händelser med koordinater läses ur en tabell.`,
  'areas-frame-unknown': (_, text) =>
    `Koordinaterna ligger inte i Sverige i något av systemen SWEREF 99 (TM eller lokala zoner), RT 90 och WGS 84${text ? ` (filen anger ${text})` : ''}. Spara filen i SWEREF 99 TM eller WGS 84.`,
  'areas-frame-guessed': (parameters) =>
    `Filen anger inget koordinatsystem; talen är lästa som ${frameName(parameters)}. Kontrollera att områdena hamnar rätt.`,
  'areas-frame-contradicted': (parameters, text) =>
    `Filen anger ${text}, men talen är ${frameName(parameters)} och är lästa så. Kontrollera att områdena hamnar rätt.`,
  'areas-zone-assumed': (parameters, text) =>
    `${text ? `Filen anger ${text}, som inte stämmer med talen` : 'Filen anger inget koordinatsystem'}, och talen passar flera lokala zoner av SWEREF 99; de är lästa som ${frameName(parameters)}. Kontrollera att områdena hamnar rätt.`,
  'areas-axes-swapped': () =>
    'Koordinaterna står med nord (latitud) först; de är lästa i den ordningen.',
  'areas-no-name': (_, text) =>
    `Ingen kolumn med områdenas namn hittades${text ? ` bland ${text}` : ''}. Kalla kolumnen "namn".`,
  'areas-nameless': () => 'Objektet saknar namn eller kod och läses inte.',
  'areas-ring-crosses-itself': ({ crossings }, text) =>
    `Gränsen för ${text} korsar sig själv på ${crossings} ${crossings === 1 ? 'ställe' : 'ställen'}; den är delad där. Kontrollera formen.`,
  'areas-merged': ({ count, rows }, text) =>
    `${text} förekommer ${count} gånger (objekt ${rows}) och är sammanslaget till ett område.`,
  'areas-slivers': ({ parts, areas, names, minimum }) =>
    `${integer(parts)} ytor under ${minimum} m² togs bort` +
    (Number(areas) > 0
      ? `; ${integer(areas)} namn hade inget annat och blev inga områden: ${names}.`
      : '.'),
  'areas-duplicate-name': (_, text) =>
    `Flera områden heter ${text} men har olika kod. Ange områdets kod i datafilerna.`,
  'areas-not-drawn': () =>
    'Områdena kan inte ritas, så kartans filer finns inte i paketet; alla tal finns i observations.csv.',
  'areas-not-linkable': (_, text) =>
    `Id:t "${text}" kan inte stå i en länk (mellanslag, snedstreck eller liknande), så kartans filer finns inte i paketet; alla tal finns i observations.csv. Ge området en kod.`,
  'areas-overlap': ({ other }, text) =>
    `${text} ligger på samma mark som ${other}. Varje plats får räknas i ett enda område.`,
  'areas-without-id': () => 'Området saknar id.',
  'areas-two-parents': ({ earlier }, text) =>
    `${text} ligger i ett annat område här än i objekt ${earlier}.`,
  'areas-in-circle': (_, text) => `${text} ligger i sig självt, genom områden som det ligger i.`,

  'areas-elsewhere': () =>
    'Inget av områdena ligger i kommunen. Kontrollera att det är rätt fil, och att filen anger rätt koordinatsystem.',
  'areas-municipalities': () =>
    'Filen har hela kommuner. Kommunens egen gräns byts inte ut; släpp en fil med områden inom kommunen.',
  'areas-other-municipalities': ({ count }) =>
    `${integer(count)} områden ligger i andra kommuner och används inte.`,
  'areas-no-level': () =>
    'Här finns bara kommunen som helhet, så det finns ingen nivå som gränserna kan ersätta. Publicera ett paket med områdena i stället.',
  'areas-level-unsure': ({ levels }) =>
    `Det går inte att avgöra vilken nivå gränserna är en ny version av: ${levels}. Välj nivå; de andra nivåerna behåller sina gränser.`,
  'areas-other-ground': ({ count, names }) =>
    `${integer(count)} ${Number(count) === 1 ? 'område heter' : 'områden heter'} som förut men har annan mark (${names}${Number(count) > 10 ? ' …' : ''}). Deras tidigare tal saknas i de nya gränserna (annan gräns).`,
  'areas-tied-twice': ({ before }, text) =>
    `${before} är redan ett annat av de nya områdena, så ${text} knyts inte till det. Ett område kan bara bli ett.`,
  'areas-no-longer-nest': ({ level }, text) =>
    `${text} går inte längre jämnt upp i ${level}; de räknas direkt till kommunen. Tal för dem finns kvar, men läggs inte ihop till ${level}.`,
} as const satisfies Record<string, Message>
