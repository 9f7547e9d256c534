import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * The files at or below some paths, sorted, as paths relative to a root with "/".
 * @param {string} root
 * @param {readonly string[]} paths relative to the root; missing ones are left out
 * @param {(path: string) => boolean} [keep]
 * @returns {Promise<string[]>}
 */
export async function listFiles(root, paths, keep = () => true) {
  /** @type {string[]} */
  const found = []
  const visit = async (/** @type {string} */ path) => {
    const relativePath = relative(root, path).split(sep).join('/')
    if (relativePath !== '' && !keep(relativePath)) return
    if ((await stat(path)).isDirectory())
      for (const name of await readdir(path)) await visit(join(path, name))
    else found.push(relativePath)
  }
  for (const path of paths) if (existsSync(join(root, path))) await visit(join(root, path))
  return found.sort()
}

/** Hex SHA-256 of a file's bytes. @param {string} file */
export async function hashFile(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/**
 * One hash over the names and contents of files: it changes when any of them does.
 * @param {string} root
 * @param {readonly string[]} files relative to the root
 */
export async function fingerprint(root, files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0${await hashFile(join(root, file))}\n`)
  return hash.digest('hex')
}

/** The fingerprint noted by an earlier run, or null. @param {string} file */
export const notedFingerprint = (file) =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : null
