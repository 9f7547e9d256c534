import type { Finding } from '../../src/core/finding.ts'
import { findingText } from '../../src/text/findings.ts'

const SEVERITIES = {
  error: 'Fel',
  question: 'Fråga',
  warning: 'Varning',
  note: 'Upplysning',
} as const

/** Prints findings, one line each: what was found, where, and what to do. Errors go to standard error. */
export function printFindings(findings: readonly Finding[]): void {
  for (const finding of findings) {
    const stream = finding.severity === 'error' ? process.stderr : process.stdout
    stream.write(`${SEVERITIES[finding.severity]}: ${findingText(finding)}\n`)
  }
}
