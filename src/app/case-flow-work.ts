import {
  flowPeriods,
  FLOW_PERIOD_CHAIN,
  perStage,
  type FlowPeriodKind,
  type RawFlow,
} from '../core/case-flow.ts'
import {
  discloseFlow,
  discloseFlowFinest,
  type FlowDisclosure,
} from '../core/disclosure/case-flow.ts'
import type { DisclosedFlow } from '../core/disclosure/disclosed-flow.ts'
import type { Finding } from '../core/finding.ts'
import type { DisclosurePolicy } from '../core/indicator.ts'
import { readSheets } from '../files/formats/read-sheets.ts'
import { readFlowSheet, type FlowSheet } from '../files/plan/case-flow-sheet.ts'
import { caseFlowText } from '../text/case-flow.ts'
import { periodInWords } from '../text/format.ts'

/** A file of a flow, and what is told of it. Nothing but what the gate lets through comes back. */
export interface CaseFlowRequest {
  readonly name: string
  readonly bytes: Uint8Array
  readonly id: string
  readonly title: string
  readonly source: string
  readonly policy: DisclosurePolicy
  /** auto: the finest that leaves most counts shown. */
  readonly finest: FlowPeriodKind | 'auto'
  /** What was released of the same flow, oldest first. */
  readonly earlier: readonly DisclosedFlow[]
}

export interface CaseFlowReading {
  /** Null where there is an error. */
  readonly flow: DisclosedFlow | null
  readonly findings: readonly Finding[]
}

/** Reads a flow's sheet, xlsx, ods or text with separators, and takes it through the gate. */
export async function doCaseFlowWork(request: CaseFlowRequest): Promise<CaseFlowReading> {
  const { name, bytes, earlier, finest } = request
  const { grids, findings: faults } = await readSheets(name, bytes)
  if (faults.some(({ severity }) => severity === 'error')) return { flow: null, findings: faults }
  const { sheet, findings } = readFlowSheet(name, grids)
  if (!sheet) return { flow: null, findings }
  const raw = rawFlow(request, sheet)
  const chain = finest === 'auto' ? FLOW_PERIOD_CHAIN : [finest]
  if (!chain.some((kind) => flowPeriods(raw.months, kind).length > 0))
    return { flow: null, findings: [...findings, found(name, 'error', 'flow-no-period')] }
  const solver =
    earlier.length > 0 ? await (await import('../solver/highs.ts')).createSolver() : null
  const release = { earlier, solver }
  const outcome =
    finest === 'auto' ? discloseFlowFinest(raw, release) : discloseFlow(raw, { ...release, finest })
  return {
    flow: outcome.ok ? outcome.flow : null,
    findings: [...findings, ...findingsOf(outcome, raw, name)],
  }
}

const rawFlow = (
  { id, title, source, policy }: CaseFlowRequest,
  { names, months, counts, totals }: FlowSheet,
): RawFlow => ({
  ...{ id, title, policy, months, counts, totals },
  stages: perStage((stage) => ({
    name: names[stage] ?? caseFlowText.stages[stage].name,
    meaning: caseFlowText.stages[stage].meaning,
  })),
  targetGroup: '',
  source: { title: source, publisher: '', section: '' },
  ...{ remarks: [], isExample: false },
})

function findingsOf(
  outcome: FlowDisclosure,
  { stages }: RawFlow,
  name: string,
): readonly Finding[] {
  if (!outcome.ok)
    return [
      {
        ...found(name, 'error', outcome.why === 'unsafe' ? 'flow-unsafe' : 'flow-unsettled'),
        parameters: { count: outcome.count },
      },
    ]
  const { flow, waiting, contradictions } = outcome
  return [
    ...contradictions.map(({ stage, said, found: sum }) => ({
      ...found(name, 'warning', 'flow-total'),
      ...{ text: stages[stage].name, parameters: { said, found: sum } },
    })),
    ...flow.derived.map(({ stage, month }) => ({
      ...found(name, 'note', 'flow-derived'),
      ...{ text: stages[stage].name, parameters: { month: periodInWords(month) } },
    })),
    ...(waiting > 0
      ? [{ ...found(name, 'warning', 'flow-waiting'), parameters: { count: waiting } }]
      : []),
  ]
}

const found = (file: string, severity: Finding['severity'], code: string): Finding => ({
  ...{ severity, code, file, row: null, column: null, text: null },
})
