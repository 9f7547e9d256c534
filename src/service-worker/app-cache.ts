declare const APP_FILES: readonly string[]
declare const APP_VERSION: string

const CACHE_PREFIX = 'app-'
const CACHE_NAME = CACHE_PREFIX + APP_VERSION

/** A slow net must not hold up a page that is already here. */
const PATIENCE_MS = 3000

/** Named by its content, so that a copy kept by an earlier version is as good. */
const NAMED_BY_CONTENT = /^assets\/[^/]+-[\w-]{8}\.\w+$/

/** Files fetched at the same time. */
const PARALLEL = 4

/** The page itself is kept under the scope's own address, which hosts serve without a redirect. */
const addressOf = (file: string, scope: string): string =>
  new URL(file === 'index.html' ? './' : file, scope).href

/**
 * Keeps every file of this version of the app that is not kept yet: the page, its styles and fonts, and every part
 * that is loaded later.
 * @throws TypeError when a file cannot be fetched
 */
export async function keepApp(scope: string): Promise<void> {
  const cache = await caches.open(CACHE_NAME)
  const kept = new Set((await cache.keys()).map((request) => request.url))
  const missing = APP_FILES.filter((file) => !kept.has(addressOf(file, scope)))
  await eachInParallel(missing, PARALLEL, async (file) => {
    const address = addressOf(file, scope)
    const isLasting = NAMED_BY_CONTENT.test(file)
    const earlier = isLasting ? await caches.match(address, { ignoreVary: true }) : undefined
    const response =
      earlier ?? (await fetch(address, { cache: isLasting ? 'default' : 'no-cache' }))
    if (!response.ok) throw new TypeError(`${file}: ${response.status}`)
    await cache.put(address, response)
  })
}

/** Forgets what earlier versions of the app kept. */
export async function forgetEarlierApps(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME) await caches.delete(name)
}

/** The page: the net's while it answers in time, so that a new version shows at once; else the kept one. */
export async function answerPage(request: Request, scope: string): Promise<Response> {
  const kept = await keptResponse(addressOf('index.html', scope))
  if (!kept) return fetch(request)
  const patience = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null))
  try {
    const response = await Promise.race([fetch(request), patience])
    return response !== null && response.status < 500 ? response : kept
  } catch {
    return kept
  }
}

/** A file of the app: the kept one when there is one. */
export const answerFile = async (request: Request): Promise<Response> =>
  (await keptResponse(request.url)) ?? fetch(request)

const keptResponse = async (address: string): Promise<Response | undefined> =>
  (await caches.open(CACHE_NAME)).match(address, { ignoreVary: true, ignoreSearch: true })

/** Runs a task over items, a few at a time; the first failure ends it. */
export async function eachInParallel<Item>(
  items: readonly Item[],
  width: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const takeNext = async (): Promise<void> => {
    for (const item of queue) await task(item)
  }
  await Promise.all(Array.from({ length: width }, takeNext))
}
