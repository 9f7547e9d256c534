import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '../../src/core/finding.ts'
import type { PackageIndex } from '../../src/core/release.ts'
import { checkPackageFiles, type OpenFile } from '../../src/files/package/check-files.ts'
import { DISCLOSURE_LOG_FILE, readDisclosureLog } from '../../src/files/package/disclosure-log.ts'
import { readPackageIndex } from '../../src/files/package/package-index.ts'
import { readProject } from '../../src/files/package/project.ts'
import { formatNumber } from '../../src/text/format.ts'
import { findingJson } from '../import/inspect-json.ts'
import { sha256 } from './checksum.ts'
import { list } from './package-folder.ts'
import { printFindings } from './print-findings.ts'
import { UsageError } from './usage.ts'

/**
 * `check DIR | PROJECT [--json]`: whether a package, or a project file with one inside, is whole and every file of it
 * passes the gate. @returns the exit code
 */
export async function checkCommand(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0)
    throw new UsageError('Ange en mapp eller en projektfil: check MAPP [--json]')
  const isFile = (await stat(resolve(path)).catch(() => null))?.isFile() ?? false
  const { findings, files } = isFile
    ? await checkProject(resolve(path))
    : await checkPackage(resolve(path))
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (values.json) {
    const told = { valid: errors === 0, files, findings: findings.map(findingJson) }
    process.stdout.write(`${JSON.stringify(told)}\n`)
    return errors === 0 ? 0 : 1
  }
  printFindings(findings)
  process.stdout.write(
    errors === 0
      ? `${formatNumber(files, 0)} filer är kontrollerade; paketet är helt.\n`
      : `${formatNumber(errors, 0)} fel; paketet ska inte användas.\n`,
  )
  return errors === 0 ? 0 : 1
}

async function checkProject(
  path: string,
): Promise<{ readonly findings: readonly Finding[]; readonly files: number }> {
  const reading = await readProject(basename(path), new Uint8Array(await readFile(path)))
  return { findings: reading.findings, files: reading.ok ? reading.files.size + 1 : 0 }
}

/**
 * Reads every file of a package as the app does and compares all with datapackage.json.
 * @returns the findings, and how many files were read
 */
export async function checkPackage(
  folder: string,
): Promise<{ readonly findings: readonly Finding[]; readonly files: number }> {
  const findings: Finding[] = []
  const add = (
    code: string,
    file: string,
    details: Partial<Pick<Finding, 'severity' | 'text' | 'parameters'>> = {},
  ): void => {
    findings.push({
      severity: 'error',
      row: null,
      column: null,
      text: null,
      code,
      file,
      ...details,
    })
  }
  const open: OpenFile = async (file) => {
    const bytes = await readFile(join(folder, file)).catch(() => null)
    if (!bytes) {
      add('file-missing', file)
      return null
    }
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return { text, sha256: sha256(bytes), bytes: bytes.length }
    } catch {
      add('file-not-utf8', file)
      return null
    }
  }

  const indexFile = await open('index.json')
  if (!indexFile) return { findings, files: 0 }
  const reading = readPackageIndex(indexFile.text, 'index.json')
  if (!reading.ok) return { findings: [...findings, reading.finding], files: 1 }
  const { index } = reading
  findings.push(...(await checkPackageFiles(index, open)))
  if (existsSync(join(folder, DISCLOSURE_LOG_FILE))) await checkLog(index, open, findings, add)
  const files = await checkDescription(folder, open, add)
  return { findings, files }
}

type Add = (
  code: string,
  file: string,
  details?: Partial<Pick<Finding, 'severity' | 'text' | 'parameters'>>,
) => void

/** The log is of this release, and of these very files. */
async function checkLog(
  index: PackageIndex,
  open: OpenFile,
  findings: Finding[],
  add: Add,
): Promise<void> {
  const file = await open(DISCLOSURE_LOG_FILE)
  if (!file) return
  const reading = readDisclosureLog(file.text, DISCLOSURE_LOG_FILE, index)
  if (!reading.ok) {
    findings.push(reading.finding)
    return
  }
  for (const [path, expected] of Object.entries(reading.log.files)) {
    const released = await open(path)
    if (released && released.sha256 !== expected)
      add('package-log-checksum', DISCLOSURE_LOG_FILE, { text: path })
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Compares the folder with datapackage.json. @returns how many files it describes */
async function checkDescription(folder: string, open: OpenFile, add: Add): Promise<number> {
  const description = await open('datapackage.json')
  if (!description) return 0
  const resources = parse(description.text)?.['resources']
  if (!Array.isArray(resources)) {
    add('package-missing-field', 'datapackage.json', { parameters: { expected: 'list' } })
    return 0
  }
  const described = new Set(['datapackage.json'])
  for (const { path, hash } of resources as { path: string; hash: string }[]) {
    described.add(path)
    const file = await open(path)
    if (file && hash !== `sha256:${file.sha256}`) add('package-checksum', path)
  }
  for (const file of await list(folder))
    if (!described.has(file)) add('package-surplus-file', file, { severity: 'warning' })
  return described.size
}
