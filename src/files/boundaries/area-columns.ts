import type { DrawnFeature } from './drawn-feature.ts'

/** What kind of areas a layer holds, as far as its codes and columns tell; "named" when they do not. */
export type AreaLevelGuess = 'kommun' | 'regso' | 'deso' | 'nyko' | 'named'

/** How a layer names its areas: the text of each, or null where the feature lacks it. */
export interface AreaColumns {
  readonly level: AreaLevelGuess
  /** Headings, for findings; null when the layer has no such column. */
  readonly codeColumn: string | null
  readonly nameColumn: string | null
  readonly codeOf: ((feature: DrawnFeature) => string | null) | null
  readonly nameOf: (feature: DrawnFeature) => string | null
  /** Code of the area that it lies in: from a column, else the municipality that begins an official code. */
  readonly parentOf: (feature: DrawnFeature) => string | null
}

/** SCB: municipality, A countryside, B smaller towns, C central town, running number. */
const DESO_CODE = /^(\d{4}[ABC]\d{4})(?:_DeSO\d{4})?$/i
const REGSO_CODE = /^(\d{4}R\d{3})(?:_RegSO\d{4})?$/i
/** "2480R001 Umeå (Berghem norra-Fridhem)" */
const CODE_BEFORE_NAME = /^\d{4}R\d{3}\s+(?:[^(]+\((.+)\)|(.+))$/i

const NAME_WORD =
  /^(namn|name|ben(ä|a)mning|area_?name|ort|(stadsdel|omr(å|a)de|basomr(å|a)de|delomr(å|a)de|prim(ä|a)romr(å|a)de|distrikt|regso|deso|tatort|t(ä|a)tort|kommun|kn|kom)s?_?(n(a(mn?)?)?)?|nyko\d?_?namn)$/i
const CODE_WORD =
  /^(kod|code|id|area_?id|(omr(å|a)des?|stadsdels?|distrikts?|regso|deso|kommun|kn|kom)_?kod)$/i
const NYKO_WORD = /^nyko_?(kod)?_?\d?$/i
const MUNICIPALITY_CODE = /^(kommun|kommun_?kod|kn_?kod|kom_?kod|kommun_?nr)$/i
const MUNICIPALITY_NAME = /^(kommun|kommun_?namn|kn_?namn|kom_?namn)$/i

/**
 * Finds out which columns hold the areas' codes, names and parents. Official codes are known by their shape whatever
 * their column is called, the finest first; other columns by their heading. A column of codes counts only when each
 * code goes with one name, so that the municipality's code does not pass for its areas' own. Null when nothing names
 * the areas.
 */
export function findAreaColumns(features: readonly DrawnFeature[]): AreaColumns | null {
  const columns = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))]
  const byShape = (shape: RegExp): string | undefined =>
    columns.find((column) => {
      const texts = features.flatMap(({ properties }) => textOf(properties[column]) ?? [])
      return texts.length > features.length / 2 && texts.every((text) => shape.test(text))
    })
  const distinct = (column: string): number =>
    new Set(features.map(({ properties }) => textOf(properties[column]))).size
  const finest = (candidates: readonly string[]): string | undefined =>
    candidates.reduce<string | undefined>(
      (best, column) => (best === undefined || distinct(column) > distinct(best) ? column : best),
      undefined,
    )
  const named = (pattern: RegExp): string[] => columns.filter((column) => pattern.test(column))
  const municipality = named(MUNICIPALITY_CODE).find((column) =>
    features.every(({ properties }) => municipalityCodeOf(properties[column]) !== null),
  )
  const municipalityOf = ({ properties }: DrawnFeature): string | null =>
    municipality === undefined ? null : municipalityCodeOf(properties[municipality])

  const deso = byShape(DESO_CODE)
  const regso = byShape(REGSO_CODE)
  const official = deso ?? regso
  if (official !== undefined) {
    const shape = deso === undefined ? REGSO_CODE : DESO_CODE
    const codeOf = readCode(official, shape)
    const nameColumn = finest(
      named(
        deso === undefined
          ? /^(regso_?namn|regso|namn|name|ben(ä|a)mning)$/i
          : /^(deso_?namn|namn|name|ben(ä|a)mning)$/i,
      ).filter((column) => column !== official),
    )
    const regsoOf = deso !== undefined && regso !== undefined ? readCode(regso, REGSO_CODE) : null
    return {
      level: deso === undefined ? 'regso' : 'deso',
      codeColumn: official,
      nameColumn: nameColumn ?? official,
      codeOf,
      nameOf: (feature) => {
        const name = nameColumn === undefined ? null : nameOf(feature.properties[nameColumn])
        return name ?? codeOf(feature)
      },
      parentOf: (feature) => regsoOf?.(feature) ?? codeOf(feature)?.slice(0, 4) ?? null,
    }
  }

  const nyko = finest(named(NYKO_WORD))
  const nameColumn =
    finest(named(NAME_WORD).filter((column) => column !== municipality)) ??
    onlyTextColumn(features, columns)
  const isOneToOne = (column: string, read: (value: unknown) => string | null): boolean => {
    const names = new Map<string, string | null>()
    return features.every(({ properties }) => {
      const code = read(properties[column])
      const name = nameColumn === undefined ? null : nameOf(properties[nameColumn])
      if (code === null) return true
      if (!names.has(code)) names.set(code, name)
      return names.get(code) === name
    })
  }
  if (municipality !== undefined && isOneToOne(municipality, municipalityCodeOf)) {
    const isOnly = nameColumn === undefined || MUNICIPALITY_NAME.test(nameColumn)
    if (isOnly || distinct(municipality) > 1)
      return {
        level: 'kommun',
        codeColumn: municipality,
        nameColumn: nameColumn ?? municipality,
        codeOf: municipalityOf,
        nameOf: (feature) =>
          (nameColumn === undefined ? null : nameOf(feature.properties[nameColumn])) ??
          municipalityOf(feature),
        parentOf: () => null,
      }
  }
  const codeColumn =
    nyko ??
    named(CODE_WORD).find(
      (column) => column !== nameColumn && isCode(features, column) && isOneToOne(column, textOf),
    )
  if (nameColumn === undefined && codeColumn === undefined) return null
  const codeOf =
    codeColumn === undefined
      ? null
      : ({ properties }: DrawnFeature): string | null => textOf(properties[codeColumn])
  return {
    level: codeColumn !== undefined && codeColumn === nyko ? 'nyko' : 'named',
    codeColumn: codeColumn ?? null,
    nameColumn: nameColumn ?? null,
    codeOf,
    nameOf: (feature) =>
      nameColumn === undefined
        ? (codeOf?.(feature) ?? null)
        : nameOf(feature.properties[nameColumn]),
    parentOf: municipalityOf,
  }
}

/** Trimmed, composed, with single spaces; null when blank or no text. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  return text.normalize('NFC').replace(/\s+/g, ' ').trim() || null
}

function nameOf(value: unknown): string | null {
  const text = textOf(value)
  const match = text === null ? null : CODE_BEFORE_NAME.exec(text)
  return match ? (match[1] ?? match[2]!).trim() : text
}

const readCode =
  (column: string, shape: RegExp) =>
  ({ properties }: DrawnFeature): string | null => {
    const text = textOf(properties[column])
    return text === null ? null : (shape.exec(text)?.[1]?.toUpperCase() ?? null)
  }

/** Four digits; a program that took the code for a number has lost the zero that begins it. */
function municipalityCodeOf(value: unknown): string | null {
  const text = textOf(value)
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 100 && value < 3000
      ? String(value).padStart(4, '0')
      : null
  return text !== null && /^\d{4}$/.test(text) ? text : null
}

function onlyTextColumn(
  features: readonly DrawnFeature[],
  columns: readonly string[],
): string | undefined {
  const texts = columns.filter((column) =>
    features.every(({ properties }) => typeof properties[column] === 'string'),
  )
  return texts.length === 1 ? texts[0] : undefined
}

/** What programs number their features with: "stadsdelar.17", "{6F9619FF-8B86-…}". */
const MACHINE_ID = /^(\p{L}[\p{L}\p{N}_-]*\.\d+|\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?)$/iu

/** Codes are filled in everywhere and can stand in a file name; a running number is none. */
function isCode(features: readonly DrawnFeature[], column: string): boolean {
  return features.every(({ properties }) => {
    const text = properties[column]
    if (typeof text !== 'string') return false
    return /^[\p{L}\p{N}_.-]+$/u.test(text.trim()) && !MACHINE_ID.test(text.trim())
  })
}
