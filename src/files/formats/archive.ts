import type { Finding } from '../../core/finding.ts'
import { MAXIMUM_COMPRESSION_RATIO, MAXIMUM_UNPACKED_BYTES } from './dropped-file.ts'
import { readZipDirectory, unpackEntry, type ZipEntry } from './zip-directory.ts'

export interface ArchiveMember {
  /** Path inside the archive with "/", without ".." or a leading "/". */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface UnpackedArchive {
  readonly members: readonly ArchiveMember[]
  readonly findings: readonly Finding[]
}

/** What may be unpacked at most. */
export interface ArchiveLimits {
  /** Of all members together. */
  readonly unpackedBytes: number
  /** Unpacked bytes for each packed one. */
  readonly compressionRatio: number
  readonly members: number
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  unpackedBytes: MAXIMUM_UNPACKED_BYTES,
  compressionRatio: MAXIMUM_COMPRESSION_RATIO,
  members: 10_000,
}

/** Below this no archive is a bomb, however well it is packed. Bytes. */
const HARMLESS_BYTES = 1_000_000

const CLUTTER = /(^|\/)(__MACOSX(\/|$)|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i
const NESTED = /\.(zip|7z|rar|gz|tgz|bz2|xz|zst|tar)$/i

/**
 * Unpacks a zip. Sizes are checked in its directory before anything is unpacked, and again while it is: an archive
 * that is too large, or that lies, gives findings and never stalls. Folders and what operating systems leave behind
 * are passed over in silence; archives inside the archive, encrypted and damaged members each have a finding. Never
 * throws.
 */
export function unpackArchive(
  file: string,
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): UnpackedArchive {
  const opened = openArchive(file, bytes, limits)
  if (!opened.ok) return { members: [], findings: [opened.finding] }
  const members: ArchiveMember[] = []
  const findings: Finding[] = []
  for (const entry of opened.entries) {
    const name = harmlessName(entry.name)
    if (name === '' || entry.name.endsWith('/') || CLUTTER.test(name)) continue
    const member = `${file}/${name}`
    if (NESTED.test(name)) {
      findings.push(found('warning', 'format-zip-nested', member))
      continue
    }
    const unpacked = unpackMember(member, bytes, entry)
    if (!unpacked.ok) findings.push(unpacked.finding)
    else if (isArchive(unpacked.bytes)) findings.push(found('warning', 'format-zip-nested', member))
    else members.push({ name, bytes: unpacked.bytes })
  }
  if (members.length === 0 && !findings.some(({ severity }) => severity === 'error'))
    findings.push(found('error', 'format-zip-empty', file))
  return { members, findings }
}

export type OpenedArchive =
  | { readonly ok: true; readonly entries: readonly ZipEntry[] }
  | { readonly ok: false; readonly finding: Finding }

/** The directory of a zip whose members may be unpacked: sound, and not too large. */
export function openArchive(
  file: string,
  bytes: Uint8Array,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): OpenedArchive {
  const refuse = (code: string, parameters: Finding['parameters'] = {}): OpenedArchive => ({
    ok: false,
    finding: found('error', code, file, parameters),
  })
  const entries = readZipDirectory(bytes)
  if (!entries) return refuse('format-zip-damaged')
  if (entries.length > limits.members)
    return refuse('format-zip-members', { found: entries.length, maximum: limits.members })
  const unpacked = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0)
  if (unpacked > limits.unpackedBytes)
    return refuse('format-zip-too-large', { found: unpacked, maximum: limits.unpackedBytes })
  if (unpacked > HARMLESS_BYTES && unpacked > limits.compressionRatio * bytes.length)
    return refuse('format-zip-bomb', { found: unpacked, packed: bytes.length })
  return { ok: true, entries }
}

export type UnpackedMember =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly finding: Finding }

/** @param name how findings name the member */
export function unpackMember(name: string, bytes: Uint8Array, entry: ZipEntry): UnpackedMember {
  const refuse = (code: string): UnpackedMember => ({
    ok: false,
    finding: found('error', code, name),
  })
  if (entry.isEncrypted) return refuse('format-zip-encrypted')
  if (entry.method !== 0 && entry.method !== 8) return refuse('format-zip-method')
  const unpacked = unpackEntry(bytes, entry)
  return unpacked ? { ok: true, bytes: unpacked } : refuse('format-zip-member-damaged')
}

/** A zip whatever its name, and not the zip that an office document is. */
function isArchive(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3 || bytes[3] !== 4) return false
  const entries = readZipDirectory(bytes) ?? []
  return !entries.some(({ name }) => /^(\[Content_Types\]\.xml|mimetype)$/i.test(name))
}

function harmlessName(name: string): string {
  return name
    .split('/')
    .filter((part) => !/^(\.{0,2}|[a-z]:)$/i.test(part.trim()))
    .join('/')
}

function found(
  severity: Finding['severity'],
  code: string,
  file: string,
  parameters: Finding['parameters'] = {},
): Finding {
  return { severity, code, file, row: null, column: null, text: null, parameters }
}
