import type { FollowUp, InterventionId } from '../../../core/plan.ts'
import type { PeriodCode } from '../../../core/period.ts'
import { followUpKey } from '../../../core/follow-up.ts'
import type { DraftStore } from '../../../storage/browser-drafts.ts'
import { readForm, type FollowUpForm, type MeasureRow } from '../../../views/plan/follow-up-form.ts'
import { Drafts } from '../briefing/drafts.svelte.ts'

interface Typed {
  readonly form: FollowUpForm
  /** Records that the form was begun above or has written: while what is stored is one of them, the form holds. */
  readonly known: readonly string[]
}

/** As many as are written while one is stored. */
const KNOWN_MOST = 60

/** What a record says, to be compared. */
const saidBy = (record: FollowUp | null): string =>
  record === null
    ? ''
    : JSON.stringify([
        ...[record.status, record.reading, record.comment, record.date],
        record.measures.map(({ name, value, unit }) => [name, value, unit]),
      ])

/**
 * Follow-ups as they are being typed, by intervention and half-year. A form stands as it was typed until what is stored
 * becomes something else than it wrote; what is not yet a record is kept by the browser, so that a reload finds it.
 */
export class FollowUpDrafts {
  private typed = $state.raw<ReadonlyMap<string, Typed>>(new Map())
  private readonly writing = new Drafts()

  constructor(
    private readonly store: DraftStore,
    private readonly save: (key: string, form: FollowUpForm) => Promise<void>,
  ) {
    for (const [key, words] of store.read()) {
      this.take(key, words)
      this.writing.type(key, words, () => this.write(key))
    }
  }

  /** Follows what another tab types. @returns what ends it */
  watch(): () => void {
    return this.store.watch((key, words) => this.take(key, words))
  }

  /** What stands in a form; null where nothing is typed above what is stored. */
  of(key: string, stored: FollowUp | null): FollowUpForm | null {
    const one = this.typed.get(key)
    return one && (one.known.length === 0 || one.known.includes(saidBy(stored))) ? one.form : null
  }

  /** Interventions with something that is no record, in a half-year. */
  unsaved(halfYear: PeriodCode): ReadonlySet<InterventionId> {
    const own = [...this.typed].flatMap(([key, { form }]) => {
      const [intervention, of] = keyParts(key)
      return of === halfYear && readForm(form).isUnsaved ? [intervention] : []
    })
    return new Set(own)
  }

  type(key: string, form: FollowUpForm, stored: FollowUp | null): void {
    const before = this.typed.get(key)?.known ?? []
    const own = saidBy(recordOf(key, form))
    const known = [...before, ...(before.length === 0 ? [saidBy(stored)] : []), own]
    this.set(key, { form, known: [...new Set(known)].slice(-KNOWN_MOST) })
    this.store.write(key, JSON.stringify(form))
    this.writing.type(key, JSON.stringify(form), () => this.write(key))
  }

  /** Forgets what is typed of records that have become others since: read from a file, or changed in another tab. */
  settle(storedOf: (intervention: InterventionId, halfYear: PeriodCode) => FollowUp | null): void {
    for (const [key, { form, known }] of this.typed) {
      const stored = saidBy(storedOf(...keyParts(key)))
      if (known.length === 0) this.set(key, { form, known: [stored, saidBy(recordOf(key, form))] })
      else if (!known.includes(stored)) this.drop(key)
    }
  }

  /** Forgets what is typed above what is stored. */
  drop(key: string): void {
    this.store.write(key, null)
    this.set(key, null)
  }

  private async write(key: string): Promise<void> {
    const form = this.typed.get(key)?.form
    if (!form) return
    await this.save(key, form)
    if (this.typed.get(key)?.form === form && !readForm(form).isUnsaved) this.store.write(key, null)
  }

  private take(key: string, words: string | null): void {
    const form = words === null ? null : formIn(words)
    this.set(key, form && { form, known: [] })
  }

  private set(key: string, one: Typed | null): void {
    const next = new Map(this.typed)
    if (one) next.set(key, one)
    else next.delete(key)
    this.typed = next
  }
}

/** What is right of a form, as a record; null while it has no status. */
export function recordOf(key: string, form: FollowUpForm): FollowUp | null {
  const [intervention, halfYear] = keyParts(key)
  const { record } = readForm(form)
  return record && { ...record, intervention, halfYear, lines: null }
}

const keyParts = (key: string): readonly [InterventionId, PeriodCode] => {
  const [intervention = '', halfYear = ''] = key.split(' ')
  return [intervention, halfYear]
}

export const draftKey = (intervention: InterventionId, halfYear: PeriodCode): string =>
  followUpKey({ intervention, halfYear })

/** A form as it was kept; null where it is none. */
function formIn(words: string): FollowUpForm | null {
  try {
    const { status, reading, measures, comment, date } = JSON.parse(words) as FollowUpForm
    const isRow = ({ name, value, unit }: MeasureRow): boolean =>
      [name, value, unit].every((part) => typeof part === 'string')
    return measures.every(isRow) && [comment, date].every((part) => typeof part === 'string')
      ? { status, reading, measures, comment, date }
      : null
  } catch {
    return null
  }
}
