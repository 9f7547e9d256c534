import os from 'node:os'
import { isWithinBudget, type Measurement } from './measurement.ts'

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memoryGigabytes: number
  readonly system: string
  readonly node: string
  readonly chromium: string
  /** Processes waiting for a core during the minute before, when it began: far above 0, the figures are high. */
  readonly loadAtStart: number
}

export const machine = (chromium: string, loadAtStart: number): Machine => ({
  cores: os.availableParallelism(),
  processor: os.cpus()[0]?.model.trim() ?? 'unknown',
  memoryGigabytes: Math.round(os.totalmem() / 1e9),
  system: `${os.type()} ${os.release()}`,
  node: process.version,
  chromium,
  loadAtStart,
})

/** The report as text: the machine, then one table. */
export function reportText(on: Machine, measurements: readonly Measurement[]): string {
  const lines = [
    `${on.cores} cores (${on.processor}), ${on.memoryGigabytes} GB, ${on.system}`,
    `Node ${on.node}, Chromium ${on.chromium}, WebGL in software, load at start ${on.loadAtStart.toFixed(1)}`,
  ]
  const width = Math.max(...measurements.map(({ name }) => name.length)) + 2
  let group = ''
  for (const measurement of measurements) {
    if (measurement.group !== group) {
      group = measurement.group
      const columns = ['median', 'p95', 'n'].map((column, index) =>
        column.padStart(index < 2 ? 10 : 9),
      )
      lines.push('', group.padEnd(width + 2) + columns.join(''))
    }
    lines.push(lineOf(measurement, width))
  }
  const missed = measurements.filter((measurement) => isWithinBudget(measurement) === false)
  const budgets = measurements.filter(({ budget }) => budget).length
  lines.push('', `${budgets - missed.length} of ${budgets} budgets met`)
  for (const { group, name } of missed) lines.push(`  missed: ${group}: ${name}`)
  return lines.join('\n')
}

function lineOf(measurement: Measurement, width: number): string {
  const { name, unit, median, p95, repetitions, budget } = measurement
  const met = isWithinBudget(measurement)
  const verdict =
    budget === null
      ? ''
      : `  ${met === true ? 'met' : 'NOT MET'} (${budget.of} at most ${figure(budget.most)} ${unit})`
  return (
    `  ${name.padEnd(width)}` +
    figure(median).padStart(10) +
    (p95 === null ? '' : figure(p95)).padStart(10) +
    String(repetitions).padStart(9) +
    `  ${unit.padEnd(2)}` +
    verdict
  ).trimEnd()
}

const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
