import { lowerFirst } from '../../text/format.ts'
import { caseFlowText } from '../../text/case-flow.ts'
import { stepsInWords, type FlowView } from '../plan/case-flow.ts'
import type { SlideContent } from './slide-content.ts'

/** A flow of cases on a slide: its steps as columns, and what they do not say. */
export function flowSlide(view: FlowView): SlideContent {
  const { flow, steps, periodText, claim, wentOn, facts, derivedNote } = view
  const text = caseFlowText
  const { title, publisher, section } = flow.source
  const { isExample } = flow
  return {
    ...{ format: 1, view: 'plan', isCrossed: false, synthetic: false, definitions: [] },
    // Of another municipality: its name must not be missed.
    claim: isExample ? `${flow.title}: ${lowerFirst(claim)}` : claim,
    blocks: [
      {
        ...{ kind: 'bars', id: 'individflode', form: 'columns', title: text.slide.caption },
        alternative: stepsInWords(steps),
        unitText: text.slide.unit,
        categoryHead: text.slide.stepHead,
        categories: steps.map(({ name }) => name),
        series: [{ name: text.slide.series, figures: steps.map(({ figure }) => figure) }],
        periodText,
        note: '',
      },
      ...(wentOn === ''
        ? []
        : [
            {
              ...({ kind: 'text', voice: 'figures', heading: null } as const),
              paragraphs: [wentOn],
            },
          ]),
      { ...{ kind: 'text', voice: 'caveat', heading: null }, paragraphs: [text.notEffect] },
    ],
    foot: text.slide.foot(flow.title, periodText, text.facts.source(title, publisher, section)),
    notes: [...steps.map(({ name, meaning }) => `${name}: ${meaning}`), ...facts, text.notSame]
      .concat(derivedNote === '' ? [] : [derivedNote])
      .concat(text.facts.keptApart),
  }
}
