/** Header of a geometry blob (OGC 12-128r19 § 2.1.3): bytes of the envelope by its kind. */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64]
const MOST_NESTED = 8

/**
 * The GeoJSON geometry of a GeoPackage blob: polygons and points with their first two coordinates; of lines and
 * several points only the type. Null when the blob says that it is empty.
 * @throws RangeError when it is damaged, or of a kind that has no polygons (curves)
 */
export function readGeoPackageGeometry(blob: Uint8Array): unknown {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  if (view.getUint16(0) !== 0x4750) throw new RangeError('no geometry')
  const flags = view.getUint8(3)
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7]
  if (envelope === undefined || flags & 0x20) throw new RangeError('unknown kind of geometry')
  if (flags & 0x10) return null
  return new Reader(view, 8 + envelope).geometry(0)
}

type Position = readonly [number, number]

/** Reads well-known binary (OGC 06-103r4 § 8; ISO and extended codes of Z and M). */
class Reader {
  #littleEndian = true

  constructor(
    readonly view: DataView,
    private at: number,
  ) {}

  geometry(depth: number): unknown {
    if (depth > MOST_NESTED) throw new RangeError('nested too deeply')
    this.#littleEndian = this.#byte() === 1
    const code = this.#count()
    if (code & 0x20000000) this.#count()
    const plain = code & 0x0fffffff
    const [kind, iso] = [plain % 1000, Math.floor(plain / 1000)]
    const hasZ = (code & 0x80000000) !== 0 || iso === 1 || iso === 3
    const hasM = (code & 0x40000000) !== 0 || iso === 2 || iso === 3
    const width = 2 + Number(hasZ) + Number(hasM)
    switch (kind) {
      case 1:
        return { type: 'Point', coordinates: this.#position(width) }
      case 2:
        return { type: 'LineString', coordinates: [] }
      case 3:
        return { type: 'Polygon', coordinates: this.#rings(width) }
      case 4:
        return { type: 'MultiPoint', coordinates: [] }
      case 5:
        return { type: 'MultiLineString', coordinates: [] }
      case 6:
      case 7:
      case 12:
        return {
          type: 'GeometryCollection',
          geometries: Array.from(this.#times(), () => this.geometry(depth + 1)),
        }
      default:
        throw new RangeError('unknown kind of geometry')
    }
  }

  #rings(width: number): Position[][] {
    return Array.from(this.#times(), () => Array.from(this.#times(), () => this.#position(width)))
  }

  #position(width: number): Position {
    const position = [
      this.view.getFloat64(this.at, this.#littleEndian),
      this.view.getFloat64(this.at + 8, this.#littleEndian),
    ] as const
    this.at += 8 * width
    return position
  }

  /** As many turns as the next number says; reading past the end stops them. */
  *#times(): Generator<number> {
    const count = this.#count()
    for (let turn = 0; turn < count; turn++) yield turn
  }

  #count(): number {
    const count = this.view.getUint32(this.at, this.#littleEndian)
    this.at += 4
    return count
  }

  #byte(): number {
    return this.view.getUint8(this.at++)
  }
}
