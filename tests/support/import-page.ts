import type { Locator, Page } from '@playwright/test'
import { expect } from './page.ts'

export interface MadeFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Drops files on the window, as from the file manager. */
export async function dropFiles(page: Page, files: readonly MadeFile[]): Promise<void> {
  const dropped = files.map(({ name, bytes }) => ({
    name,
    base64: Buffer.from(bytes).toString('base64'),
  }))
  await page.evaluate((given) => {
    const data = new DataTransfer()
    for (const { name, base64 } of given)
      data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name))
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      )
  }, dropped)
}

export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 })

/** Opens the empty page and waits until it takes files. */
export async function openImport(page: Page): Promise<void> {
  await page.goto('./#/importera')
  await expect(heading(page)).toHaveText('Läs in fil', { timeout: 30_000 })
}

/** Waits for a step: its number is part of the heading. */
export const step = (page: Page, number: number, name: string): Promise<void> =>
  expect(heading(page)).toContainText(`Steg ${number} av 5: ${name}`, { timeout: 30_000 })

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' })

/** From the first step to the description of the indicator, when nothing stops. */
export async function goToIndicator(page: Page): Promise<void> {
  await step(page, 1, 'Fil')
  await button(page, 'Fortsätt till kolumner').click()
  await step(page, 2, 'Kolumner')
  await button(page, 'Fortsätt till fynd').click()
  await step(page, 3, 'Fynd')
  await button(page, 'Fortsätt till indikator').click()
  await step(page, 4, 'Indikator')
}

/** Presses Tab until an element has the focus. @throws Error when it is not met within a hundred steps */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 100; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} cannot be reached by Tab`)
}

/** Everything that the site keeps in the browser, as text: storages, databases, caches, the address. */
export async function keptText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const kept: string[] = [
      ...[location.href, JSON.stringify(history.state), document.cookie],
      ...[JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })],
    ]
    const answer = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(String(request.error)))
      })
    const decode = (bytes: ArrayBuffer | ArrayBufferView): string =>
      new TextDecoder('latin1').decode(bytes)
    const tell = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) kept.push(decode(await value.arrayBuffer()))
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) kept.push(decode(value))
      else if (value instanceof Map || value instanceof Set)
        for (const item of value) await tell(item)
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) {
          kept.push(key)
          await tell(item)
        }
      else kept.push(String(value))
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name!))
      for (const store of database.objectStoreNames)
        await tell(
          await answer(
            database.transaction(store).objectStore(store).getAll() as IDBRequest<unknown>,
          ),
        )
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        kept.push(request.url)
        // The app's own code holds no figure, and too many digits to search.
        if (request.url.includes('/package/')) kept.push(await (await cache.match(request))!.text())
      }
    }
    return kept.join('\n')
  })
}
