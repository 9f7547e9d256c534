import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { listFiles } from './fingerprint.mjs'
import { cacheDirectory } from './project.mjs'
import { ENCODINGS } from './server/content-encoding.mjs'
import { COMPRESSIBLE_EXTENSIONS } from './server/media-types.mjs'

/** Below this a compressed file saves less than a packet. */
const SMALLEST_BYTES = 1024

/**
 * Brotli's best quality takes over a minute for DuckDB's 34 MB and saves 10 % over quality 9, which takes six
 * seconds; for everything else it is worth its time.
 */
const BEST_QUALITY_BELOW_BYTES = 8_000_000

/** In the cache's names, so that other settings make other files. */
const SETTINGS = 'brotli-9-11-gzip-9'

/** @param {Buffer} bytes @param {'br' | 'gzip'} encoding */
function compressBytes(bytes, encoding) {
  if (encoding === 'gzip') return gzipSync(bytes, { level: 9 })
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: bytes.length < BEST_QUALITY_BELOW_BYTES ? 11 : 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}

/**
 * Puts a compressed sibling beside one file for each encoding, taken from the cache where it has been made
 * before; none where it would not be smaller.
 * @param {string} file
 * @param {string} cache
 * @returns {Promise<string[]>} names in the cache that were used
 */
async function compressFile(file, cache) {
  const bytes = await readFile(file)
  const digest = createHash('sha256').update(bytes).digest('hex')
  const used = []
  for (const { name, suffix } of ENCODINGS) {
    const cached = `${digest}-${SETTINGS}${suffix}`
    const path = join(cache, cached)
    if (!existsSync(path)) {
      const unfinished = `${path}.${process.pid}-${Math.round(performance.now() * 1000)}`
      await writeFile(unfinished, compressBytes(bytes, name))
      await rename(unfinished, path)
    }
    used.push(cached)
    if ((await readFile(path)).length < bytes.length) await copyFile(path, file + suffix)
    else await rm(file + suffix, { force: true })
  }
  return used
}

/**
 * Compresses what is worth it below a folder, on all cores. Files are cached by content, so that an unchanged
 * one costs a copy; what is no longer used is dropped from the cache.
 * @param {string} directory
 * @param {string} [cache] a folder of its own
 * @returns {Promise<number>} files considered
 */
export async function compress(directory, cache = join(cacheDirectory, 'compressed')) {
  await mkdir(cache, { recursive: true })
  const files = (await listFiles(directory, ['.'])).filter((path) =>
    COMPRESSIBLE_EXTENSIONS.includes(extname(path)),
  )
  /** @type {{ path: string, bytes: number }[]} */
  const queue = []
  for (const path of files) {
    const bytes = (await readFile(join(directory, path))).length
    if (bytes >= SMALLEST_BYTES) queue.push({ path: join(directory, path), bytes })
  }
  // The largest first, so that no core waits for it at the end.
  queue.sort((a, b) => b.bytes - a.bytes)
  /** @type {Set<string>} */
  const used = new Set()
  let next = 0
  await Promise.all(
    Array.from(
      { length: Math.min(os.availableParallelism(), queue.length) },
      () =>
        new Promise((finished, failed) => {
          const worker = new Worker(fileURLToPath(import.meta.url), { workerData: cache })
          const hand = () => worker.postMessage(queue[next++]?.path ?? null)
          worker.on('message', (/** @type {string[]} */ names) => {
            for (const name of names) used.add(name)
            hand()
          })
          worker.on('error', failed)
          worker.on('exit', finished)
          hand()
        }),
    ),
  )
  for (const name of await readdir(cache))
    if (!used.has(name)) await rm(join(cache, name), { force: true })
  return queue.length
}

if (!isMainThread && parentPort) {
  const port = parentPort
  port.on('message', async (/** @type {string | null} */ file) => {
    if (file === null) port.close()
    else port.postMessage(await compressFile(file, workerData))
  })
}
