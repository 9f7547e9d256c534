import type { Browser } from '@playwright/test'
import { countTransfers, type Transfer } from './counting-proxy.ts'
import { single, summarised, type Measurement } from './measurement.ts'
import { PageUnderTest } from './page-under-test.ts'

/** JavaScript and CSS before the first map, gzip: the budget of stack and issue. */
const SCRIPT_BUDGET_KILOBYTES = 600

/** What is sent before the first map, gzip, by kind of file. */
export async function measureTransfers(
  browser: Browser,
  url: string,
  group: string,
): Promise<Measurement[]> {
  const proxy = await countTransfers(url)
  const page = await PageUnderTest.open(browser, proxy.url)
  try {
    const { at } = await page.mark('first-map')
    // What was asked for before may still be under way.
    await page.mark('engine-ready')
    const before = proxy.transfers.filter(({ askedAt }) => askedAt <= at)
    const kilobytes = (kind: Kind): number =>
      before
        .filter((transfer) => kindOf(transfer) === kind)
        .reduce((sum, { bytes }) => sum + bytes, 0) / 1000
    return [
      single(group, 'JavaScript and CSS, gzip', 'kB', kilobytes('script'), {
        of: 'median',
        most: SCRIPT_BUDGET_KILOBYTES,
      }),
      single(group, 'HTML, gzip', 'kB', kilobytes('page')),
      single(group, 'fonts', 'kB', kilobytes('font')),
      single(group, 'data, gzip', 'kB', kilobytes('data')),
      single(group, 'other', 'kB', kilobytes('other')),
    ]
  } finally {
    await page.close()
    await proxy.close()
  }
}

type Kind = 'script' | 'page' | 'font' | 'data' | 'other'

function kindOf({ path, mediaType }: Transfer): Kind {
  if (mediaType === 'text/javascript' || mediaType === 'text/css') return 'script'
  if (mediaType === 'text/html') return 'page'
  if (mediaType.startsWith('font/')) return 'font'
  return path.startsWith('package/') ? 'data' : 'other'
}

/** Times from navigation to the first map and to a running DuckDB, each load with nothing kept from before. */
export async function measureColdLoads(
  browser: Browser,
  url: string,
  group: string,
  loads: number,
): Promise<Measurement[]> {
  const firstMap: number[] = []
  const engineReady: number[] = []
  for (let load = 0; load < loads; load++) {
    const page = await PageUnderTest.open(browser, url)
    try {
      firstMap.push((await page.mark('first-map')).sinceStart)
      engineReady.push((await page.mark('engine-ready')).sinceStart)
    } finally {
      await page.close()
    }
  }
  return [
    summarised(group, 'first map on screen', 'ms', firstMap),
    summarised(group, 'DuckDB ready', 'ms', engineReady),
  ]
}
