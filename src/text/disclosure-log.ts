import { RELEASE_STATUSES, type ReleaseStatus } from '../core/cell.ts'
import type { Advice } from '../core/disclosure/advice.ts'
import type { HidingRule } from '../core/disclosure/joint-table.ts'
import type { DisclosureLog, FlowLog, IncidentLog, IndicatorLog } from '../core/disclosure/log.ts'
import { formatDate, formatNumber, NBSP } from './format.ts'
import { policyText } from './policy.ts'
import { sv } from './sv.ts'

/** What the control does, in four sentences. */
export const CONTROL_IN_SHORT = [
  'Varje siffra i utgåvan har passerat en enda spärr innan något publicerades.',
  'Spärren döljer tal som är så små att de kan handla om enskilda personer, och därtill så många andra tal att inget av de små kan räknas ut ur summor.',
  'För varje dolt tal är det prövat att den som känner till alla regler och ser alla visade siffror ändå inte kan ringa in det; med ett enda osäkert tal skrivs ingen utgåva.',
  'Inget dolt tal och ingen uppgift om vilken regel som dolde det finns någonstans i det som publiceras; i loggen står bara antal.',
] as const

/** Said instead of what was hidden, when there was nothing to guard. */
export const ALL_PUBLIC =
  'Alla uppgifter i utgåvan är redan offentliga var för sig; inget har behövt döljas.'

/** Whether any figure of the release had to be guarded. */
export const isGuarded = ({ indicators }: DisclosureLog): boolean =>
  indicators.some(({ policy }) => policy.kind !== 'public-at-source')

export const SIGNED_MEANS =
  'Signerad betyder att namn, datum och kontrollsummor står i loggen. Det styrker ingens identitet.'

/** Who signed, and when. */
export const signedText = ({ signed, release }: DisclosureLog): string =>
  signed === null ? 'Inte signerad.' : `Signerad: ${signed}, ${formatDate(release.date)}.`

export const NO_EARLIER = 'Inga har vägts in.'

const RULE_NAMES: Readonly<Record<Exclude<HidingRule, 'none'>, string>> = {
  'small-count': 'litet antal',
  'small-complement': 'få återstår av nämnaren',
  'small-denominator': 'liten nämnare',
  'few-respondents': 'få svarande',
  'few-reporting-units': 'färre än tre uppgiftslämnare',
  secondary: 'för att skydda andra',
}

/** How many cells each rule hid: "33 litet antal, 43 för att skydda andra"; "inga" when nothing is hidden. */
export function rulesText({ hiddenByRule }: IndicatorLog): string {
  const parts = (Object.keys(RULE_NAMES) as (keyof typeof RULE_NAMES)[])
    .filter((rule) => hiddenByRule[rule] > 0)
    .map((rule) => `${integer(hiddenByRule[rule])} ${RULE_NAMES[rule]}`)
  return parts.length > 0 ? parts.join(', ') : 'inga'
}

const STATUS_NAMES: Readonly<Record<ReleaseStatus, string>> = {
  value: 'visade',
  hidden: 'dolda',
  'hidden-at-source': 'dolda vid källan',
  'missing-not-collected': 'ej insamlade',
  'missing-no-population': 'utan befolkning',
  'missing-outside-period': 'utanför perioden',
  'missing-incomplete': 'ofullständiga',
}

/** Cells by status: "660 visade, 12 dolda". */
export const statusesText = ({ statuses }: IndicatorLog): string =>
  RELEASE_STATUSES.filter((status) => statuses[status] > 0)
    .map((status) => `${integer(statuses[status])} ${STATUS_NAMES[status]}`)
    .join(', ')

/** The publication plan in words: "kommun, stadsdel, RegSO; månad – kvartal – år; kvinnor, män och totalt". */
export function planText({ plan }: IndicatorLog, { levels }: DisclosureLog): string {
  const planned = levels.filter(({ id }) => plan.levels.includes(id))
  return [
    planned.map(({ singular }) => singular).join(', '),
    plan.periodChain.map((kind) => sv.kinds[kind]).join(' – '),
    plan.bySex ? 'kvinnor, män och totalt' : 'inte uppdelat på kön',
  ].join('; ')
}

/** The disclosure policy in words, what may happen to zeros included. */
export function rulesOfPolicyText({ policy, denominatorName }: IndicatorLog): string {
  const isGuardedByRules = policy.kind === 'person' || policy.kind === 'survey'
  return [
    ...policyText({ policy, denominatorName }),
    ...(isGuardedByRules
      ? [policy.zeros === 'shown' ? 'Nollor visas alltid.' : 'Nollor kan döljas.']
      : []),
  ].join(' ')
}

export const METHOD_NAMES: Readonly<Record<IndicatorLog['method'], string>> = {
  moves: 'snabb metod',
  optimal: 'heltalsoptimering',
}

/** How the hidden cells were tried: "1 704 celler, 1 264 ekvationer, 76 dolda, 0 osäkra". */
export const auditText = ({ audit }: IndicatorLog): string =>
  `${integer(audit.cells)} celler, ${integer(audit.equations)} ekvationer, ${integer(audit.suppressed)} dolda, ${integer(audit.unsafe)} osäkra`

/** Figures that wait behind an earlier release's; empty when none does. */
export const waitingText = ({ waiting }: IndicatorLog): string =>
  waiting > 0
    ? `${integer(waiting)} tal från en tidigare utgåva står kvar tills ändringen är större.`
    : ''

export const ADVICE_HEADING = 'Råd inför nästa publicering'

/** One step of advice as a sentence. The counts are of the cells that a coarser publication still has. */
export function adviceText(
  { step, hiddenNow, hiddenThen }: Advice,
  { plan }: Pick<IndicatorLog, 'plan'>,
  { levels }: Pick<DisclosureLog, 'levels'>,
): string {
  const back = `minst ${integer(hiddenNow - hiddenThen)} av ${integer(hiddenNow)} dolda celler kommer tillbaka`
  return `${stepText()}: ${back}.`

  function stepText(): string {
    if (step === 'both-sexes')
      return 'Publicera kvinnor och män tillsammans i stället för var för sig'
    const [finest, ...coarser] =
      step === 'longer-periods'
        ? plan.periodChain.map((kind): string => sv.kinds[kind])
        : levels
            .filter(({ id }) => plan.levels.includes(id))
            .map(({ singular }) => singular)
            .toReversed()
    return `Publicera per ${coarser.join(' och ')} i stället för ${finest}`
  }
}

export const FLOWS_HEADING = 'Individflöden'

/** How a flow of cases is protected, and how much of it is hidden. */
export const flowText = ({ policy, shown, hidden }: FlowLog): string =>
  [
    ...policyText({ policy, denominatorName: null }),
    `${formatNumber(shown, 0)}${NBSP}antal visas, ${formatNumber(hidden, 0)} är dolda.`,
  ].join(' ')

/** How incidents are published, and which of them as hexagons. */
export function incidentsText({ categories, minimumCount }: IncidentLog): string {
  const names = categories.filter(({ hexagons }) => hexagons).map(({ name }) => name)
  return [
    'Händelser publiceras bara som antal, per typ och antingen område och månad eller sexhörning och år. Ingen punkt, dag eller text om en händelse finns i paketet.',
    ...(names.length > 0
      ? [
          `Bara ${names.join(', ')} publiceras per sexhörning, med minst ${minimumCount} händelser ett år; annars är sexhörningen inte med. Rutnätet (H3) ligger fast.`,
        ]
      : []),
  ].join(' ')
}

export const CHECKSUMS_MEAN =
  'Kontrollsummorna visar att filerna är oförändrade sedan utgåvan gjordes.'

const integer = (value: number): string => formatNumber(value, 0)
