import { existsSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compress } from './compress.mjs'
import { fingerprint, listFiles, notedFingerprint } from './fingerprint.mjs'
import { install } from './install.mjs'
import { cacheDirectory, isMain, projectRoot, Refusal, runCommand } from './project.mjs'
import { runProgram } from './run.mjs'

const distDirectory = join(projectRoot, 'dist')
const publishedDirectory = join(projectRoot, 'public', 'package')

/** What the site is made of, the data package aside. */
const SITE_SOURCES = [
  'src',
  'public',
  'hosting',
  'index.html',
  'scripts/server',
  'scripts/vite',
  'vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Turns the sources in data/ into the package in public/package; skips itself when they are unchanged. */
export async function publish() {
  const { code } = await runProgram('tsx', [join('scripts', 'lage.ts'), 'publish'])
  if (code !== 0) throw new Refusal('The data package could not be published (see above).')
}

/**
 * Builds the site into dist/ with the published package in it, everything compressed beforehand. Each step is
 * skipped when what it is made of is unchanged.
 * @param {{ force?: boolean }} [options]
 */
export async function build({ force = false } = {}) {
  const siteFiles = await listFiles(
    projectRoot,
    SITE_SOURCES,
    (path) => path !== 'public/package' && !path.endsWith('.md'),
  )
  const packageFiles = await listFiles(publishedDirectory, ['.'])
  const site = await fingerprint(projectRoot, siteFiles)
  const data = await fingerprint(publishedDirectory, packageFiles)
  const siteNote = join(cacheDirectory, 'built-site')
  const dataNote = join(cacheDirectory, 'built-package')
  await mkdir(cacheDirectory, { recursive: true })

  const isSiteBuilt =
    !force && notedFingerprint(siteNote) === site && existsSync(join(distDirectory, 'index.html'))
  if (!isSiteBuilt) {
    await rm(siteNote, { force: true })
    await rm(dataNote, { force: true })
    const { code } = await runProgram('vite', ['build', '--logLevel', 'warn'])
    if (code !== 0) throw new Refusal('The site could not be built (see above).')
  }
  const isPackageCopied =
    notedFingerprint(dataNote) === data && existsSync(join(distDirectory, 'package', 'index.json'))
  if (!isPackageCopied) {
    await rm(join(distDirectory, 'package'), { recursive: true, force: true })
    if (packageFiles.length > 0)
      await cp(publishedDirectory, join(distDirectory, 'package'), { recursive: true })
  }
  if (isSiteBuilt && isPackageCopied) return
  await compress(distDirectory)
  await writeFile(siteNote, site)
  await writeFile(dataNote, data)
}

if (isMain(import.meta.url))
  await runCommand(async () => {
    await install()
    await publish()
    await build({ force: true })
  })
