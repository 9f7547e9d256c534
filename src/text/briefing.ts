import type { PeriodCode } from '../core/period.ts'
import { formatNumber, periodInWords, listed } from './format.ts'

// prettier-ignore
const NUMERALS = ['inget', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv']

const numeral = (count: number): string => NUMERALS[count] ?? formatNumber(count, 0)
const areas = (count: number): string => `${numeral(count)} ${count === 1 ? 'område' : 'områden'}`

/** What slides say of figures by themselves. */
export const slideText = {
  areaCount: areas,
  pair: {
    unit: 'ρ, −1 till 1',
    nameHead: 'Mått',
    coefficient: 'Samvariation',
    rho: 'Spearmans ρ, −1 till 1',
    areas: 'Områden',
    count: 'antal',
    interval: (interval: string): string => `95 % konfidensintervall: ${interval}`,
    alternative: (kicker: string, sentences: readonly string[]): string =>
      `Punktdiagram, ${kicker}. ${sentences.join(' ')}`,
  },
  plan: {
    head: 'Insatser per fokusproblem',
    nameHead: 'Fokusproblem',
    unit: 'antal insatser',
    more: (count: number): string => `och ${formatNumber(count, 0)} till`,
    caption: (where: string): string => (where === '' ? 'Insatser i planen' : `Insatser: ${where}`),
    /** "44 insatser i planen, mot sju fokusproblem" */
    claim: (shown: string): string => `${shown} i planen, per fokusproblem`,
    claimOfCell: (count: number, where: string): string =>
      `${count === 0 ? 'Ingen insats' : count === 1 ? 'En insats' : `${formatNumber(count, 0)} insatser`} i planen: ${where}`,
  },
  matrix: {
    caption: 'Par som samvarierar',
    nameHead: 'Par',
    together: 'Mer av båda på samma platser',
    opposite: 'Mer av det ena, mindre av det andra',
    more: (count: number): string => `och ${formatNumber(count, 0)} par till`,
    tested: (family: number, survivors: number): string =>
      `${formatNumber(survivors, 0)} av ${formatNumber(family, 0)} prövade par står sig när grannlikhet räknas bort och efter korrigering för så många jämförelser. Talet är Spearmans ρ, −1 till 1.`,
    claim: (survivors: number, family: number): string =>
      survivors === 0
        ? `Inget av ${formatNumber(family, 0)} prövade par står sig`
        : `${formatNumber(survivors, 0)} av ${formatNumber(family, 0)} prövade par samvarierar så att det står sig`,
    foot: (level: string, period: string): string => `Samvariation per ${level}, ${period}`,
    chance: 'Av de par som står sig väntas högst vart tjugonde vara en slump.',
  },
  map: {
    /** "Klotter: fyra områden ligger säkert högre än övriga kommunen, sju lägre" */
    differs: (name: string, higher: number, lower: number): string => {
      if (higher === 0 && lower === 0)
        return `${name}: inget område skiljer sig säkert från övriga kommunen`
      const than = 'än övriga kommunen'
      if (lower === 0) return `${name}: ${areas(higher)} ligger säkert högre ${than}`
      if (higher === 0) return `${name}: ${areas(lower)} ligger säkert lägre ${than}`
      return `${name}: ${areas(higher)} ligger säkert högre ${than}, ${numeral(lower)} lägre`
    },
    changed: (name: string, rising: number, falling: number, since: PeriodCode): string => {
      const from = `sedan ${periodInWords(since)}`
      if (rising === 0 && falling === 0) return `${name} har inte säkert ändrats någonstans ${from}`
      if (falling === 0) return `${name} har ökat säkert i ${areas(rising)} ${from}`
      if (rising === 0) return `${name} har minskat säkert i ${areas(falling)} ${from}`
      return `${name} har ökat säkert i ${areas(rising)} ${from}, minskat i ${numeral(falling)}`
    },
    counted: (name: string, period: PeriodCode): string => `${name}, ${periodInWords(period)}`,
    certainlyHigher: 'Säkert högre',
    certainlyLower: 'Säkert lägre',
    higher: 'Troligen högre',
    lower: 'Troligen lägre',
    certainlyRisen: 'Har säkert ökat',
    certainlyFallen: 'Har säkert minskat',
    risen: 'Har troligen ökat',
    fallen: 'Har troligen minskat',
    /** "28 områden skiljer sig inte säkert från övriga kommunen, 14 %" */
    uncertain: (count: number, municipality: string): string =>
      `${formatNumber(count, 0)} ${count === 1 ? 'område' : 'områden'} skiljer sig inte säkert` +
      (municipality === '' ? '' : `. Hela kommunen: ${municipality}`),
    unchanged: (count: number): string =>
      `${formatNumber(count, 0)} ${count === 1 ? 'område' : 'områden'} har inte säkert ändrats`,
    hidden: (count: number): string =>
      `${formatNumber(count, 0)} ${count === 1 ? 'dold' : 'dolda'}`,
    missing: (count: number): string => `${formatNumber(count, 0)} saknas`,
    class: (from: string, to: string, unit: string): string => `${from}–${to}${unit}`,
    chosen: 'Valda områden',
    caption: (name: string, period: PeriodCode): string => `${name}, ${periodInWords(period)}`,
    alternative: (name: string, what: string, groups: readonly string[]): string =>
      `Karta över ${what}: ${name}. ${groups.join('. ')}.`,
  },
  table: {
    caption: (what: string, municipality: string): string =>
      municipality === '' ? what : `${what}. Hela kommunen: ${municipality}`,
    /** "Värde, per 1 000" */
    head: (what: string, unit: string): string => (unit === '' ? what : `${what}, ${unit}`),
    value: 'Värde',
    smoothed: 'Utjämnat värde',
    difference: 'Skillnad',
    change: 'Förändring',
    points: 'procentenheter',
    middle: { value: 'kommunen', difference: 'ingen skillnad', change: 'oförändrat' },
    reference: 'Hela kommunen',
    than: (period: PeriodCode): string => `Mot ${periodInWords(period)}`,
    order: { name: 'i bokstavsordning', value: 'störst först' },
    /** Of areas that have no room: "14 av 43 områden visas, i bokstavsordning. Bland de andra: 4 dolda och 1 saknas." */
    cut: (shown: number, all: number, order: string, hidden: number, missing: number): string => {
      const absent = [
        ...(hidden > 0 ? [slideText.map.hidden(hidden)] : []),
        ...(missing > 0 ? [slideText.map.missing(missing)] : []),
      ]
      return (
        `${formatNumber(shown, 0)} av ${formatNumber(all, 0)} områden visas, ${order}.` +
        (absent.length === 0 ? '' : ` Bland de andra: ${listed(absent)}.`)
      )
    },
  },
  trend: {
    title: (name: string, areaNames: readonly string[]): string =>
      areaNames.length === 0 ? `${name} i kommunen` : `${name} i ${listed(areaNames)}`,
    alternative: (name: string, first: string, last: string, ends: readonly string[]): string =>
      `Linjediagram över ${name}, ${first} till ${last}. ${ends.join('. ')}.`,
    end: (name: string, from: string, to: string): string => `${name}: från ${from} till ${to}`,
  },
  profile: {
    certain: 'Skiljer sig säkert eller troligen, eller har ändrats',
    none: (place: string): string => `${place}: inget skiljer sig säkert eller har säkert ändrats`,
  },
  /** "Källa: SCB; Skolan" */
  sources: (names: readonly string[]): string =>
    names.length === 0 ? '' : `Källa: ${names.join('; ')}`,
  foot: (what: string, source: string, schematic: boolean): string =>
    `${what}. Källa: ${source}.${schematic ? ' Schematiska gränser.' : ''}`,
  crossed: 'Samvariation, inte orsak',
} as const

/** Of what was saved before there were lägesbilder. */
export const SAVED_BEFORE = 'Sparat till lägesbilden'

/** What the report of a lägesbild says of itself. */
export const briefingReportText = {
  author: 'Avsändare',
  period: 'Avser',
  release: 'Utgåva',
  date: 'Framtagen',
  analysis: 'Analys och bedömning',
  stamp: (date: string, by: string, release: string): string =>
    `Fastställd ${date} av ${by}, utgåva ${release}`,
  words: 'Det som står under Analys och bedömning är avsändarens ord, inte uträknat ur talen.',
  crossed: 'Att två saker finns på samma platser säger inget om orsak.',
} as const
