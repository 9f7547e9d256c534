import { CELL_STATUSES, STATUS_VALUE, type CellStatus } from '../../src/core/cell.ts'
import type { Audit } from '../../src/core/disclosure/audit.ts'
import {
  countRules,
  type HidingRule,
  type Protection,
} from '../../src/core/disclosure/joint-table.ts'
import type { DisclosurePolicy, PublicationPlan } from '../../src/core/indicator.ts'
import type { Release } from '../../src/core/release.ts'
import { formatDate, formatNumber } from '../../src/text/format.ts'
import { PERIOD_NAMES, policySentence, STATUS_NAMES } from './disclosure-log.ts'
import type { ReleasedObservations } from './released-observations.ts'

/** One indicator's part of the log. Totals only: nothing in it is about a single cell. */
export interface IndicatorLog {
  readonly indicator: string
  readonly name: string
  readonly plan: PublicationPlan
  readonly policy: DisclosurePolicy
  readonly method: Protection['method']
  readonly statuses: Readonly<Record<CellStatus, number>>
  readonly hiddenByRule: Readonly<Record<HidingRule, number>>
  /** Figures of an earlier release that still stand. */
  readonly waiting: number
  readonly audit: Omit<Audit, 'unsafe' | 'seconds'> & { readonly unsafe: number }
}

/** What was decided about a release, what it hid and how that was tried. */
export interface DisclosureLog {
  readonly release: Release
  readonly indicators: readonly IndicatorLog[]
  /** Earlier releases that were weighed in, oldest first. */
  readonly earlier: readonly { readonly folder: string; readonly sha256: string }[]
  /** Who released it: a name, which proves no identity. */
  readonly signed: string | null
  /** SHA-256 of every released file. */
  readonly files: Readonly<Record<string, string>>
}

/** The log's part about one released table. */
export function logIndicator(
  { table, waiting }: ReleasedObservations,
  protection: Protection,
  audit: Audit,
): IndicatorLog {
  const statuses = Object.fromEntries(CELL_STATUSES.map((name) => [name, 0])) as Record<
    CellStatus,
    number
  >
  for (const code of table.status) statuses[CELL_STATUSES[code]!]++
  const { id, name, plan, policy } = table.indicator
  return {
    ...{ indicator: id, name, plan, policy, method: protection.method, statuses },
    hiddenByRule: countRules(protection.rules),
    waiting: table.status.filter((code, cell) => code === STATUS_VALUE && waiting?.[cell]).length,
    // Without how long it took: the same release is the same bytes.
    audit: {
      cells: audit.cells,
      equations: audit.equations,
      suppressed: audit.suppressed,
      unsafe: audit.unsafe.length,
    },
  }
}

const RULE_NAMES: Readonly<Record<Exclude<HidingRule, 'none'>, string>> = {
  'small-count': 'litet antal',
  'small-complement': 'litet återstående antal',
  'small-denominator': 'liten nämnare',
  'few-respondents': 'få svarande',
  secondary: 'för att skydda andra celler',
}

/** The log for a reader. */
export function writeLog({ release, indicators, earlier, signed, files }: DisclosureLog): string {
  return [
    `# Röjandekontroll: ${release.title}`,
    '',
    `Utgåva ${release.id}, ${formatDate(release.date)}.`,
    '',
    '## Vad som har gjorts',
    '',
    'Varje siffra i paketet har passerat en enda spärr. Den döljer celler som själva är för små, och fler celler så att ingen dold cell kan räknas ut ur summor. Alla nivåer, kön och perioder i publiceringsplanen är granskade tillsammans, med varje publicerad summa. En dold cell har ingen siffra, och ingen fil säger vilken regel som dolde den; här står bara hur många celler varje regel dolde.',
    '',
    'Granskningen räknar ut vad den som känner till policyn och alla visade siffror kan sluta sig till om varje dold cell. En utgåva med en enda osäker cell skrivs inte.',
    '',
    earlier.length === 0
      ? 'Tidigare utgåvor: inga har vägts in.'
      : 'Tidigare utgåvor som har vägts in, äldst först:',
    ...earlier.map(({ folder, sha256 }) => `- ${folder} (observations.csv \`${sha256}\`)`),
    '',
    '## Indikatorer',
    '',
    ...indicators.flatMap(describeIndicator),
    '## Kontrollsummor (SHA-256)',
    '',
    '| fil | SHA-256 |',
    '| --- | --- |',
    ...Object.entries(files).map(([path, sum]) => `| ${path} | \`${sum}\` |`),
    '',
    ...(signed === null
      ? ['Utgåvan är inte signerad.']
      : [`Signerad: ${signed}, ${formatDate(release.date)}.`]),
    'Signerad betyder namn, datum och kontrollsumma. Det styrker ingens identitet.',
    '',
  ].join('\n')
}

function describeIndicator(log: IndicatorLog): string[] {
  const { name, indicator, plan, policy, statuses, hiddenByRule, audit, waiting } = log
  const rules = (Object.keys(RULE_NAMES) as (keyof typeof RULE_NAMES)[]).filter(
    (rule) => hiddenByRule[rule] > 0,
  )
  return [
    `### ${name} (\`${indicator}\`)`,
    '',
    `- Policy: ${policySentence(policy)}; nollor ${policy.zeros === 'shown' ? 'visas alltid' : 'kan döljas'}`,
    `- Plan: ${plan.levels.join(', ')}; ${plan.periodChain.map((kind) => PERIOD_NAMES[kind]).join(' – ')}; ${plan.bySex ? 'kvinnor, män och totalt' : 'inte uppdelat på kön'}`,
    `- Celler: ${CELL_STATUSES.filter((status) => statuses[status] > 0)
      .map((status) => `${integer(statuses[status])} ${STATUS_NAMES[status]}`)
      .join(', ')}`,
    ...(rules.length > 0
      ? [
          `- Dolda efter regel: ${rules.map((rule) => `${RULE_NAMES[rule]} ${integer(hiddenByRule[rule])}`).join(', ')}`,
        ]
      : []),
    ...(waiting > 0 ? [`- Preliminära: ${integer(waiting)} tal väntar på en större ändring`] : []),
    `- Granskning: ${integer(audit.cells)} celler, ${integer(audit.equations)} ekvationer, ${integer(audit.suppressed)} dolda, ${integer(audit.unsafe)} osäkra`,
    '',
  ]
}

const integer = (value: number): string => formatNumber(value, 0)
