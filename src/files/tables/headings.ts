import type { ColumnRole } from './mapping.ts'
import { evened } from './area-texts.ts'

/** Headings that people use, most telling first. */
const HEADINGS: readonly (readonly [RegExp, ColumnRole])[] = [
  [
    /^(__index_level_\d+__|unnamed: \d+|objectid|fid|gid|id|löpnr|löpnummer|lopnr|radnr|rad|nr|rownum)$/,
    'ignored',
  ],
  [
    /^(område ?s?namn|omr\.?namn|stadsdelsnamn|regso[ -]?namn|deso[ -]?namn|kommun ?namn|distriktsnamn|region namn|area_?name|omradesnamn|namn på område|regsonamn|geografinamn)$/,
    'area-name',
  ],
  [
    /^(område|omrade|områdes?_? ?kod|omradeskod|område ?id|stadsdel(ar)?|bostadsområde|stadsdelsområde|regso([_ -]{0,2}kod|[ -]?område)?|deso([_ -]{0,2}kod|[ -]?område)?|distrikt|kommun(_? ?kod)?|kommun_kod|region(kod)?|area(_?id|_?code|kod)?|nyko\d?|geografi(kod)?|delområde|kommundel|område\/stadsdel|upptagningsområde|mun_code|municipality|plats|ou|[lm]soa( code|_code)?)$/,
    'area',
  ],
  [
    /^(period|tid|tidsperiod|mätperiod|mättillfälle|redovisningsperiod|kvartal|termin|läsår|lasar|halvår|halvar|vecka|år och månad|årmånad|manad_ar|time|tertial)$/,
    'period',
  ],
  [/^(år|ar|year|årtal|mätår|kalenderår)$/, 'year'],
  [/^(månad|manad|month|mån|månadsnamn|månadsnummer)$/, 'month'],
  [/^(kön|kon|sex|gender|könskod|könsfördelning)$/, 'sex'],
  [/^(ålder|alder|age|åldersgrupp|åldersklass|åldersgrupper|åldersintervall|aldersgrupp)$/, 'age'],
  [
    /^(indikator|indikatornamn|indikator_?id|indicator|kpi|nyckeltal|mått|matt|variabel|tabellinnehåll|contentscode|category|kategori|typ|type|händelse|händelsetyp|handelsetyp|brottstyp|ärendetyp|händelsekategori|crime type|huvudkategori|incidenttyp|slag|(slag|typ|sort) av (händelse|brott|ärende)r?|ärendekategori|brottskategori|händelseslag)$/,
    'measure',
  ],
  [
    /^(täljare|taljare|numerator|count|antal_?(händelser|fall|anmälningar|incidenter|brott|ärenden|elever med.*|med.*)?|n_?st|ant|antalet)$/,
    'numerator',
  ],
  [
    /^(nämnare|namnare|denominator|underlag|bas|folkmängd|folkmangd|befolkning|population|invånare|antal (elever|barn|invånare|personer|hushåll|unga)( totalt)?|elever( totalt)?|antal i gruppen|totalt antal( elever| barn| personer)?)$/,
    'denominator',
  ],
  [
    /^(svarande|antal svar(ande)?|respondenter|respondents|antal respondenter|bassvar|n|n svar|antal svarande)$/,
    'respondents',
  ],
  [
    /^(felmarginal|fm|margin|konfidensintervall|osäkerhet(stal)?|±|\+\/-|felmarg\.?|felmarginal \(\+\/-\)|95 ?% ?ki)$/,
    'margin',
  ],
  [/^(enheter|antal enheter|uppgiftslämnare|antal skolor|reporting_?units)$/, 'units'],
  [
    /^(andel( \(%\))?|procent|%|värde|varde|value|resultat|kvot|index|tal|procentandel|per \d.*|antal per \d.*|share|medelvärde|andel \(procent\))$/,
    'value',
  ],
  [
    /^(datum|date|datetime|händelsedatum|handelsedatum|händelsetid|tidpunkt|occurred(_local)?|inträffad(e|at)?|intraffad(e)?|brottsdatum|anmälningsdatum|inkommen|inkom|rapporterad|registrerad|published|publicerad|från datum|starttid|startdatum)$/,
    'date',
  ],
  [
    /^(lon|lng|long|longitude|longitud|x|x-koordinat|x_koord|easting|e|sweref_?e|öst|x_sweref)$/,
    'longitude',
  ],
  [
    /^(lat|latitude|latitud|y|y-koordinat|y_koord|northing|n_koord|sweref_?n|nord|y_sweref)$/,
    'latitude',
  ],
]

/** The role that a heading names by itself; null when it says nothing that is known. */
export function roleOfHeading(heading: string): ColumnRole | null {
  const plain = evened(heading)
    .replace(/_/g, ' ')
    .replace(/\s*[:*]+$/, '')
  const joined = plain.replace(/ /g, '_')
  return (
    HEADINGS.find(([pattern]) => pattern.test(plain) || pattern.test(joined))?.[1] ??
    roleOfParts(plain)
  )
}

/** Whether a heading only says that a figure is a share or a rate, of whatever stands beside it. */
export const isBareShare = (heading: string): boolean =>
  /^(andel( ?\(%\))?|procent|%|andel \(procent\)|procentandel|share|per \d[\d ]*( inv(ånare|\.)?)?|antal per \d[\d ]*.*|andel av .*|i procent)$/.test(
    evened(heading).replace(/_/g, ' '),
  )

/** The level of areas that a heading names: "Stadsdel", "RegSO", "DeSO"; null for others. */
export function levelOfHeading(heading: string): string | null {
  const plain = evened(heading)
  return ['stadsdel', 'regso', 'deso'].find((level) => plain.startsWith(level)) ?? null
}

/** Headings that only begin or end with a telling word. */
function roleOfParts(plain: string): ColumnRole | null {
  if (/^(andel|procent)\b|\(%\)|\(procent\)| i procent$|^%/.test(plain)) return 'value'
  if (/^felmarginal/.test(plain)) return 'margin'
  if (/^antal (svar|respond)/.test(plain)) return 'respondents'
  if (/^(antal|ant\.?)\b|\(antal\)$/.test(plain)) return 'numerator'
  if (/per (\d|tusen)/.test(plain)) return 'value'
  if (/(områdes?|regso|deso|stadsdels)[ -]?kod$/.test(plain)) return 'area'
  return null
}

/** Whether a heading says that its figures are counts, shares, or neither. */
export function natureOfHeading(heading: string): 'count' | 'share' | null {
  const plain = evened(heading)
  if (
    /andel|procent|%|per (\d|tusen)|kvot|index|medel|median|snitt|poäng|grad\b|\b[tm]?n?kr\b|kronor|belopp|kostnad|inkomst|netto/.test(
      plain,
    )
  )
    return 'share'
  if (
    /antal|\bant\b|folkmängd|befolkning|invånare|elever|personer|händelser|anmälningar|count/.test(
      plain,
    )
  )
    return 'count'
  return null
}
