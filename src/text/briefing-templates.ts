import type { PeriodCode } from '../core/period.ts'
import { formatNumber, listed, periodInWords } from './format.ts'

const count = (value: number, one: string, many: string): string =>
  `${formatNumber(value, 0)} ${value === 1 ? one : many}`

/** How many stand out by chance alone, as it stands after "väntas". */
const byChance = (expected: number): string =>
  expected < 1 ? 'färre än ett' : `ungefär ${formatNumber(expected, 0)}`

/** As many names as are read in one breath; more are counted. */
const MOST_NAMES = 3

/** What templates and suggestions of a lägesbild say. Lines in brackets are questions to the analyst: never shown. */
export const templateText = {
  titles: { lagesbild: 'Lägesbild', halvarsuppfoljning: 'Halvårsuppföljning' },
  chapters: {
    brief: 'Läget i korthet',
    standsOut: 'Vad som sticker ut',
    development: 'Utveckling',
    crossing: 'Vad som finns på samma platser',
    areas: 'Områden',
    causes: 'Orsaksanalys',
    activities: 'Insatser',
    uncertainty: 'Osäkerhet och luckor',
    sources: 'Källor',
    since: 'Sedan förra lägesbilden',
    changed: 'Vad som har ändrats säkert',
    next: 'Nästa halvår',
  },
  detail: {
    differs: (name: string): string => `${name}, skillnad mot övriga kommunen`,
    changed: (name: string): string => `${name}, förändring`,
    matrix: 'Vad som samvarierar, alla par',
    plan: 'Insatser mot fokusproblem',
    profile: (name: string): string => `Områdesprofil för ${name}`,
    trend: (name: string, place: string): string => `${name} över tid, ${place}`,
  },
  none: {
    differs: 'Inget område skiljer sig säkert',
    changed: 'Inget har ändrats säkert',
    areas: 'Inget område skiljer sig säkert i flera av bilderna',
  },
  nothingCertain: {
    differs: (comparisons: number): string =>
      comparisons === 0
        ? 'Inget tal går att jämföra med övriga kommunen.'
        : `${count(comparisons, 'tal är jämfört', 'tal är jämförda')} med övriga kommunen. Inget skiljer sig så mycket att det är säkert.`,
    changed: (comparisons: number): string =>
      comparisons === 0
        ? 'Inget tal går att jämföra med ett tidigare.'
        : `${count(comparisons, 'tal är jämfört', 'tal är jämförda')} med ett tidigare. Inget har ändrats så mycket att det är säkert.`,
  },
  said: (claim: string, period: PeriodCode): string => `${claim}. Avser ${periodInWords(period)}.`,
  looked: (
    {
      indicators,
      compared,
      hidden,
      missing,
    }: {
      readonly indicators: number
      readonly compared: { readonly differs: number; readonly changed: number }
      readonly hidden: number
      readonly missing: number
    },
    expected: number,
  ): string[] => [
    compared.differs + compared.changed === 0
      ? 'Inget tal går att jämföra.'
      : `För att hitta det som är säkert är ${count(compared.differs + compared.changed, 'tal jämfört', 'tal jämförda')}, i ${count(indicators, 'mått', 'mått')}. Av en slump väntas ${byChance(expected)} av dem skilja sig.`,
    [
      hidden === 0
        ? 'Inget tal är dolt'
        : `${count(hidden, 'tal är dolt', 'tal är dolda')} för att skydda enskilda`,
      missing === 0 ? 'inget saknas.' : `${formatNumber(missing, 0)} saknas.`,
    ].join(' och '),
  ],
  ages: {
    same: (period: PeriodCode): string => `Talen avser ${periodInWords(period)}.`,
    between: (newest: PeriodCode, oldest: PeriodCode, names: readonly string[]): string =>
      `De nyaste talen avser ${periodInWords(newest)}. Äldst är ${
        names.length > MOST_NAMES ? count(names.length, 'mått', 'mått') : listed(names)
      }, som avser ${periodInWords(oldest)}.`,
  },
  sinceYear:
    'Ändringar är mot samma tid året före, eller mot förra mätningen där det gått längre, så att årstiden inte ser ut som en ändring.',
  noCause: 'Att tal är höga eller låga i samma område säger inget om orsak.',
  source: (source: string, names: readonly string[]): string => `${source}: ${listed(names)}.`,
  otherSources: 'Områdesprofiler och par har sina källor längst ned på bilden.',
  release: (id: string): string => `Källa: utgåva ${id}.`,
  prompts: {
    brief: '[Vad är det viktigaste rådet ska ta med sig? Skriv det här, i en mening.]',
    areas: '[Vilka områden vill ni ändå visa? Spara dem från sidan Områden.]',
    gaps: '[Vad vet ni inte? Vilka uppgifter saknas, och hos vem finns de?]',
    causes: [
      '[Vilka orsaker tror ni ligger bakom det som sticker ut? Skriv vad ni bygger det på.]',
      '[Vad talar emot? Vad mer kan förklara det?]',
      '[Vad behöver ni ta reda på, och av vem?]',
    ],
    activities: [
      '[Vilka insatser pågår mot det som sticker ut, och var?]',
      '[Var finns behov som ingen insats möter?]',
      '[Vem ansvarar, och när följs det upp?]',
    ],
    since: [
      '[Vad bestämdes förra gången?]',
      '[Vad har hänt sedan dess, som talen inte visar?]',
      '[Ska samma bilder visas som förra gången? Öppna den lägesbilden och välj Nästa lägesbild av den här.]',
    ],
    activitiesSince: [
      '[Hur går det för varje insats: för tidigt att bedöma, på väg, uppnått eller avslutad?]',
      '[Vilka uppföljningar saknas?]',
    ],
    next: ['[Vad ska göras till nästa gång, av vem?]', '[Vad ska följas upp, och med vilka tal?]'],
  },
  notes: {
    brief: 'Säg vad som är säkert, och att resten är osäkert.',
    causes: 'Det här är er bedömning. Talen visar var och när, inte varför.',
  },
  start: {
    heading: 'Börja från en mall',
    lead: 'Mallen fylls med det som är säkert i de tal som är öppna. Varje bild går att ändra, flytta och ta bort.',
    lagesbild: 'Kommunens läge i nio kapitel, till råd och nämnd.',
    halvarsuppfoljning:
      'Vad som har ändrats mot samma tid året före, eller mot förra mätningen, och hur det går med insatserna.',
    omrade: 'Ett område',
    omradeLead: 'Vem som bor där, vad som sticker ut och hur det har gått.',
    area: 'Område',
    use: (title: string): string => `Använd mallen ${title}`,
    blank: 'Tom lägesbild',
    take: 'Hämta ur en projektfil …',
    taking: 'Läser projektfilen …',
    taken: (titles: readonly string[]): string =>
      titles.length === 0
        ? 'Projektfilen har inga lägesbilder som inte redan finns här.'
        : `Hämtat: ${listed(titles.map((title) => `”${title}”`))}. Bilderna följer de tal som är öppna och visar vad som har ändrats.`,
    filling: (done: number, all: number): string =>
      `Jämför talen, ${formatNumber(done, 0)} av ${formatNumber(all, 0)} mått …`,
    failed: 'Talen kunde inte läsas. Ladda om sidan och försök igen.',
    filled: (title: string, slides: number): string =>
      `”${title}” har ${count(slides, 'bild', 'bilder')}. Rader inom [ ] är frågor till dig och visas inte.`,
  },
  suggestions: {
    heading: 'Förslag ur talen',
    differs: 'Skiljer sig säkert',
    changed: 'Har ändrats säkert',
    add: (claim: string): string => `Lägg till: ${claim}`,
    addShort: 'Lägg till',
    isTaken: (claim: string): string => `Finns med: ${claim}`,
    taken: 'Finns med',
    none: 'Inget, i de tal som är öppna.',
    chance: (comparisons: number, expected: number): string =>
      comparisons === 0
        ? 'Inget tal går att jämföra.'
        : `${count(comparisons, 'tal är jämfört', 'tal är jämförda')} vid 99,8 %. Av en slump väntas ${byChance(expected)} av dem skilja sig.`,
  },
} as const
