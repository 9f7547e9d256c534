import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { effortsOf, type ActivityPlan } from '../../src/core/plan.ts'
import { DEFAULT_VIEW_STATE, type ViewState } from '../../src/core/view-state.ts'
import { recordsOf } from '../../src/exports/report/records.ts'
import { reportHtml } from '../../src/exports/report/html.ts'
import { briefingsOf } from '../../src/files/package/briefing-shape.ts'
import { briefingReport } from '../../src/views/briefing/briefing-report.ts'
import { newSlide } from '../../src/views/briefing/briefing.ts'
import { planSlide } from '../../src/views/briefing/plan-slide.ts'
import { shownSlide } from '../../src/views/briefing/shown-slide.ts'
import { figuresOf } from '../../src/views/briefing/slide-content.ts'

const plan = JSON.parse(readFileSync('data/plan/plan.json', 'utf8')) as ActivityPlan
const DAY = '2026-11-23'
const slideOf = (asked: Partial<ViewState>) =>
  planSlide(plan, { ...DEFAULT_VIEW_STATE, page: 'insatser', ...asked }, DAY)
const headingsOf = (content: ReturnType<typeof slideOf>) =>
  content.blocks.flatMap((block) =>
    block.kind === 'list' ? block.groups.map(({ heading }) => heading) : [],
  )

describe('the plan on a slide', () => {
  it('counts the efforts that meet each focus problem, each once, by hand', () => {
    const content = slideOf({})
    const counted = figuresOf(content).map(({ name, figure }) => [
      name,
      figure.kind === 'value' && figure.value,
    ])
    for (const { id } of plan.focusProblems) {
      const own = effortsOf(plan).filter(({ intervention, alsoToldBy }) =>
        [intervention, ...alsoToldBy].some(({ focusProblems }) =>
          focusProblems.some((one) => one.id === id),
        ),
      )
      expect(counted).toContainEqual([
        expect.stringMatching(new RegExp(`^${id}$`, 'i')),
        own.length,
      ])
    }
    expect(counted).toHaveLength(plan.focusProblems.length)
    expect(content.claim).toMatch(/^44.insatser/)
  })

  it('names those of a chosen cell, and says what it does not measure and where it is from', () => {
    const content = slideOf({ planCell: ['skolmisslyckande', 'universell'] })
    expect(content.claim).toBe('4 insatser i planen: Skolmisslyckande, universell')
    expect(headingsOf(content)).toHaveLength(4)
    for (const heading of headingsOf(content)) {
      const title = heading.replace(/ \([^()]*\)$/, '')
      const found = plan.interventions.find((one) => one.title === title)!
      expect(found.levels).toContain('universell')
    }
    const told = JSON.stringify(content.blocks)
    expect(told).toContain('Insats räknas som närvaro, inte som storlek')
    expect(content.foot).toContain(plan.source.title)
    expect(content.synthetic).toBe(false)
  })

  it('goes into files and stored lägesbilder like any other', () => {
    const content = slideOf({})
    const slide = newSlide({ id: 'a', kind: 'view', address: '#/insatser' })
    const briefing = {
      ...{ id: 'b', title: 'L', author: '', periodText: '', minutes: 20, slides: [slide] },
      changedAt: `${DAY}T09:00:00.000Z`,
    }
    const report = briefingReport(briefing, [shownSlide(slide, content, '')], {
      release: { id: 'R', notes: [], sources: [], synthetic: false } as never,
      date: DAY,
    })
    expect(recordsOf(report).map(({ whose }) => whose)).toEqual(
      figuresOf(content).map(({ name }) => name),
    )
    expect(reportHtml(report, { colour: () => '#123456', fontFace: '' })).toContain(content.claim)
    const fixed = {
      ...{ fixedAt: briefing.changedAt, by: 'A', release: 'R', checksum: 'a'.repeat(64) },
      ...{ title: 'T', words: '', content },
    }
    const stored = [{ ...briefing, slides: [{ ...slide, fixed }] }]
    expect(briefingsOf(JSON.parse(JSON.stringify(stored)), '')).toEqual(stored)
  })
})
