/** Ranks from 1, ties share their mean rank. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, index) => index).sort((i, j) => values[i]! - values[j]!)
  const result = new Float64Array(values.length)
  for (let start = 0; start < order.length;) {
    let end = start
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++
    for (let index = start; index <= end; index++) result[order[index]!] = (start + end) / 2 + 1
    start = end + 1
  }
  return result
}

/** Pearson's correlation; 0 where either side does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length
  let meanX = 0
  let meanY = 0
  for (let index = 0; index < n; index++) {
    meanX += x[index]! / n
    meanY += y[index]! / n
  }
  let covariance = 0
  let varianceX = 0
  let varianceY = 0
  for (let index = 0; index < n; index++) {
    const dx = x[index]! - meanX
    const dy = y[index]! - meanY
    covariance += dx * dy
    varianceX += dx * dx
    varianceY += dy * dy
  }
  return varianceX > 0 && varianceY > 0 ? covariance / Math.sqrt(varianceX * varianceY) : 0
}

/** Spearman's rank correlation over the places where both have a finite value. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const both = Array.from(x, (_, index) => index).filter(
    (index) => Number.isFinite(x[index]) && Number.isFinite(y[index]),
  )
  const pick = (values: ArrayLike<number>): number[] => both.map((index) => values[index]!)
  return correlation(ranks(pick(x)), ranks(pick(y)))
}
