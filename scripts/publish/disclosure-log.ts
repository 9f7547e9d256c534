import type { DisclosureLog, IndicatorLog } from '../../src/core/disclosure/log.ts'
import type { AreaRegister } from '../../src/core/area.ts'
import { DISCLOSURE_LOG_FILE, READABLE_LOG_FILE } from '../../src/files/package/disclosure-log.ts'
import {
  ADVICE_HEADING,
  adviceText,
  ALL_PUBLIC,
  auditText,
  CHECKSUMS_MEAN,
  CONTROL_IN_SHORT,
  FLOWS_HEADING,
  flowText,
  incidentsText,
  isGuarded,
  METHOD_NAMES,
  NO_EARLIER,
  planText,
  rulesOfPolicyText,
  rulesText,
  SIGNED_MEANS,
  signedText,
  statusesText,
  waitingText,
} from '../../src/text/disclosure-log.ts'
import { formatDate } from '../../src/text/format.ts'
import { policyText } from '../../src/text/policy.ts'
import { sv } from '../../src/text/sv.ts'
import { sha256 } from './checksum.ts'
import type { PackageFiles } from './package-source.ts'

/** What a log says besides what follows from the package's other files. */
export type LogContent = Omit<DisclosureLog, 'format' | 'levels' | 'files'>

/**
 * The log's two files, for programs and for readers, about all files that are there. The same release gives the same
 * bytes: nothing in them is about the making.
 * @param files all but the package's own description
 */
export function logFiles(
  { release, indicators, incidents, flows, earlier, signed }: LogContent,
  { levels }: AreaRegister,
  files: PackageFiles,
): PackageFiles {
  const log: DisclosureLog = {
    format: 1,
    release,
    levels: levels
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ id, singular }) => ({ id, singular })),
    ...{ indicators, incidents, ...(flows?.length ? { flows } : {}), earlier, signed },
    files: Object.fromEntries([...files].map(([path, text]) => [path, sha256(text)])),
  }
  return new Map([
    [READABLE_LOG_FILE, readableLog(log)],
    [DISCLOSURE_LOG_FILE, JSON.stringify(log, null, 2) + '\n'],
  ])
}

function readableLog(log: DisclosureLog): string {
  const { release, indicators, earlier, files } = log
  return [
    `# Röjandekontroll: ${release.title}`,
    '',
    `Utgåva ${release.id}, ${formatDate(release.date)}.${release.synthetic ? ` **${sv.synthetic}**: siffrorna är påhittade, men har gått genom samma kontroll som riktiga.` : ''}`,
    '',
    `${signedText(log)} ${SIGNED_MEANS}`,
    '',
    '## Vad som har gjorts',
    '',
    ...(isGuarded(log) ? [CONTROL_IN_SHORT.join(' ')] : [ALL_PUBLIC]),
    '',
    ...(earlier.length === 0
      ? [`Tidigare utgåvor: ${NO_EARLIER.toLowerCase()}`]
      : [
          'Tidigare utgåvor som har vägts in, äldst först:',
          ...earlier.map(({ folder, sha256 }) => `- ${folder} (observations.csv \`${sha256}\`)`),
        ]),
    '',
    '## Indikatorer',
    '',
    ...indicators.flatMap((indicator) => describeIndicator(indicator, log)),
    ...describeIncidents(log),
    ...describeFlows(log),
    '## Kontrollsummor (SHA-256)',
    '',
    '| fil | SHA-256 |',
    '| --- | --- |',
    ...Object.entries(files).map(([path, sum]) => `| ${path} | \`${sum}\` |`),
    '',
    CHECKSUMS_MEAN,
    '',
  ].join('\n')
}

function describeIndicator(own: IndicatorLog, log: DisclosureLog): string[] {
  const { name, indicator, policy, audit, method, advice } = own
  const isTried = policy.kind === 'person' || policy.kind === 'survey'
  const waiting = waitingText(own)
  return [
    `### ${name} (\`${indicator}\`)`,
    '',
    `- Regler: ${rulesOfPolicyText(own)}`,
    `- Plan: ${planText(own, log)}`,
    `- Celler: ${statusesText(own)}`,
    ...(isTried
      ? [
          `- Dolda celler efter regel: ${rulesText(own)}`,
          `- Granskning: ${auditText(own)}${audit.suppressed > 0 ? `; valda med ${METHOD_NAMES[method]}` : ''}`,
        ]
      : []),
    ...(waiting ? [`- Preliminära: ${waiting}`] : []),
    ...(advice.length > 0
      ? [`- ${ADVICE_HEADING}:`, ...advice.map((step) => `  - ${adviceText(step, own, log)}`)]
      : []),
    '',
  ]
}

function describeIncidents({ incidents }: DisclosureLog): string[] {
  if (!incidents) return []
  return [
    '## Händelser',
    '',
    incidentsText(incidents),
    '',
    ...incidents.categories.map(
      ({ name, policy }) => `- ${name}: ${policyText({ policy, denominatorName: null }).join(' ')}`,
    ),
    '',
  ]
}

const describeFlows = ({ flows = [] }: DisclosureLog): string[] =>
  flows.length === 0
    ? []
    : [`## ${FLOWS_HEADING}`, '', ...flows.map((flow) => `- ${flow.title}: ${flowText(flow)}`), '']
