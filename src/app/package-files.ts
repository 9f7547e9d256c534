import type { Finding } from '../core/finding.ts'

/** Something in the package is wrong or cannot be had; the finding says which file, which row and why. */
export class PackageFault extends Error {
  readonly code = 'package-fault'
  constructor(
    readonly finding: Finding,
    override readonly cause?: unknown,
  ) {
    super(`${finding.file}: ${finding.code}`)
  }
}

export function packageFault(
  code: string,
  file: string,
  parameters: Readonly<Record<string, string | number>> = {},
  cause?: unknown,
): PackageFault {
  return new PackageFault(
    { severity: 'error', code, file, row: null, column: null, text: null, parameters },
    cause,
  )
}

/** Where the files of a package come from. What they are is looked at by whoever reads them. */
export interface FileSource {
  /** @throws PackageFault */
  read(path: string, expectedBytes?: number): Promise<ArrayBuffer>
}

/** Larger than any file of a package should be; refused before it is read. */
const MAXIMUM_FILE_BYTES = 64e6

/** Files of a folder on this page's own host. Nothing is kept here. */
export class ServedFiles implements FileSource {
  /** @param base URL of the folder, ending in a slash */
  constructor(private readonly base: string) {}

  async read(path: string, expectedBytes?: number): Promise<ArrayBuffer> {
    let response: Response
    try {
      response = await fetch(new URL(path, this.base), { credentials: 'same-origin' })
    } catch (cause) {
      throw packageFault('file-unreachable', path, {}, cause)
    }
    if (!response.ok)
      throw packageFault(response.status === 404 ? 'file-missing' : 'file-refused', path, {
        status: response.status,
      })
    const declared = Number(response.headers.get('content-length') ?? 0)
    if (declared > MAXIMUM_FILE_BYTES || (expectedBytes ?? 0) > MAXIMUM_FILE_BYTES)
      throw packageFault('file-too-large', path, { bytes: Math.max(declared, expectedBytes ?? 0) })
    try {
      return await response.arrayBuffer()
    } catch (cause) {
      throw packageFault('file-unreachable', path, {}, cause)
    }
  }
}

/** Files that lie in this tab or in the browser's storage. */
export class HeldFiles implements FileSource {
  /** @param missing code of the finding when a file is not there */
  constructor(
    private readonly find: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>,
    private readonly missing: 'file-missing' | 'project-file-missing' = 'file-missing',
  ) {}

  async read(path: string): Promise<ArrayBuffer> {
    const bytes = await this.find(path)
    if (!bytes) throw packageFault(this.missing, path)
    // A copy: what is read may be handed to a worker, which takes it away.
    return bytes.slice().buffer
  }
}

/** @throws PackageFault when the bytes are not UTF-8 */
export function decodeFile(bytes: ArrayBuffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw packageFault('file-not-utf8', path, {}, cause)
  }
}
