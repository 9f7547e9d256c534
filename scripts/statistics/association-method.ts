import { pearson } from '../../src/core/stats/correlation.ts'
import { dutilleul } from '../../src/core/stats/dutilleul.ts'
import { moranSpectralRandomisation } from '../../src/core/stats/moran-spectral-randomisation.ts'
import { spearman } from '../../src/core/stats/rank-correlation.ts'
import { UsageError } from '../publish/usage.ts'
import { readColumn } from './area-file.ts'
import { missingFinding, undefinedFinding, weightsOf, type AreaMethod } from './area-methods.ts'

/**
 * How two columns go together: Pearson's and Spearman's coefficients, the latter with Bonett and Wright's interval,
 * and two tests that take the likeness of neighbours into account, of the values as they are.
 */
export const associationMethod: AreaMethod = (areas, options) => {
  if (options.x === null || options.y === null)
    throw new UsageError('Ange två kolumner med tal: --x KOLUMN --y KOLUMN')
  const x = readColumn(areas, options.x)
  const y = readColumn(areas, options.y)
  const weights = weightsOf(areas, options)
  if (!x.value || !y.value || !weights.value)
    return { value: null, findings: [...x.findings, ...y.findings, ...weights.findings] }
  const linear = pearson(x.value, y.value)
  const ranked = spearman(x.value, y.value)
  const modified = dutilleul(x.value, y.value, areas.centroids, options.classes)
  const spectral = moranSpectralRandomisation(x.value, y.value, weights.value, options.plan)
  const isUntested = modified.ok && Number.isNaN(modified.value.p)
  const reasons = new Set([
    ...[linear, ranked, modified, spectral].flatMap((outcome) =>
      outcome.ok ? [] : [outcome.reason],
    ),
    ...(isUntested ? ['statistics-no-effective-areas' as const] : []),
  ])
  return {
    value: {
      pearson: linear.ok ? linear.value.r : null,
      spearman: ranked.ok ? ranked.value.r : null,
      spearmanInterval: ranked.ok
        ? [ranked.value.interval.lower, ranked.value.interval.upper]
        : [NaN, NaN],
      dutilleul: modified.ok
        ? {
            effectiveN: modified.value.effectiveN,
            r: modified.value.r,
            p: modified.value.p,
          }
        : { effectiveN: null, r: null, p: null },
      msr: { p: spectral.ok ? spectral.value.p : null },
    },
    findings: [
      ...missingFinding(
        areas,
        x.value.map((value, area) => value + y.value![area]!),
      ),
      ...[...reasons].map((reason) => undefinedFinding(areas, reason)),
    ],
  }
}
