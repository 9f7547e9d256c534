import { FLOW_STAGES, perStage, type RawFlow, type ReleasedFlow } from '../../core/case-flow.ts'
import type { Finding } from '../../core/finding.ts'
import { admitFlow, type DisclosedFlow } from '../../core/disclosure/disclosed-flow.ts'
import { kindOf } from '../../core/period.ts'
import {
  boolean,
  count,
  Fault,
  findingOf,
  identifier,
  is,
  list,
  name,
  oneOf,
  orNull,
  parseJson,
  record,
  text,
  unique,
  type Check,
} from '../package/json-shape.ts'
import { policy } from '../package/release-shape.ts'
import type { OwnFlow } from './own-flows.ts'

const month = is('period', (value) => typeof value === 'string' && kindOf(value) === 'month')
const period = is('period', (value) => typeof value === 'string' && kindOf(value) !== null)
const stage = oneOf(...FLOW_STAGES)

const FACTS = {
  id: identifier,
  title: name,
  stages: record(perStage(() => record({ name, meaning: text }))),
  targetGroup: text,
  policy,
  source: record({ title: name, publisher: text, section: text }),
  remarks: list(text),
  isExample: boolean,
}

/** One for each of the periods. */
const columns =
  (of: readonly unknown[], each: Check): Check =>
  (value, place) => {
    list(each)(value, place)
    if ((value as unknown[]).length !== of.length)
      throw new Fault('package-rows', place, (value as unknown[]).length, { expected: of.length })
  }

const rawCount: Check = (value, place) => {
  if (value !== null && value !== 'hidden') count(value, place)
}
const cell: Check = (value, place) => {
  if (value !== 'hidden' && value !== 'missing') count(value, place)
}

/** Flows as they are written by hand, before the gate. @throws Fault */
export function rawFlowsOf(stored: unknown): readonly RawFlow[] {
  list(record({ ...FACTS, months: list(month, 1) }))(stored, '')
  const flows = stored as readonly RawFlow[]
  flows.forEach(({ months }, at) =>
    record({
      counts: record(perStage(() => columns(months, rawCount))),
      totals: record(perStage(() => orNull(count))),
    })(flows[at], `[${at}]`),
  )
  unique(flows, '', ({ id }) => id)
  return flows
}

/** Released flows as they are stored: of the right shape, with no count that their policy hides. @throws Fault */
export function releasedFlowsOf(stored: unknown, place: string): readonly DisclosedFlow[] {
  const released = record({
    ...FACTS,
    periods: list(period, 1),
    derived: list(record({ stage, month })),
  })
  list(released)(stored, place)
  const flows = stored as readonly ReleasedFlow[]
  unique(flows, place, ({ id }) => id)
  return flows.map((flow, at) => {
    const own = columns(flow.periods, cell)
    record({
      cells: record(perStage(() => own)),
      left: record({ suitable: own, asked: own, begun: own }),
    })(flow, `${place}[${at}]`)
    unique(flow.periods, `${place}[${at}].periods`, (code) => code)
    try {
      return admitFlow(flow)
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      throw new Fault('released-too-small', `${place}[${at}] ${fault.message}`)
    }
  })
}

const MAXIMUM_CHARACTERS = 2_000_000

export type FlowsReading =
  | { readonly ok: true; readonly flows: readonly DisclosedFlow[] }
  | { readonly ok: false; readonly finding: Finding }

/** The flows of a package's file, whole or not at all. */
export function readFlows(text: string, file: string): FlowsReading {
  try {
    return { ok: true, flows: releasedFlowsOf(parseJson(text, MAXIMUM_CHARACTERS), '') }
  } catch (fault) {
    return { ok: false, finding: findingOf(fault, file) }
  }
}

/** The analyst's own flows as they are stored. @throws Fault */
export function ownFlowsOf(stored: unknown, place: string): readonly OwnFlow[] {
  list(record({}))(stored, place)
  const own = (stored as readonly OwnFlow[]).map(({ flow, earlier }, at): OwnFlow => ({
    flow: releasedFlowsOf([flow], `${place}[${at}].flow`)[0]!,
    earlier: listOfReleased(earlier, `${place}[${at}].earlier`),
  }))
  unique(own, place, ({ flow }) => flow.id)
  return own
}

/** Releases of one flow, which share its name. */
function listOfReleased(stored: unknown, place: string): readonly DisclosedFlow[] {
  list(record({}))(stored, place)
  return (stored as readonly unknown[]).map(
    (one, at) => releasedFlowsOf([one], `${place}[${at}]`)[0]!,
  )
}
