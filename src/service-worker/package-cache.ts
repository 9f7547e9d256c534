import { eachInParallel } from './app-cache.ts'
import { namesRelease, referredFiles } from './package-index.ts'

/**
 * One cache holds one release: its name is the digest of the index it was promised by, and the index lies in it.
 * A release that is replaced or withdrawn takes its files with it.
 */
const CACHE_PREFIX = 'package-'

const PARALLEL = 4

/** What is about the package and which its index does not refer to; an earlier package may be without. */
const FILES_ABOUT = ['datapackage.json', 'rojandekontroll.json', 'rojandekontroll.md']

/** Whether a path of the package is one that the index gives no checksum of. */
export const isAbout = (path: string): boolean => FILES_ABOUT.includes(path)

/**
 * The package's index: the net's, so that a new or withdrawn release is seen as soon as the net is back; the kept
 * one when the net does not answer. Withdrawn (404, 410) means that nothing of it stays here.
 */
export async function answerIndex(request: Request): Promise<Response> {
  let response: Response
  try {
    response = await fetch(request.url, { cache: 'no-cache' })
  } catch (error) {
    const kept = await keptFile(request.url)
    if (kept) return kept
    throw error
  }
  if (response.status === 404 || response.status === 410) await forgetPackages(null)
  else if (response.ok) await keepIndex(request.url, response.clone())
  else return (await keptFile(request.url)) ?? response
  return response
}

/** A file about the package: the net's, for it may be signed anew; the kept one when the net does not answer. */
export async function answerFileAbout(request: Request): Promise<Response> {
  let response: Response
  try {
    response = await fetch(request.url, { cache: 'no-cache' })
  } catch (error) {
    const kept = await keptFile(request.url)
    if (kept) return kept
    throw error
  }
  const name = await currentCacheName()
  if (response.ok && name !== null)
    await (await caches.open(name)).put(request.url, response.clone())
  return response
}

/** A file of the package: the kept one belongs to the kept index, so it is right for as long as that is. */
export async function answerPackageFile(request: Request): Promise<Response> {
  const name = await currentCacheName()
  if (name === null) return fetch(request)
  const cache = await caches.open(name)
  const kept = await cache.match(request.url, { ignoreVary: true })
  if (kept) return kept
  const response = await fetch(request.url, { cache: 'no-cache' })
  if (response.ok && (await caches.has(name))) await cache.put(request.url, response.clone())
  return response
}

/**
 * Keeps every file of the current release.
 * @throws TypeError when the index or one of its files cannot be had
 */
export async function keepPackage(folder: string): Promise<void> {
  const indexAddress = new URL('index.json', folder).href
  const response = await answerIndex(new Request(indexAddress))
  if (!response.ok) throw new TypeError(`index.json: ${response.status}`)
  const files = referredFiles(await response.json())
  await eachInParallel(files, PARALLEL, async (file) => {
    const answer = await answerPackageFile(new Request(new URL(file, folder)))
    if (!answer.ok) throw new TypeError(`${file}: ${answer.status}`)
  })
  await eachInParallel(FILES_ABOUT, PARALLEL, async (file) => {
    const answer = await answerFileAbout(new Request(new URL(file, folder)))
    if (!answer.ok && answer.status !== 404) throw new TypeError(`${file}: ${answer.status}`)
  })
}

/** Keeps an index; with it begins a new cache when it is not the one that is kept already. */
async function keepIndex(address: string, response: Response): Promise<void> {
  const bytes = await response.clone().arrayBuffer()
  const name = CACHE_PREFIX + (await digest(bytes))
  if (await caches.has(name)) return
  if (!isIndex(bytes)) return
  await (await caches.open(name)).put(address, response)
  await forgetPackages(name)
}

function isIndex(bytes: ArrayBuffer): boolean {
  try {
    return namesRelease(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return false
  }
}

async function keptFile(address: string): Promise<Response | undefined> {
  const name = await currentCacheName()
  return name === null ? undefined : (await caches.open(name)).match(address, { ignoreVary: true })
}

const currentCacheName = async (): Promise<string | null> =>
  (await caches.keys()).findLast((name) => name.startsWith(CACHE_PREFIX)) ?? null

async function forgetPackages(except: string | null): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(CACHE_PREFIX) && name !== except) await caches.delete(name)
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
