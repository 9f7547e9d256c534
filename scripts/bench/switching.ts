import type { Browser } from '@playwright/test'
import { single, summarised, type Measurement } from './measurement.ts'
import { browserMegabytes } from './memory.ts'
import { PageUnderTest, type SwitchTime } from './page-under-test.ts'

export interface SwitchingPlan {
  readonly group: string
  /** The app's address with the hash that it opens on: a map of the first indicator. */
  readonly url: string
  /** Chosen in turn, in this order. */
  readonly indicators: readonly string[]
  /** How many switches of each kind are timed, after some that are not. */
  readonly indicatorSwitches: number
  readonly periodSwitches: number
  /** Milliseconds of compute at the 95th percentile. */
  readonly budget: number
  /** Takes a profile of the switches, for whoever looks for the time; null for none, and then times are truer. */
  readonly profile: ((name: string, profile: unknown) => Promise<void>) | null
}

/** Prime to 8 years and to 96 months: every period comes, none after its neighbour. */
const PERIOD_STRIDE = 5
const WARM_UPS = 8

/** Times indicator and period switches as the user makes them, and the most memory seen meanwhile. */
export async function measureSwitching(
  browser: Browser,
  plan: SwitchingPlan,
): Promise<Measurement[]> {
  const page = await PageUnderTest.open(browser, plan.url, 'block')
  try {
    await page.mark('engine-ready')
    await page.waitForQuietNet()
    const watch = new MemoryWatch(browser, page)
    const chooseIndicator = async (turn: number): Promise<Switch> => {
      await page.openPicker()
      const id = plan.indicators[turn % plan.indicators.length]!
      return switched(page, () => page.chooseIndicator(id))
    }
    const periods = await page.periodCount()
    const choosePeriod = (turn: number): Promise<Switch> =>
      switched(page, () => page.choosePeriod((turn * PERIOD_STRIDE) % periods))
    const run = async (
      count: number,
      choose: (turn: number) => Promise<Switch>,
    ): Promise<Switch[]> => {
      const switches: Switch[] = []
      for (let turn = 1; turn <= count; turn++) {
        switches.push(await choose(turn))
        if (turn % 10 === 0) await watch.look()
      }
      return switches
    }

    await run(WARM_UPS, choosePeriod)
    const periodSwitches = await profiled(page, plan, 'periods', () =>
      run(plan.periodSwitches, choosePeriod),
    )
    // The first round reads the files; what is timed is the switch between what is there.
    for (let turn = 1; turn <= plan.indicators.length; turn++) {
      await chooseIndicator(turn)
      await page.waitForQuietNet()
    }
    const indicatorSwitches = await profiled(page, plan, 'indicators', () =>
      run(plan.indicatorSwitches, chooseIndicator),
    )
    await watch.look()
    return [
      ...measurementsOf(plan, 'period switch', periodSwitches),
      ...measurementsOf(plan, 'indicator switch', indicatorSwitches),
      ...watch.measurements(plan.group),
    ]
  } finally {
    await page.close()
  }
}

interface Switch extends SwitchTime {
  /** Script, style and layout on the main thread until the frame, the map's own drawing included. */
  readonly work: number
}

async function profiled<Result>(
  page: PageUnderTest,
  { profile }: SwitchingPlan,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!profile) return work()
  await page.startProfile()
  const result = await work()
  await profile(name, await page.stopProfile())
  return result
}

async function switched(page: PageUnderTest, choose: () => Promise<SwitchTime>): Promise<Switch> {
  await page.settle()
  const before = await page.totals()
  const times = await choose()
  const after = await page.totals()
  return {
    ...times,
    work: after.script - before.script + after.style - before.style + after.layout - before.layout,
  }
}

const measurementsOf = (
  { group, budget }: SwitchingPlan,
  name: string,
  switches: readonly Switch[],
): Measurement[] => [
  summarised(
    group,
    `${name}: compute`,
    'ms',
    switches.map(({ compute }) => compute),
    { of: 'p95', most: budget },
  ),
  summarised(
    group,
    `${name}: compute and change the page`,
    'ms',
    switches.map(({ drawn }) => drawn),
  ),
  summarised(
    group,
    `${name}: main thread until painted`,
    'ms',
    switches.map(({ work }) => work),
  ),
  summarised(
    group,
    `${name}: time until painted`,
    'ms',
    switches.map(({ painted }) => painted),
  ),
]

/** The most memory seen at the moments it is asked for. */
class MemoryWatch {
  private heap = 0
  private browserTotal = 0

  constructor(
    private readonly browser: Browser,
    private readonly page: PageUnderTest,
  ) {}

  async look(): Promise<void> {
    this.heap = Math.max(this.heap, (await this.page.totals()).heapMegabytes)
    this.browserTotal = Math.max(this.browserTotal, (await browserMegabytes(this.browser)) ?? 0)
  }

  measurements(group: string): Measurement[] {
    return [
      single(group, "peak of the page's JavaScript heap", 'MB', this.heap),
      ...(this.browserTotal > 0
        ? [single(group, "peak of all the browser's processes", 'MB', this.browserTotal)]
        : []),
    ]
  }
}
