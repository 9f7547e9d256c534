/** Swedish as people write it, for the wording aid: words that brand places, claim causes, and give numbers. */

export const SOURCE = /(?<!\p{L})(?:käll(?:a|an|or|orna)|enligt)(?!\p{L})/iu

/** A place in any form: "område", "bostadsområdena", "stadsdelens", "kvarter". */
const PLACE = /\p{L}*(?:områd|stadsdel|kvarter|förort|grannskap)\p{L}*/u.source

/** What must not be said of a place: "utsatta", "hårt belastat", "brottstäta", "resurssvaga". */
const BRAND =
  /(?:brotts|resurs)?(?:utsatta?|drabba(?:d|t|de)|belasta(?:d|t|de)|svagt?a?)|brottstät(?:t|a)?|problem(?:tyng|fyll)(?:da?|t)|problematiskt?a?|kriminellt?a?|farligt?a?|otrygg(?:t|a)?|laglöst?a?|stökigt?a?|invandrartäta?t?/u
    .source

/** People and what they live through, of whom "särskilt utsatta" is said without branding a place. */
const PEOPLE =
  /(?:barn|elev|flick|pojk|ung|kvinn|män|person|grupp|målgrupp|hushåll|familj|individ|äldre|människ|boende|brottsoffer|situation|läge)\p{L}*/u
    .source

const whole = (...sources: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${sources.join('')})(?!\\p{L})`, 'giu')

/** Words that put a stamp on a place. */
export const PLACES: readonly RegExp[] = [
  // "särskilt utsatta områden", "socialt utsatt kommunalt bostadsområde", "mest belastade stadsdelarna"
  whole(
    /(?:(?:särskilt|socialt|socioekonomiskt|ekonomiskt|mest|hårt|tungt|värst|allra)\s+)*/u.source,
    `(?:${BRAND})\\s+(?:\\p{L}+[at]\\s+)?${PLACE}`,
  ),
  // "området är utsatt", but not "området är utsatt för skadegörelse"
  whole(
    PLACE,
    /\s+(?:som\s+)?(?:är|blir|blivit|räknas\s+som|klassas\s+som|beskrivs\s+som)\s+(?:\p{L}+\s+)?/u
      .source,
    /(?:utsatta?|problematiskt?a?|laglöst?a?)(?!\p{L}|\s+för(?!\p{L}))/u.source,
  ),
  // "Ålidhem är särskilt utsatt", but neither "särskilt utsatta för" nor "särskilt utsatta barn"
  new RegExp(
    `(?<!(?<!\\p{L})${PEOPLE}\\s+(?:som\\s+)?är\\s+)(?<!\\p{L})särskilt\\s+utsatta?(?!\\p{L}|\\s+(?:för(?!\\p{L})|${PEOPLE}))`,
    'giu',
  ),
  whole(
    /(?:(?:hög)?risk|problem|oros|utanförskaps|utsatthets|gäng|slum|kris|lågstatus|fattig|invandrar|bråk)-?/u
      .source,
    /(?:bostads)?(?:områd|stadsdel|kvarter|förort|zon|skol)\p{L}*/u.source,
    // Youths, not places, are "i riskzonen".
    /(?<!riskzon\p{L}*)/u.source,
  ),
  whole(/utsatta?\s+plats\p{L}*/u.source),
  whole(/\p{L}*hot[\s-]?spot\p{L}*(?:-\p{L}+)?/u.source),
  whole(/(?:oros|brotts|knark|narkotika|drog|kriminalitets)(?:härd|näst)\p{L}*|brännpunkt\p{L}*/u.source), // prettier-ignore
  whole(/gh?etto\p{L}*|slum(?:mens?)?/u.source),
  whole(/no[\s-]?go[\s-]?(?:zon|områd|area)\p{L}*|no-go/u.source),
  whole(/parallell\p{L}*[\s-]?samhäll\p{L}*/u.source),
]

/** Words that set places in order, worst first. */
export const RANKINGS: readonly RegExp[] = [
  whole(/värsting\p{L}*(?:-\p{L}+)?|(?:botten|jumbo|skam)(?:list|plac|plats|lig|områd)\p{L}*|svarta\s+listan/u.source), // prettier-ignore
  // Neither "i värsta fall" nor "de som mår sämst".
  whole(
    /(?<!(?:mår|har\s+det|trivs)\s+(?:allra\s+)?)(?:värsta?|sämsta?)(?!\p{L}|\s+(?:fall|tänkbara))/u
      .source,
    `(?:\\s+${PLACE})?`,
  ),
  whole(/(?:farlig|otrygg|brottstät|stökig)aste?/u.source, `(?:\\s+${PLACE})?`),
  whole(
    /rankas\s+(?:sist|lägst|sämst)|(?:ligger|hamnar|kommer)\s+(?:(?:näst\s+)?sist|i\s+botten)/u
      .source,
  ),
  whole(/fattigaste\s+/u.source, PLACE),
]

/** Words between a verb and its preposition: "beror inte på", "leder i sin tur till", "beror det på". */
const BETWEEN =
  /(?:\s+(?:inte|ej|aldrig|knappast|nödvändigtvis|alltid|ofta|ibland|sällan|också|även|främst|mest|delvis|helt|bara|direkt|därför|därmed|alltså|sannolikt|troligen|förmodligen|antagligen|det|den|de|detta|i\s+(?:sin\s+tur|hög\s+grad)|till\s+(?:stor|viss)\s+del))*/u
    .source

/** Words by which one thing is said to cause another. */
export const CLAIM = new RegExp(
  `(?<!\\p{L})(?:${[
    `ber(?:or|o|odde|ott)${BETWEEN}\\s+på`,
    `(?:leder|leda|ledde|lett|bidrar|bidrog|bidragit)${BETWEEN}\\s+till`,
    `(?:gör|göra|gjorde|gjort)${BETWEEN}\\s+att`,
    `(?:resulterar|resultera|resulterade|resulterat)${BETWEEN}\\s+i`,
    `(?:ger|ge|gav|gett|givit)${BETWEEN}\\s+upphov\\s+till`,
    `ger(?=${BETWEEN}\\s+(?:mer|mindre|fler|färre|högre|lägre|ökad|ökat|minskad|minskat)(?!\\p{L}))`,
    `(?:ligger|låg|legat)${BETWEEN}\\s+bakom`,
    `(?:för)?orsaka(?:r|de|t|s|ts|d|des)?${BETWEEN}(?:\\s+av)?`,
    `(?:(?:påverka|framkalla)(?:r|s|t|ts|de|des)|(?:föranled|utlös)(?:er|s|t|ts|de|te|des|tes))${BETWEEN}(?:\\s+av)?`,
    `(?<!(?<!\\p{L})vi\\s+)(?:förklarar|skapa(?:r|de|t|s|ts))${BETWEEN}(?:\\s+av)?`,
    `medför(?:de|t)?`,
    `(?:förklaras|förklarats|drivs|drivits)${BETWEEN}\\s+av`,
    `(?:orsak|anledning|skäl|förklaring)(?:en|et|er|erna|ar|arna)?\\s+(?:till|är|var)`,
    `orsakssamband(?:et|en)?`,
    `(?:effekt(?:en|er|erna)?|följd(?:en)?|konsekvens(?:en|er)?|(?<=(?:är|som)\\s+(?:ett\\s+)?)resultat(?:et)?)\\s+av`,
    `därför\\s+att|eftersom|på\\s+grund\\s+av|p\\.?\\s?g\\.?\\s?a\\.?|tack\\s+vare`,
  ].join('|')})(?!\\p{L})`,
  'giu',
)

const NO = /(?:inte|ej|inget|ingenting|ingen|inga|aldrig|knappast|varken)/u.source

const word = (source: string): string => `(?<!\\p{L})(?:${source})(?!\\p{L})`

/** Within the claim itself: "beror inte på". */
export const NEGATION = new RegExp(word(NO), 'iu')

/** "inte", "inte nödvändigtvis", "kan inte sägas" right before the claim. */
export const DENIED = new RegExp(
  `${word(NO)}(?:\\s+${word(/kan|behöver|måste|sägas|visas|antas|påstås|nödvändigtvis|alls|ens|heller|säkert|med|säkerhet|bara|enbart|direkt|att|det|är|som|en|ett|någon|i|sig/u.source)})*\\s*$`,
  'iu',
)

const SAYING =
  /vet|veta|känner(?!\s+sig)|säg\p{L}*|säkert|sagt|visa\p{L}*|bety\p{L}*|innebär\p{L}*|bevis\p{L}*|avgör\p{L}*|tolka\p{L}*|påstå\p{L}*|hävda\p{L}*|slutsats\p{L}*|belägg|stöd\s+för|fastställ\p{L}*|slå\s+fast|klart|känt/u
    .source

/** "vi vet inte om …", "det säger inget om vad som …", "det går inte att säga att …", anywhere before the claim. */
export const NOT_SAID = new RegExp(
  `${word(NO)}(?:\\s+\\p{L}+){0,2}\\s+${word(SAYING)}|${word(SAYING)}(?:\\s+\\p{L}+){0,1}\\s+${word(NO)}`,
  'iu',
)

/** Indirect questions: "frågan är om …", "vi undersöker vad som …", "det är oklart om …". */
export const ASKED = new RegExp(
  word(
    /huruvida|varför|frågan?|undrar?|undersök(?:er|a|te|t)|utred(?:er|a)|prövar?|ta\s+reda\s+på|oklart|osäkert|okänt|utan\s+att/u
      .source,
  ),
  'iu',
)

/** What is aimed at is not claimed: "ska leda till", "för att bidra till". */
export const AIMED = new RegExp(`${word(/ska|skall|för\s+att|syfta\p{L}*\s+till\s+att/u.source)}(?:\\s+\\p{L}+)?\\s*$`, 'iu') // prettier-ignore

/** How something is shown has reasons that may be given: "visas per stadsdel eftersom …". */
export const SHOWING = new RegExp(
  word(/visas|visar(?!\s+att)|redovisa\p{L}*|har\s+valt|vi\s+(?:valde|väljer|använder)|uppgift\p{L}*\s+saknas|dölj\p{L}*|dold\p{L}*/u.source), // prettier-ignore
  'iu',
)

/** Chance and measuring may be named as reasons, close after the words. */
export const MEASURED =
  /^[^.,;!?]{0,40}?(?:slump|underlag|bortfall|avrundning|mätfel|mätning|definition|små\s+tal|litet\s+antal)/iu

/** Up to a claim, the part of the sentence that can deny it: after a "men" or a "utan" it is claimed anew. */
export const RENEWED = /[.!?;\n]|(?<!\p{L})(?:men|utan(?!\s+att(?!\p{L})))(?!\p{L})/giu

const SPACE = '[ \\u00a0\\u2009\\u202f]'
const DIGITS = `(?:\\d{1,3}(?:${SPACE}\\d{3})+(?!\\d)|\\d+)(?:[.,]\\d+)?`
const ROUND = `1${SPACE}?0{2,3}|1(?:0|00)${SPACE}?000`
const PERCENT = /procent(?:enhet(?:er|en|erna)?|s|igt?a?)?/u.source

const UNIT = [
  `\\s?%(?:-?enhet(?:er|en|erna)?)?`,
  `\\s?‰|\\spromille`,
  `[\\s-]${PERCENT}`,
  `\\sper\\s(?:${ROUND}|tusen|hundra)`,
  `\\sav\\s(?:10|100|1${SPACE}?000|tio|hundra|tusen)`,
  // Not how often something is done: "tre gånger i veckan".
  /\s(?:gånger|ggr)(?!\s+(?:om|i|per|under|på|varje|sedan)(?!\p{L}))/u.source,
].join('|')

export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...{ en: 1, ett: 1, två: 2, tre: 3, fyra: 4, fem: 5, sex: 6, sju: 7, åtta: 8, nio: 9, tio: 10 },
  ...{ elva: 11, tolv: 12, femton: 15, tjugo: 20, tjugofem: 25, trettio: 30, fyrtio: 40 },
  ...{ femtio: 50, sextio: 60, sjuttio: 70, sjuttiofem: 75, åttio: 80, nittio: 90, hundra: 100 },
}

/** Numbers in digits, and in words where a unit follows: "17,1 %", "1 200", "−0,3", "tre gånger". */
export const NUMBER = new RegExp(
  [
    `(?<sign>(?<=^|[\\s(])[-−–+])?(?<![\\p{L}\\d]|\\p{L}[-/]|\\d[.,:/])(?<digits>${DIGITS})(?![\\p{L}\\d]|-(?!procent)\\p{L})`,
    `(?:\\s(?<scale>tusen|miljon(?:er)?)(?!\\p{L}))?(?:(?<unit>${UNIT})(?![\\p{L}\\d]))?`,
    `|(?<!\\p{L})(?<word>${Object.keys(NUMBER_WORDS).join('|')})(?<wordUnit>${UNIT})(?![\\p{L}\\d])`,
  ].join(''),
  'giu',
)

export const HEDGE =
  /(?<!\p{L})(?:cirka|ca\.?|ungefär|omkring|runt|kring|drygt|knappt|nära|nästan|över|under|än|minst|högst|uppemot|upp\s+till)\s+$/iu

const RANGE = `(?<!\\d)\\d+(?:[.,:]\\d+)?(?:\\s?(?:[-–/,]|till|och|eller|samt)\\s?\\d+(?:[.,:]\\d+)?){0,4}(?!\\d|[.,]\\d|\\s?(?:%|‰|procent|per\\s))`

/** Numbers that are not figures. */
export const LEFT_ALONE = new RegExp(
  [
    // List numbers, at the beginning of a line.
    /^[^\S\n]*\(?\d{1,2}[.)](?=\s)/u.source,
    // Periods and dates.
    /\d{4}-\d{2}(?:-\d{2})?(?!\d)/u.source,
    /(?<!\d)(?:19|20)\d{2}\s?[-–/]\s?\d{2,4}(?!\d)/u.source,
    /(?<![\d,.])(?:19|20)\d{2}(?!\d|[.,]\d|\s?%|\s(?:procent|per\s|invånare|person|elev|barn|unga|hushåll|anmälning|händelse|brott|kr))/u.source, // prettier-ignore
    /\d{1,2}(?:\s?(?:[-–]|och|till)\s?\d{1,2})?\s(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|apr|aug|sept?|okt|nov|dec)(?!\p{L})/u.source, // prettier-ignore
    /(?<!\d)\d{1,2}[/:]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}(?!\d)/u
      .source,
    /(?<!\p{L})den\s\d{1,2}(?!\d|[.,:]\d|\s?(?:%|‰|procent|per\s))/u.source,
    // Ages and spans of time; "12 år 2025" may be a figure of that year.
    `(?<!\\d)\\d+\\s?(?:[-–]|till|och|eller)\\s?\\d+[\\s-]år`,
    /(?<!\d)\d+[\s-]år(?:en|s|ing\p{L}*|ig\p{L}*)?(?!\p{L}|\s(?:19|20)\d{2})/u.source,
    `${RANGE}\\s(?:halvår|kvartal|månad|veck|dygn|timm|minut|decenni|termin|läsår|dag(?:ar|en)?(?!\\p{L}))`,
    // What is numbered.
    `(?<!\\p{L})${/(?:vecka|veckorna|v\.?|kvartal|kv\.?|termin|halvår(?:et)?|ht|vt|h|årskurs(?:erna)?|åk\.?|klass|kl\.?|klockan|ålder(?:n|sgruppen)?|åldrarna|kap\.?|kapitel|artikel|§+|punkt|steg|nr\.?|nummer|bild|figur|tabell|diagram|karta|sidan?|sid\.?|s\.|fas|del|bilaga|version|nivå|mål|fråga|alternativ|linje|väg|ring|tel\.?|telefon|\p{L}+(?:gatan|vägen|gränd|torget|stigen|backen))/u.source}\\s?${RANGE}`,
    // Laws.
    /\d{4}(?:\/\d{2})?:\d+/u.source,
    `${RANGE}\\s?(?:kap(?!\\p{L})|§)`,
    /(?<!\d)\d+:\p{L}+/u.source,
    // Telephone numbers.
    /(?<!\d)0\d{1,3}-\d{2,3}(?:\s?\d{2,3})*|(?<!\d)114\s14(?!\d)/u.source,
    // What units are counted in, and how sure an interval is.
    `(?<!\\p{L})per\\s(?:${ROUND})(?!\\d)`,
    `(?<!\\d)${DIGITS}(?:\\s?%|[\\s-]${PERCENT})(?:-?igt?)?\\s(?:konfidens|intervall|osäkerhet|säkerhet)`,
    // What is planned.
    `(?<!\\d)\\d+\\s(?:\\p{L}+a\\s)?(?:mål|insats|åtgärd|fokusproblem|förslag|fråg|punkt|steg|möte|prioritering|beslut|uppdrag)`,
  ].join('|'),
  'gimu',
)
