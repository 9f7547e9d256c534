import type { AreaId } from '../../core/area.ts'
import type { IndicatorId } from '../../core/indicator.ts'
import type { Recipe, RecipePart } from '../../files/tables/mapping.ts'
import type { TableView } from './protocol.ts'

/** What an import leaves behind of the analyst's answers, so that the next file of its shape needs none. */
export interface Remembered {
  readonly recipe: Recipe
  readonly areaNames: Readonly<Record<string, AreaId | null>>
}

/** A recipe is called what its file was called. */
export const recipeName = (file: string): string =>
  file
    .split('/')
    .at(-1)!
    .replace(/\.[^.]+$/, '')

/** Names that were left out, remembered one by one. */
const MOST_LEFT_OUT = 200

/** Year, period and rows that were left out are of one file; all else is of its shape. */
export function recipeOf(
  { file, shape, answers, answeredAreas }: TableView,
  indicator: IndicatorId,
  part: RecipePart,
): Remembered {
  const isLeftOut = (text: string): boolean => (answers.areas[text] ?? null) === null
  // A file of other places is left out by the thousand; that is not worth remembering name by name.
  const areMany = answeredAreas.filter(isLeftOut).length > MOST_LEFT_OUT
  const areaNames = Object.fromEntries(
    answeredAreas
      .filter((text) => !areMany || !isLeftOut(text))
      .map((text) => [text, answers.areas[text] ?? null]),
  )
  return {
    recipe: {
      ...{ name: recipeName(file), shape, indicator, part },
      answers: {
        ...{ areas: areaNames, decimal: answers.decimal, roles: answers.roles },
        ...{ year: null, period: null, skippedRows: [] },
      },
    },
    areaNames,
  }
}
