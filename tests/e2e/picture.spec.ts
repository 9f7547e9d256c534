import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

/** How many different colours a picture holds, among every fiftieth of its pixels. */
const colours = (page: Page, png: Buffer): Promise<number> =>
  page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    ;[canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight]
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<number>()
    for (let at = 0; at < data.length; at += 200)
      seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!)
    return seen.size
  }, png.toString('base64'))

test('the map is downloaded as a picture that is named after what it shows', async ({ page }) => {
  await openKarta(page, '#/karta?omraden=2480-haga')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Ladda ner bild' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(
    'karta-franvaro_10-stadsdel-2024-25-utgava-2026-11-03.png',
  )
  const png = readFileSync(await download.path())
  expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2560, 1920])
  expect(await colours(page, png)).toBeGreaterThan(20)
  await expect(page.getByRole('button', { name: 'Ladda ner bild' })).toBeEnabled()
})
