import { crossTableKey } from '../../core/cross-plan.ts'
import { nearestPeriod } from '../../core/nearest-period.ts'
import { comparePeriods } from '../../core/period.ts'
import { figureOfPlace, type Place } from '../../core/place.ts'
import { sliceAt } from '../../core/released-slice.ts'
import { periodInWords } from '../../text/format.ts'
import { profileText } from '../../text/profile.ts'
import type { ReportBars } from '../report.ts'
import type { ProfileQuestion } from './profile-question.ts'
import { figureText, reportFigure } from '../report-figure.ts'

/**
 * Who lives in a place: inhabitants by age, women and men apart where the figures are.
 * @returns null where the package has no inhabitants by age at the place's level
 */
export function profilePopulation(question: ProfileQuestion, place: Place): ReportBars | null {
  const { source, choice, tables } = question
  const words = profileText.population
  const ages = source.indicators
    .flatMap((indicator) => {
      const table = tables.get(crossTableKey(indicator.id, place.level))
      return indicator.ages && table ? [{ indicator, table, ages: indicator.ages }] : []
    })
    .toSorted((a, b) => a.ages.from - b.ages.from)
  const [first] = ages
  if (!first) return null
  const period =
    choice.period === null
      ? first.table.periods.toSorted(comparePeriods).at(-1)!
      : nearestPeriod(choice.period, first.table.periods)
  if (period === null) return null
  const known = ages.filter(({ table }) => table.periods.includes(period))
  const sexes = (['K', 'M'] as const).filter((sex) => first.table.sexes.includes(sex))
  const chosen = choice.sex === 'T' ? sexes : sexes.filter((sex) => sex === choice.sex)
  const names = { K: words.women, M: words.men, T: words.all }
  const series = (chosen.length > 0 ? chosen : (['T'] as const)).map((sex) => ({
    name: names[sex],
    figures: known.map(({ indicator, table }) =>
      reportFigure(
        figureOfPlace(sliceAt(table, sex, period)!, indicator, place.areas).cell,
        indicator,
      ),
    ),
  }))
  const categories = known.map(({ ages: { from, to } }) => words.ages(from, to))
  return {
    ...{ kind: 'bars', id: 'befolkning', form: 'pyramid', title: words.title, categories, series },
    alternative: words.alternative(
      place.name,
      periodInWords(period),
      categories.map((category, at) =>
        words.part(
          category,
          series.map(({ name, figures }) => ({ name, text: figureText(figures[at]!) })),
        ),
      ),
    ),
    ...{ unitText: words.unit, categoryHead: words.head, periodText: periodInWords(period) },
    note: '',
  }
}
