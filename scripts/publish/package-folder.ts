import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from './checksum.ts'
import type { PackageFiles } from './package-source.ts'

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** All that the demonstration package is made of, and the libraries' versions. */
const SOURCES = [
  'data',
  'scripts/lage.ts',
  'scripts/publish',
  'scripts/schematic',
  'scripts/synthesise',
  'src/core',
  'src/files',
  'src/text/format.ts',
  'package-lock.json',
]

/**
 * Replaces a package folder with new files, or leaves it as it was: the files are written beside it, then it is
 * renamed. A folder that is not empty and holds no package is never replaced.
 * @throws Error when the folder holds something else
 */
export async function replaceFolder(folder: string, files: PackageFiles): Promise<void> {
  const present = await list(folder)
  if (present.length > 0 && !present.includes('datapackage.json'))
    throw new Error(`${folder} holds other files than a package; it is left as it is.`)
  const beside = `${folder}.new-${process.pid}`
  const previous = `${folder}.old-${process.pid}`
  try {
    for (const [path, text] of files) {
      const target = join(beside, path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, text)
    }
    if (present.length > 0) await rename(folder, previous)
    else await rm(folder, { recursive: true, force: true })
    await rename(beside, folder)
  } finally {
    await rm(beside, { recursive: true, force: true })
    await rm(previous, { recursive: true, force: true })
  }
}

/** One hash over the sources of the demonstration package: it changes when any of them does. */
export async function sourceFingerprint(): Promise<string> {
  const files = (
    await Promise.all(
      SOURCES.map(async (source) => {
        const path = join(projectRoot, source)
        const isFolder = (await stat(path).catch(() => null))?.isDirectory()
        return isFolder ? (await list(path)).map((file) => `${source}/${file}`) : [source]
      }),
    )
  ).flat()
  return fingerprintOf(projectRoot, files)
}

/** One hash over a package folder as it lies, or null when there is none. */
export async function folderFingerprint(folder: string): Promise<string | null> {
  const files = await list(folder)
  return files.length === 0 ? null : fingerprintOf(folder, files)
}

/** The files below a folder, sorted, as paths relative to it with "/"; none when there is no such folder. */
export async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

async function fingerprintOf(root: string, files: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    files.map(async (file) => `${file} ${sha256(await readFile(join(root, file)))}`),
  )
  return sha256(lines.join('\n'))
}
