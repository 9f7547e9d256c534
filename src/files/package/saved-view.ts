import { is, list, name, record, text } from './json-shape.ts'

/** A view that the analyst keeps for a meeting: where it is, and what it said when it was saved. */
export interface SavedView {
  /** The address within the page, "#/korsa?…", with its release. Holds no figure. */
  readonly address: string
  readonly title: string
  /** What it is of: "Skadegörelse × trångboddhet, per RegSO, 2025". */
  readonly detail: string
  /** ISO instant. */
  readonly savedAt: string
}

const savedViews = list(
  record({
    // It becomes a link, which must not lead anywhere else.
    address: is('address', (value) => typeof value === 'string' && value.startsWith('#/')),
    ...{ title: name, detail: text },
    savedAt: is('date', (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))),
  }),
)

/** Saved views as they are stored. @throws Fault */
export function viewsOf(stored: unknown, place: string): readonly SavedView[] {
  savedViews(stored, place)
  return stored as readonly SavedView[]
}

/** Saves a view last; one of the same address is saved anew. */
export const withView = (views: readonly SavedView[], view: SavedView): readonly SavedView[] => [
  ...withoutView(views, view.address),
  view,
]

export const withoutView = (
  views: readonly SavedView[],
  address: SavedView['address'],
): readonly SavedView[] => views.filter((view) => view.address !== address)
