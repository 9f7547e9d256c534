import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { listFiles } from '../../scripts/fingerprint.mjs'
import { referredFiles } from '../../src/service-worker/package-index.ts'
import { KEEP_REQUEST } from '../../src/service-worker/protocol.ts'
import { expect, test } from '../support/page.ts'

/** A page of the site that runs no script of the app. */
const BARE_PAGE = 'THIRD-PARTY.txt'

const ownPackage = join('.cache', 'end-to-end-package')

/** Registers the service worker and waits until it has kept everything, or has given up. */
const keep = (page: Page): Promise<string> =>
  page.evaluate(async (request) => {
    const workers = navigator.serviceWorker
    const outcome = new Promise<string>((resolve) => {
      workers.addEventListener('message', (event: MessageEvent<{ state: string }>) => {
        if (event.data.state !== 'keeping') resolve(event.data.state)
      })
    })
    workers.startMessages()
    await workers.register('service-worker.js')
    const { active } = await workers.ready
    active?.postMessage(request)
    return outcome
  }, KEEP_REQUEST)

/** The text of a file as the page gets it; its status when it is refused; "no answer" without a net. */
const get = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (address) => {
    try {
      const response = await fetch(address)
      return response.ok ? await response.text() : String(response.status)
    } catch {
      return 'no answer'
    }
  }, path)

const packageCaches = (page: Page): Promise<number> =>
  page.evaluate(
    async () => (await caches.keys()).filter((name) => name.startsWith('package-')).length,
  )

test.describe('the site', () => {
  test('is whole without a net: the page, every lazy part and every file of the package', async ({
    page,
    site,
    watch,
  }) => {
    await page.goto('./')
    expect(await keep(page)).toBe('kept')

    const parts = (await listFiles('dist', ['assets'])).filter((path) => !/\.(br|gz)$/.test(path))
    const index: unknown = JSON.parse(readFileSync('dist/package/index.json', 'utf8'))
    const files = referredFiles(index).map((path) => `package/${path}`)
    expect(parts.some((path) => path.endsWith('.wasm'))).toBe(true)
    expect(files.length).toBeGreaterThan(0)

    await site.stop()
    await page.reload()
    await expect(page).toHaveTitle(/Lägeskartan/)
    const lost = await page.evaluate(
      async (paths) => {
        const lost: string[] = []
        for (const path of paths)
          await fetch(path).then(
            (response) => response.ok || lost.push(path),
            () => lost.push(path),
          )
        return lost
      },
      [
        ...parts,
        ...files,
        ...['index.json', 'datapackage.json', 'rojandekontroll.json', 'rojandekontroll.md'].map(
          (path) => `package/${path}`,
        ),
        'icon.svg',
      ],
    )
    expect(lost).toEqual([])
    forgiveLostNet(watch.faults)
  })
})

test.describe('the site below a path', () => {
  test.use({ base: '/kartor/lage/' })

  test('is found without a net too', async ({ page, site, watch }) => {
    await page.goto('./')
    expect(page.url()).toContain('/kartor/lage/')
    expect(await keep(page)).toBe('kept')
    await site.stop()
    await page.reload()
    await expect(page).toHaveTitle(/Lägeskartan/)
    expect(await get(page, 'package/index.json')).toContain('release')
    forgiveLostNet(watch.faults)
  })
})

test.describe('the package without a net', () => {
  test.use({ packageDirectory: ownPackage })

  const writeRelease = (release: string, file: string): void => {
    rmSync(ownPackage, { recursive: true, force: true })
    mkdirSync(ownPackage, { recursive: true })
    writeFileSync(join(ownPackage, file), `figures of ${release}`)
    writeFileSync(
      join(ownPackage, 'index.json'),
      JSON.stringify({
        release: { id: release },
        observations: [{ path: file, bytes: 1, sha256: 'ab' }],
      }),
    )
  }

  test.beforeEach(async ({ page }) => {
    writeRelease('2026-01', 'first.csv')
    await page.goto(BARE_PAGE)
    expect(await keep(page)).toBe('kept')
  })

  test('is the last release that was seen', async ({ page, site, watch }) => {
    await site.stop()
    expect(await get(page, 'package/index.json')).toContain('2026-01')
    expect(await get(page, 'package/first.csv')).toBe('figures of 2026-01')
    expect(await get(page, 'package/never-there.csv')).toBe('no answer')
    forgiveLostNet(watch.faults)
  })

  test('loses the old release when a new one is seen', async ({ page, site, watch }) => {
    writeRelease('2026-07', 'second.csv')
    expect(await get(page, 'package/index.json')).toContain('2026-07')
    expect(await packageCaches(page)).toBe(1)
    expect(await keep(page)).toBe('kept')
    await site.stop()
    expect(await get(page, 'package/index.json')).toContain('2026-07')
    expect(await get(page, 'package/second.csv')).toBe('figures of 2026-07')
    expect(await get(page, 'package/first.csv')).toBe('no answer')
    forgiveLostNet(watch.faults)
  })

  test('loses new figures under an old name too', async ({ page, site, watch }) => {
    writeRelease('2026-07', 'first.csv')
    expect(await keep(page)).toBe('kept')
    await site.stop()
    expect(await get(page, 'package/first.csv')).toBe('figures of 2026-07')
    forgiveLostNet(watch.faults)
  })

  test('is gone once the release is withdrawn', async ({ page, site, watch }) => {
    rmSync(join(ownPackage, 'index.json'))
    expect(await get(page, 'package/index.json')).toBe('404')
    expect(await packageCaches(page)).toBe(0)
    await site.stop()
    expect(await get(page, 'package/first.csv')).toBe('no answer')
    forgiveLostNet(watch.faults, /404/)
  })

  test('is not replaced by something that is no index', async ({ page, site, watch }) => {
    writeFileSync(join(ownPackage, 'index.json'), '<html>Logga in</html>')
    expect(await get(page, 'package/index.json')).toContain('Logga in')
    expect(await keep(page)).toBe('failed')
    await site.stop()
    expect(await get(page, 'package/index.json')).toContain('2026-01')
    forgiveLostNet(watch.faults)
  })

  test('is said to be incomplete when a file of it is missing', async ({ page, watch }) => {
    writeRelease('2026-07', 'second.csv')
    rmSync(join(ownPackage, 'second.csv'))
    expect(await keep(page)).toBe('failed')
    cpSync(join(ownPackage, 'index.json'), join(ownPackage, 'second.csv'))
    expect(await keep(page)).toBe('kept')
    forgiveLostNet(watch.faults, /404/)
  })
})

/** Takes out what the browser says about requests that are meant to fail, the bare page's missing icon included. */
function forgiveLostNet(faults: string[], also = /ERR_FAILED/): void {
  const left = faults.filter(
    (fault) => !/ERR_CONNECTION_REFUSED|ERR_FAILED|favicon\.ico/.test(fault) && !also.test(fault),
  )
  faults.splice(0, faults.length, ...left)
}
