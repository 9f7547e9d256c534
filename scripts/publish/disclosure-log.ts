import { CELL_STATUSES, type CellStatus } from '../../src/core/cell.ts'
import {
  countRules,
  type HidingRule,
  type Protection,
} from '../../src/core/disclosure/joint-table.ts'
import type { DisclosurePolicy, Indicator } from '../../src/core/indicator.ts'
import type { PeriodKind } from '../../src/core/period.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { formatDate, formatNumber } from '../../src/text/format.ts'
import type { IndicatorDisclosure } from './assemble.ts'
import { sha256 } from './checksum.ts'
import type { PackageFiles, PackageSource, ReleasedFile } from './package-source.ts'

export const PERIOD_NAMES: Readonly<Record<PeriodKind, string>> = {
  week: 'vecka',
  month: 'månad',
  quarter: 'kvartal',
  term: 'termin',
  'half-year': 'halvår',
  'school-year': 'läsår',
  year: 'år',
}

export const STATUS_NAMES: Readonly<Record<CellStatus, string>> = {
  value: 'visade',
  hidden: 'dolda',
  'hidden-at-source': 'dolda vid källan',
  'missing-not-collected': 'ej insamlade',
  'missing-no-population': 'utan befolkning',
  'missing-outside-period': 'utanför perioden',
  'missing-incomplete': 'ofullständiga',
}

/**
 * The release's log of disclosure control, for a reader: what was decided, what it hid, and the checksums of what
 * was released. No suppressed figure and no rule per cell stands in it.
 */
export function writeDisclosureLog(
  source: PackageSource,
  index: PackageIndex,
  released: readonly ReleasedFile[],
  disclosures: readonly IndicatorDisclosure[],
  files: PackageFiles,
): string {
  const { release } = source
  const guarded = source.indicators.filter(({ policy }) => policy.kind !== 'public-at-source')
  return [
    `# Röjandekontroll: ${release.title}`,
    '',
    `Utgåva ${release.id}, ${formatDate(release.date)}.${release.synthetic ? ' **Syntetiska demonstrationsdata**: siffrorna är påhittade, men har gått genom samma kontroll som riktiga.' : ''}`,
    '',
    '## Vad som har gjorts',
    '',
    'Varje siffra i paketet har passerat en enda spärr, som döljer celler efter indikatorns policy. En dold cell har ingen siffra, varken i filerna eller i det som visas, och ingen fil säger vilken regel som dolde den.',
    '',
    guarded.length === 0
      ? 'Alla uppgifter i utgåvan är redan offentliga var för sig; inget har behövt döljas.'
      : 'Alla nivåer, kön och perioder av en indikator granskas tillsammans, eftersom varje publicerad summa är en ekvation. Först döljs de celler som själva är för små. Sedan döljs så få andra celler som möjligt, så att ingen av de första kan räknas ut: för varje dold cell finns andra tal, som också stämmer med allt som visas. Vilken av reglerna som dolde en cell sägs bara som summor, i denna logg.',
    '',
    'Tidigare utgåvor: inga har vägts in.',
    '',
    '## Indikatorer',
    '',
    ...source.indicators.flatMap((indicator, at) =>
      describeIndicator(indicator, index, released, disclosures[at]!),
    ),
    ...(source.incidents ? describeIncidents(source) : []),
    '## Kontrollsummor (SHA-256)',
    '',
    '| fil | SHA-256 |',
    '| --- | --- |',
    ...[...files].map(([path, text]) => `| ${path} | \`${sha256(text)}\` |`),
    '',
    'Kontrollsummorna visar att filerna är oförändrade sedan utgåvan gjordes. De styrker ingens identitet.',
    '',
  ].join('\n')
}

function describeIndicator(
  { id, name, plan, policy }: Indicator,
  { register }: PackageIndex,
  released: readonly ReleasedFile[],
  { protection, cells }: IndicatorDisclosure,
): string[] {
  const levelNames = plan.levels.map(
    (level) => register.levels.find((candidate) => candidate.id === level)!.singular,
  )
  const chain = plan.periodChain.map((kind) => PERIOD_NAMES[kind])
  const own = released.filter(({ indicator }) => indicator === id)
  return [
    `### ${name} (\`${id}\`)`,
    '',
    `- Policy: ${policySentence(policy)}`,
    `- Plan: ${levelNames.join(', ')}; ${chain.join(' – ')}; ${plan.bySex ? 'kvinnor, män och totalt' : 'inte uppdelat på kön'}`,
    ...own.map(({ level, statuses }) => {
      const levelName = register.levels.find((candidate) => candidate.id === level)!.singular
      const parts = CELL_STATUSES.filter((status) => statuses[status] > 0).map(
        (status) => `${integer(statuses[status])} ${STATUS_NAMES[status]}`,
      )
      return `- Celler, ${levelName}: ${parts.join(', ')}`
    }),
    ...(policy.kind === 'public-at-source' || policy.kind === 'place'
      ? []
      : [
          `- Dolda celler efter regel: ${rulesInWords(protection)}`,
          `- Granskning: ${integer(cells)} celler, ${integer(protection.equations)} ekvationer, ${integer(protection.unsafe.length)} osäkra`,
        ]),
    '',
  ]
}

const RULE_NAMES: Readonly<Record<Exclude<HidingRule, 'none'>, string>> = {
  'small-count': 'litet antal',
  'small-complement': 'få återstår av nämnaren',
  'small-denominator': 'liten nämnare',
  'few-respondents': 'få svarande',
  secondary: 'för att skydda andra',
}

function rulesInWords({ rules }: Protection): string {
  const { none: _, ...counts } = countRules(rules)
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `${integer(count)} ${RULE_NAMES[rule as keyof typeof RULE_NAMES]}`)
  return parts.length > 0 ? parts.join(', ') : 'inga'
}

function describeIncidents({ incidents }: PackageSource): string[] {
  if (!incidents) return []
  const byHexagon = incidents.categories.filter(({ hexagons }) => hexagons)
  return [
    '## Händelser',
    '',
    'Händelser publiceras som antal per område, typ och månad, och som antal per hexagon, typ och år. Ingen punkt, dag eller text om en händelse finns i paketet.',
    '',
    ...incidents.categories.map(
      ({ id, name }) => `- ${name}: ${policySentence(incidents.policyByCategory.get(id)!)}`,
    ),
    `- Hexagoner: bara ${byHexagon.map(({ name }) => name).join(', ')}; minst ${incidents.minimumCount} händelser, annars är hexagonen inte med. Rutnätet (H3) ligger fast.`,
    '',
  ]
}

const KIND_NAMES: Readonly<Record<DisclosurePolicy['kind'], string>> = {
  person: 'uppgifter om personer',
  survey: 'enkät',
  place: 'händelser på plats, ingen personregel',
  'public-at-source': 'offentlig vid källan, ingen tröskel',
}

/** A policy in words. */
export function policySentence(policy: DisclosurePolicy): string {
  return [
    KIND_NAMES[policy.kind],
    ...(policy.threshold > 0 ? [`antal 1–${policy.threshold - 1} döljs`] : []),
    ...(policy.complement ? [`likaså när färre än ${policy.threshold} återstår av nämnaren`] : []),
    ...(policy.minimumDenominator > 0 ? [`nämnare under ${policy.minimumDenominator} döljs`] : []),
    ...(policy.minimumRespondents > 0
      ? [`färre än ${policy.minimumRespondents} svarande döljs`]
      : []),
  ].join('; ')
}

const integer = (value: number): string => formatNumber(value, 0)
