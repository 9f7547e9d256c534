const CHECKSUM_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32 (ISO 3309) of the bytes. */
export function checksumOf(bytes: Uint8Array): number {
  let checksum = 0xffffffff
  for (let index = 0; index < bytes.length; index++)
    checksum = CHECKSUM_TABLE[(checksum ^ bytes[index]!) & 0xff]! ^ (checksum >>> 8)
  return (checksum ^ 0xffffffff) >>> 0
}
