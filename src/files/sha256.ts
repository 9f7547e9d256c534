/**
 * Hex SHA-256 of bytes. The browser's own where the page is in a secure context; over plain HTTP on a municipality's
 * intranet that does not exist, and @noble/hashes (MIT) does the same.
 */
export async function sha256Hex(bytes: ArrayBuffer): Promise<string> {
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('@noble/hashes/sha2.js')).sha256(new Uint8Array(bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
