import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FollowUp } from '../../src/core/plan.ts'
import type { DraftStore } from '../../src/storage/browser-drafts.ts'
import { FollowUpDrafts, recordOf } from '../../src/ui/parts/plan/follow-up-drafts.svelte.ts'
import type { FollowUpForm } from '../../src/views/plan/follow-up-form.ts'

const KEYS = ['kraft 2024-H2', 'afterschool 2024-H2'] as const
const form = (comment: string, status: FollowUpForm['status'] = 'pagaende'): FollowUpForm => ({
  ...{ status, reading: null, measures: [], comment, date: '2024-12-01' },
})

/** A browser: what it keeps of words, what is stored of records, and pages that come and go. */
class Browser {
  readonly kept = new Map<string, string>()
  readonly stored = new Map<string, FollowUp>()
  drafts = this.page()

  private page(): FollowUpDrafts {
    const store: DraftStore = {
      read: () => new Map(this.kept),
      write: (key, words) =>
        void (words === null ? this.kept.delete(key) : this.kept.set(key, words)),
      watch: () => () => undefined,
    }
    let isGone = false
    this.leave = () => (isGone = true)
    return new FollowUpDrafts(store, async (key, one) => {
      await new Promise((resolve) => setTimeout(resolve))
      const record = recordOf(key, one)
      if (record && !isGone) this.stored.set(key, record)
    })
  }
  private leave = (): unknown => undefined

  reload(): void {
    this.leave()
    this.drafts = this.page()
    this.settle()
  }
  settle(): void {
    this.drafts.settle((id, halfYear) => this.stored.get(`${id} ${halfYear}`) ?? null)
  }
  type(key: string, one: FollowUpForm): void {
    this.drafts.type(key, one, this.stored.get(key) ?? null)
  }
  shown(key: string): FollowUpForm | null {
    return this.drafts.of(key, this.stored.get(key) ?? null)
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 15))

describe('what is typed of a follow-up', () => {
  it('is never lost, whatever is typed where and whenever the page is loaded anew', async () => {
    const step = fc.oneof(
      fc.record({ key: fc.constantFrom(...KEYS), words: fc.string({ maxLength: 6 }) }),
      fc.constantFrom('reload' as const, 'wait' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const browser = new Browser()
        const last = new Map<string, string>()
        for (const one of steps)
          if (one === 'reload') browser.reload()
          else if (one === 'wait') {
            await rest()
            browser.settle()
          } else {
            browser.type(one.key, form(one.words))
            last.set(one.key, one.words)
            expect(browser.shown(one.key)?.comment).toBe(one.words)
          }
        await rest()
        browser.settle()
        for (const [key, words] of last) expect(browser.stored.get(key)?.comment).toBe(words)
        expect(browser.kept.size).toBe(0)
      }),
      { numRuns: 40, seed: 7 },
    )
  })

  it('stays in the browser while it has no status, and is no record', async () => {
    const browser = new Browser()
    browser.type(KEYS[0], form('Halva', null))
    await rest()
    browser.reload()
    await rest()
    expect(browser.stored.size).toBe(0)
    expect(browser.shown(KEYS[0])?.comment).toBe('Halva')
    expect(browser.drafts.unsaved('2024-H2')).toEqual(new Set(['kraft']))
    expect(browser.drafts.unsaved('2024-H1').size).toBe(0)
    browser.type(KEYS[0], form('Halva och hel'))
    await rest()
    expect(browser.stored.get(KEYS[0])?.comment).toBe('Halva och hel')
    expect(browser.kept.size).toBe(0)
  })

  it('gives way to a record that became another one elsewhere, and never writes over it', async () => {
    const browser = new Browser()
    browser.type(KEYS[0], {
      ...form('Vår'),
      measures: [{ name: 'a', value: 'x', unit: '', isTold: true }],
    })
    await rest()
    browser.settle()
    expect(browser.kept.size).toBe(1)
    browser.stored.set(KEYS[0], recordOf(KEYS[0], form('Ur filen'))!)
    expect(browser.shown(KEYS[0])).toBeNull()
    browser.settle()
    browser.reload()
    await rest()
    expect(browser.shown(KEYS[0])).toBeNull()
    expect(browser.stored.get(KEYS[0])?.comment).toBe('Ur filen')
  })
})
