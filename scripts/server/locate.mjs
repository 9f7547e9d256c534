import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'

/**
 * The relative path that a request names below the server's base, "" for the base itself; null when it lies
 * outside or could leave the served folder.
 * @param {string} target the request's target, e.g. "/base/assets/a.js?x"
 * @param {string} base begins and ends with "/"
 */
export function requestedPath(target, base) {
  const encoded = target.split(/[?#]/, 1)[0] ?? ''
  if (!encoded.startsWith(base)) return null
  let path
  try {
    path = decodeURIComponent(encoded.slice(base.length))
  } catch {
    return null
  }
  if (/[\0\\:]/.test(path)) return null
  if (path.split('/').some((segment) => segment.startsWith('.'))) return null
  return path
}

/**
 * An ordinary file below a folder, links resolved; null when there is none or a link leads out.
 * @param {string} folder
 * @param {string} path relative, with "/"
 */
export async function locateFile(folder, path) {
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, path))
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null
    const status = await stat(file)
    return status.isFile() ? { file, size: status.size, modifiedMs: status.mtimeMs } : null
  } catch {
    return null
  }
}
