/** What columns tell of single people, or of single places and cases that lead to them. */
export const IDENTIFIER_KINDS = [
  /** Personnummer, samordningsnummer, or another designation of one person. */
  'personal-number',
  'birth-date',
  'name',
  'address',
  'phone',
  'email',
  'case-number',
  'free-text',
  /** Degrees. */
  'longitude',
  'latitude',
  /** Metres, in SWEREF 99 TM or one of its zones, or in RT 90. */
  'easting',
  'northing',
  /** Both in one cell. */
  'coordinate-pair',
] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** Exact places, which may be coarsened to an area or a hexagon instead of being dropped. */
export type CoordinateKind = 'longitude' | 'latitude' | 'easting' | 'northing' | 'coordinate-pair'

/*
 * Headings are compared without diacritics, case, spaces and signs: "Ärende-nr." is "arendenr".
 */

const KINDS: readonly (readonly [RegExp, IdentifierKind])[] = [
  [
    /personn(umme)?r|^p(ers)?nr$|persnr|samordningsn(umme)?r|socialn(umme)?r|fodelsen(umme)?r|socialsecurity|^ssn$|^(person|elev|klient|patient|brukar|kund|individ|medborgar|barn)(ens|ets)?(id|nr|nummer|beteckning)$/,
    'personal-number',
  ],
  [/fodelse(datum|data|dag|tid)|^fodd$|birthda(te|y)|dateofbirth|^dob$/, 'birth-date'],
  [/^e?(post|mail|mejl)$|e(post|mail|mejl)(adress)?$|mailadress|^mejl/, 'email'],
  [/telefon(nr|n(umme)?r)?\d?$|^(tel|tfn|mobil)|mobiln(umme)?r|^phone|phone(number)?$/, 'phone'],
  [
    /diarien(umme)?r|^dnr$|(^|s|polisens)dnr$|arenden(umme)?r|arende(id|beteckning)$|arendemening|^maln(umme)?r$|^kn(umme)?r$|anmalningsn(umme)?r|anmalan(s)?n(umme)?r|casenumber|^caseid$|journaln(umme)?r/,
    'case-number',
  ],
  [
    /^(ip|webb|web|hem)sid|webbadress|ipadress/,
    // Not an address of a place: "free-text" keeps it out as well.
    'free-text',
  ],
  [
    /adress(rad)?\d?$|^address|streetaddress|^gata(ochnummer|nr)?$|^gatun(umme)?r$|^lagenhet(snr|snummer)?$|^lghn?r?$|fastighet(sbeteckning)?$|^co$/,
    'address',
  ],
  [
    /^(fritext|beskrivning(ar)?|anteckning(ar)?|kommentar(er)?|notering(ar)?|handelse(n|ns)?(beskrivning|forlopp)|handelseforlopp|forlopp|sammanfattning|fritextsvar|oppet?svar|oppnasvar|summary|description|comments?|narrative|notes?|meddelande|motivering|journalanteckning|ovrigaupplysningar|ovrigtfritext|vadhande|vadharhant)\d?$|^beskriv(handelse|vad|garna)|fritext$|handelsebeskrivning|beskrivningav(handelse|arende)/,
    'free-text',
  ],
  [/^(wgs84)?(gps)?lat(itude?|itud)?(wgs84)?(dd)?$|latitud/, 'latitude'],
  [/^(wgs84)?(gps)?(lon|lng)(gitude?|gitud)?(wgs84)?(dd)?$|longitud/, 'longitude'],
  [
    /^(gps)?koordinat(er|par)?$|^gps(position|punkt)?$|^latlo?ng?$|^lonlat$|^(wkt|geom|geometri|geometry|thegeom|geopunkt|point)$|^coordinates?$/,
    'coordinate-pair',
  ],
  [
    /^sweref(99)?(tm)?(n|y|nord|northing)$|^(n|nord)(sweref|koordinat|koord|axel).*$|^northing$/,
    'northing',
  ],
  [
    /^sweref(99)?(tm)?(e|x|ost|easting)$|^(e|o|ost)(sweref|koordinat|koord|axel).*$|^easting$/,
    'easting',
  ],
]

/** People in their parts, in the singular: "Elever" and "Vittnen" are counts. */
const PERSON =
  '(elev(en)?|barn(et)?|vardnadshavare[n]?|forald(er|ern)|mor|moder|mamma|far|fader|pappa|anhorig|malsagande[n]?|handlaggare[n]?|handl|anmalare[n]?|vittne(t)?|misstankt|gerningsman|garningsman(nen)?|brottsoff(er|ret)|offer|kontaktperson(en)?|utredare[n]?|utredningsman|brukare[n]?|klient(en)?|patient(en)?|sokande[n]?|larare[n]?|mentor|kurator|rektor|socialsekreterare|uppgiftslamnare[n]?|ansvarig|medarbetare|deltagare[n]?|kund(en)?|person(en)?|polisman|avsandare|mottagare|boende|hyresgast(en)?|agare|fastighetsagare|ordforande|sekreterare|chef)'
const NAMES = new RegExp(
  [
    'fornamn|efternamn|mellannamn|tilltalsnamn|personnamn|fullstandigtnamn|^helanamn$|^namnteckning$|fullname|firstname|lastname|surname|givenname',
    `^${PERSON}(s|ens|ets)?(namn)?\\d?$`,
    `^namn(pa)?${PERSON}\\d?$`,
    '^ansvarig(handlaggare|larare|utredare)$',
    '^(anmald|registrerad|skapad|andrad|inlagd|upprattad|rapporterad|inrapporterad)av$',
    '^(sign|signatur|handlsign|handlaggarsignatur)$',
  ].join('|'),
)

/** Headings over names of anything. */
const ANY_NAME = /^(namn|name|benamning|titel|rubrik)\d?$/
const FIGURES =
  /^(antal|andel|procent|summa|medel|median|totalt?|kostnad)|(antal|andel|procent|(?<!i)kon|(?<!for)alder|aldersgrupp|typ|kategori|roll|klass|arskurs|grupp|relation)$/
const AREAS =
  /^(omrade|delomrade|stadsdel|regso|deso|kommun|kommundel|lan$|lanskod|region|distrikt|valdistrikt|geografi|area|plats|ort|tatort|skola|skolenhet|skolnamn|forskola|enhet|verksamhet|upptagningsomrade|nyko|location|lsoa|msoa|falls|reported)|(omrade|omradesnamn|stadsdel|stadsdelsnamn|skola|skolnamn|enhet|enhetsnamn|kommun|kommunnamn|ortnamn|distrikt|distriktsnamn|regsonamn|desonamn)$/
const QUESTIONS =
  /^(fraga|fragan|fragestallning|pastaende|svarsalternativ|indikator|indikatornamn|matt|nyckeltal|variabel|tabellinnehall|contentscode|kategori|typ|brottstyp|handelsetyp|arendetyp|kalla|definition|enhet|kpi|sni|amne)/
const TIMES =
  /(datum|tid|tidpunkt|klockslag|period|timestamp|date|time)$|^(datum|tid|period|date|time|inkom|inkommen|registrerad)/

/** What the heading of a column says. */
export interface HeadingReading {
  /** What the heading alone names; null when only the content can tell. */
  readonly kind: IdentifierKind | null
  /** Over names of anything: areas, schools, or people. */
  readonly isAnyName: boolean
  readonly isArea: boolean
  readonly isQuestion: boolean
  readonly isTime: boolean
  /** Over figures or groups, whatever else it names: "Antal vittnen", "Offrets ålder". */
  readonly isFigure: boolean
  /** One or two letters that may name an axis: "x", "N", "öst". */
  readonly isAxis: boolean
  readonly isInitials: boolean
}

/** Reads a heading, of several header rows with " | " between. */
export function readHeading(heading: string): HeadingReading {
  const parts = [...heading.split('|'), heading].map(bare).filter((part) => part !== '')
  const has = (pattern: RegExp): boolean => parts.some((part) => pattern.test(part))
  const isFigure = has(FIGURES)
  const named = KINDS.find(([pattern]) => has(pattern))?.[1] ?? (has(NAMES) ? 'name' : null)
  return {
    kind: isFigure && named !== 'address' && named !== 'birth-date' ? null : named,
    isAnyName: has(ANY_NAME),
    isArea: has(AREAS),
    isQuestion: has(QUESTIONS),
    isTime: has(TIMES),
    isFigure,
    isAxis: has(
      /^([xyne]|ost|nord|norr|oster)(koordinat|koord|kord|led|varde|wgs84|sweref.*|rt90)?$/,
    ),
    isInitials: has(/^(handl|handlaggare|sign|signatur|handlsign|.*av)$/),
  }
}

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
