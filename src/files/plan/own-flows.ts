import type { DisclosedFlow } from '../../core/disclosure/disclosed-flow.ts'

/** An own flow with what was released of it before. */
export interface OwnFlow {
  readonly flow: DisclosedFlow
  /** Oldest first; shown nowhere, but somebody may have the figures still. */
  readonly earlier: readonly DisclosedFlow[]
}

/** A package's flows, and the analyst's own in place of those with their name. */
export function withOwnFlows(
  published: readonly DisclosedFlow[],
  own: readonly OwnFlow[],
): readonly DisclosedFlow[] {
  const ids = new Set(own.map(({ flow }) => flow.id))
  return [...published.filter(({ id }) => !ids.has(id)), ...own.map(({ flow }) => flow)]
}

/** Puts a flow above what was released of it before, last of all. */
export const withFlow = (flows: readonly OwnFlow[], flow: DisclosedFlow): readonly OwnFlow[] => {
  const before = flows.find((one) => one.flow.id === flow.id)
  return [
    ...flows.filter((one) => one !== before),
    { flow, earlier: before ? [...before.earlier, before.flow] : [] },
  ]
}
