import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatNumber, withUnit } from '../../src/text/format.ts'
import { adviseWording, type WordingContext } from '../../src/views/briefing/wording.ts'

type Figure = WordingContext['figures'][number]

const figureOf = (value: number, decimals: number, unit: string, name = 'Klotter'): Figure => ({
  ...{ value, decimals, unit, name },
  text: withUnit(formatNumber(value, decimals), unit),
})

/** A slide that crosses two things and shows five figures with their source. */
const SLIDE: WordingContext = {
  figures: [
    figureOf(17.1234, 1, '%', 'Arbetslöshet'),
    figureOf(12.46, 1, 'per 1 000'),
    figureOf(1234, 0, '', 'Folkmängd 13–18 år'),
    figureOf(-1.2, 1, 'procentenheter', 'Elever med minst 10 % frånvaro'),
    figureOf(0.59, 2, '', 'Samvariation'),
  ],
  isCrossed: true,
  hasSource: true,
}

const marks = (text: string, context: WordingContext, kind?: string): string[] =>
  adviseWording(text, context)
    .filter((advice) => kind === undefined || advice.kind === kind)
    .map(({ words }) => words)

/** A sentence and the words that are marked in it: none where nothing is named. */
type Sentence = readonly [text: string, ...words: string[]]

const BRANDING: readonly Sentence[] = [
  ['Ersboda är ett utsatt område.', 'utsatt område'],
  ['Polisen räknar det bland särskilt utsatta områden.', 'särskilt utsatta områden'],
  ['De mest utsatta bostadsområdena och problemområdet.', 'mest utsatta bostadsområdena', 'problemområdet'], // prettier-ignore
  ['Socialt utsatta nordöstra stadsdelar.', 'Socialt utsatta nordöstra stadsdelar'],
  ['Ålidhem är särskilt utsatt.', 'särskilt utsatt'],
  ['Området är hårt utsatt.', 'Området är hårt utsatt'],
  ['Brottsutsatta kvarter och tungt belastade stadsdelar.', 'Brottsutsatta kvarter', 'tungt belastade stadsdelar'], // prettier-ignore
  ['Ett otryggt område, problemtyngda förorter.', 'otryggt område', 'problemtyngda förorter'],
  ['En hotspot, två hotspots, ett hot spot-område.', 'hotspot', 'hotspots', 'hot spot-område'],
  ['Brotts-hotspotarna i HOTSPOT-analysen.', 'hotspotarna', 'HOTSPOT-analysen'],
  ['Värstinglistan toppas av Teg.', 'Värstinglistan'],
  ['Gettot, ett ghetto, no-go-zoner och en no go-zon.', 'Gettot', 'ghetto', 'no-go-zoner', 'no go-zon'], // prettier-ignore
  ['Parallellsamhällen växer fram, parallella samhällen.', 'Parallellsamhällen', 'parallella samhällen'], // prettier-ignore
  ['Det sämsta området är värst i kommunen.', 'sämsta området', 'värst'],
  ['Ersboda ligger sist, en utsatt plats.', 'ligger sist', 'utsatt plats'],
  ['Riskområden och utanförskapsområdet.', 'Riskområden', 'utanförskapsområdet'],
  ['Oroshärdar, brännpunkter och kommunens farligaste stadsdel.', 'Oroshärdar', 'brännpunkter', 'farligaste stadsdel'], // prettier-ignore
  ['Ekonomisk utsatthet är ett fokusproblem.'],
  ['Fler är utsatta för brott, och området är utsatt för skadegörelse.'],
  ['Flickor är särskilt utsatta, liksom särskilt utsatta barn och särskilt utsatta för hot.'],
  ['Risk för skolmisslyckande; ungdomar i riskzonen i området.'],
  ['Utanförskap och områden med högre arbetslöshet.'],
  ['I värsta fall slumpen, och de som mår sämst.'],
  ['Områdestyp, fokusområde, områden med socioekonomiska utmaningar.'],
  ['Täta kvarter, otrygga på platser i området.'],
  ['Unga utsatta i områden med få föreningar.'],
]

const CAUSAL: readonly Sentence[] = [
  ['Klottret beror på frånvaron.', 'beror på'],
  ['Det beror till stor del på frånvaron.', 'beror till stor del på'],
  ['Därför beror det på frånvaron.', 'beror det på'],
  ['Frånvaron leder i sin tur till klotter.', 'leder i sin tur till'],
  ['Frånvaron har lett till och skapat oro.', 'lett till', 'skapat'],
  ['Trångboddhet orsakar oro, som orsakas av frånvaro.', 'orsakar', 'orsakas av'],
  ['Mer klotter därför att fler är frånvarande.', 'därför att'],
  ['På grund av frånvaron, p.g.a. den, pga den, tack vare skolan.', 'På grund av', 'p.g.a.', 'pga', 'tack vare'], // prettier-ignore
  ['Frånvaron gör att klottret ökar, en effekt av skolan.', 'gör att', 'effekt av'],
  ['Det resulterar i klotter och ger upphov till oro.', 'resulterar i', 'ger upphov till'],
  ['Mer frånvaro ger fler bränder och påverkar skolan.', 'ger', 'påverkar'],
  ['Orsaken till klottret är frånvaron.', 'Orsaken till'],
  ['Det är inte slump utan beror på frånvaron.', 'beror på'],
  ['Vi vet inte allt, men klottret beror på frånvaron.', 'beror på'],
  ['Att många inte går till skolan leder till klotter.', 'leder till'],
  ['Beror det på frånvaron? Nej. Det beror på skolan.', 'beror på'],
  ['Undersökningen visar att frånvaron leder till klotter.', 'leder till'],
  ['Att unga inte får stöd leder till klotter.', 'leder till'],
  ['Skolan vet inte nog. Frånvaron förklarar klottret.', 'förklarar'],
  ['Resultatet av enkäten, och det vi kan påverka. Vi förklarar metoden.'],
  ['Det beror inte på frånvaron.'],
  ['Det behöver inte bero på frånvaron, och kan inte sägas göra att klottret ökar.'],
  ['Vi vet inte varför, och inte om frånvaron leder till klotter.'],
  ['Det säger inget om vad som orsakar klottret. Orsak eller inte.'],
  ['Kan det bero på frånvaron?'],
  ['Det är inte en effekt av skolan. Inget är orsaken till klottret. Det måste inte med säkerhet bero på den.'], // prettier-ignore
  ['Frågan är om frånvaron leder till klotter. Samvariation, inte orsak.'],
  ['Svängningen beror på att underlaget är litet.'],
  ['Insatsen ska leda till bättre trivsel.'],
  ['Talen visas per stadsdel eftersom de är små.'],
  ['Klotter är vanligare där frånvaron är hög. Vi ger skolan resurser.'],
]

const FIGURES: readonly Sentence[] = [
  ['Arbetslösheten är 18 % och klottret 13,5 per 1 000 invånare.', '18 %', '13,5 per 1 000'],
  ['Den är 17,2 procent, 17,12 %, 17,1 procentenheter.', '17,2 procent', '17,12 %', '17,1 procentenheter'], // prettier-ignore
  ['Tre gånger så vanligt, trettio procent fler, tre av tio.', 'Tre gånger', 'trettio procent', 'tre av tio'], // prettier-ignore
  ['Där bor 1 300 i 14 stadsdelar.', '1 300', '14'],
  ['Nära 1 000 personer och 2 miljoner kronor.', '1 000', '2 miljoner'],
  ['Förändringen är +1,2 procentenheter.', '+1,2 procentenheter'],
  ['År 2025 var talet 14 år 2024, och den 14,5 per 1 000.', '14', '14,5 per 1 000'],
  ['Arbetslösheten är 17,1 %, alltså 17 procent, 17,10 % eller två av tio.'],
  ['Klottret är 12,5 per 1 000 invånare, ungefär 12 ‰.'],
  ['Där bor 1 234, drygt 1 200, cirka 1\u00a0230 personer, 1,2 tusen.'],
  ['Den minskade med 1,2 procentenheter (−1,2), r = 0,59.'],
  ['Fyra stadsdelar, 4 områden, tre gånger i veckan.'],
  ['Elever med minst 10 % frånvaro, 13–18 år, 15-åringar, 65 år och äldre, årskurs 9.'],
  [
    'Första halvåret 2025, kvartal 4 2025, vecka 53, läsåret 2023/24, 2019–2025, ht 25, 2025-K4, under 2025 anmäldes.',
  ],
  ['Den 3 november 2026, 2026-11-03, den 14, kl. 21.30, de senaste 12 månaderna, 90-talet.'],
  [
    'Enligt § 4 och 4 kap. 2 § i lag 2023:196, bild 7, E4, 2480R041, COVID-19, umea.se/123, Storgatan 12, 1:a.',
  ],
  ['1. Skolan\n12. Fritiden\n(13) Polisen'],
  ['Intervallet är 95 % konfidensintervall, och vi har 9 mål och 14 nya insatser.'],
]

const SOURCES: readonly Sentence[] = [
  ['Arbetslösheten är 17,1 % och klottret 3 per 1 000.', '17,1 %'],
  ['Det anmäldes 120 bränder.', '120'],
  ['Tre av tio elever trivs.', 'Tre av tio'],
  ['Arbetslösheten är 17,1 %.\nKälla: SCB.'],
  ['Enligt Brå anmäldes 120 bränder.'],
  ['Den 3 november 2026 höll vi 3 möten om 15-åringar.'],
]

describe('the wording aid', () => {
  const alone = (changes: Partial<WordingContext>): WordingContext => ({
    ...{ figures: [], isCrossed: false, hasSource: true },
    ...changes,
  })
  const tables: readonly (readonly [string, readonly Sentence[], WordingContext])[] = [
    ['branding', BRANDING, alone({})],
    ['causal', CAUSAL, alone({ isCrossed: true })],
    ['figure', FIGURES, alone({ figures: SLIDE.figures })],
    ['source', SOURCES, alone({ hasSource: false })],
  ]
  for (const [kind, sentences, context] of tables)
    test.each(sentences.map(([text, ...words]) => ({ text, words })))(
      `${kind}: $text`,
      ({ text, words }) => {
        expect(marks(text, context)).toEqual(words)
        expect(marks(text, context, kind)).toEqual(words)
      },
    )

  it('says why, and what could be written instead', () => {
    const advice = adviseWording('Riskområdet har 18 %, vilket beror på frånvaron.', SLIDE)
    expect(advice.map(({ kind }) => kind)).toEqual(['branding', 'figure', 'causal'])
    expect(advice[0]!.message).toContain('områden med högre')
    expect(advice[1]!.message).toContain('17,1\u00a0%\u00a0(Arbetslöshet)')
    expect(advice[2]!.message).toContain('samvariation, inte orsak')
  })

  it('speaks of causes beside a crossing alone, and of figures where some are shown', () => {
    const text = 'Klottret beror på frånvaron, 45 %.'
    expect(marks(text, alone({}))).toEqual([])
    expect(marks(text, alone({ hasSource: false }))).toEqual(['45 %'])
  })
})

/** Pieces that the rules look for, between words and signs that they do not. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[...BRANDING, ...CAUSAL, ...FIGURES, ...SOURCES].map(([text]) => text),
    ...[
      'beror',
      'inte',
      'på',
      'utsatta',
      'områden',
      '§',
      '17',
      ',',
      '.',
      '\n',
      '−',
      '😀',
      'å',
      '%',
    ],
    ...['per 1 000', 'gånger', 'tre', 'men', '?', 'värst', 'hot', 'spot', '–', '12:', '\u00a0'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const anyText = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' '))
const anyContext = fc.record({
  figures: fc.constantFrom([], SLIDE.figures, SLIDE.figures.slice(0, 1)),
  isCrossed: fc.boolean(),
  hasSource: fc.boolean(),
})
const anyFigure = fc
  .tuple(
    fc.double({ min: -5e6, max: 5e6, noNaN: true }),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('', '%', 'per 1 000', 'per 100', 'per 1 000 invånare', 'procentenheter'),
  )
  .map(([value, decimals, unit]) => figureOf(value, decimals, unit))

describe('advice', () => {
  it('lies within the text, in order, apart, on the words that it quotes', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        let end = 0
        for (const { from, to, words, message } of adviseWording(text, context)) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          expect(text.slice(from, to)).toBe(words)
          expect(words.trim()).toBe(words)
          expect(message).not.toBe('')
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('leaves the figures of the slide alone as it shows them', () => {
    fc.assert(
      fc.property(fc.array(anyFigure, { minLength: 1, maxLength: 6 }), (figures) => {
        const text = `Här är det ${figures.map((figure) => figure.text).join(', och ')}.`
        expect(adviseWording(text, { figures, isCrossed: true, hasSource: true })).toEqual([])
      }),
    )
  })

  it('marks a figure of the slide that is changed by one in its last place', () => {
    fc.assert(
      fc.property(anyFigure, fc.constantFrom(-1, 1), (figure, sign) => {
        fc.pre(Math.abs(figure.value) > 2)
        const changed = figureOf(
          Number(figure.value.toFixed(figure.decimals)) + sign * 10 ** -figure.decimals,
          figure.decimals,
          figure.unit,
        )
        const context = { figures: [figure], isCrossed: false, hasSource: true }
        expect(adviseWording(`Det är ${changed.text} här.`, context)).toHaveLength(1)
      }),
    )
  })

  it('is not changed by a sentence that says nothing of it', () => {
    const sentence = fc.constantFrom(
      ...[...BRANDING, ...CAUSAL, ...FIGURES, ...SOURCES].map(([text]) => text),
    )
    const other = 'Många unga trivs i sin förening. '
    fc.assert(
      fc.property(fc.array(sentence), fc.array(sentence), anyContext, (before, after, context) => {
        const [head, tail] = [before, after].map((part) => part.map((one) => `${one}\n`).join(''))
        const without = adviseWording(`${head}${tail}`, context)
        const moved = without.map((advice) => {
          const by = advice.from >= head!.length ? other.length + 1 : 0
          return { ...advice, from: advice.from + by, to: advice.to + by }
        })
        expect(adviseWording(`${head}${other}\n${tail}`, context)).toEqual(moved)
      }),
    )
  })

  it('is quick', () => {
    const sentences = [...BRANDING, ...CAUSAL, ...FIGURES, ...SOURCES].map(([text]) => text)
    const text = sentences.join('\n').repeat(3).slice(0, 5000)
    expect(text).toHaveLength(5000)
    adviseWording(text, SLIDE)
    const start = performance.now()
    for (const one of [
      text,
      'a'.repeat(5000),
      '1'.repeat(5000),
      '1-'.repeat(2500),
      'utsatta '.repeat(625),
    ])
      adviseWording(one, SLIDE)
    // Four texts, each meant to take less than 20 ms; the machine may be busy.
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
