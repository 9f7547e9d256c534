import { unpackArchive } from './archive.ts'
import { readDelimited, type OnShare } from './delimited.ts'
import { stopped, type FormatReading } from './dropped-file.ts'
import type { LoadSqlite } from './geopackage.ts'
import type { RecognisedFormat } from './recognise-format.ts'

/** What the world has to lend: engines that are loaded only when a file needs them. */
export interface FormatLoaders {
  readonly sqlite: LoadSqlite
}

type Readable = Extract<RecognisedFormat, { readonly format: string }>

/** Reads a file of a known format; each reader is loaded when it is needed. Zips and packages are the caller's. */
export async function readFormat(
  file: string,
  bytes: Uint8Array,
  recognised: Readable,
  loaders: FormatLoaders,
  onShare?: OnShare,
): Promise<FormatReading> {
  switch (recognised.format) {
    case 'csv':
      return readDelimited(file, bytes, onShare)
    case 'xlsx':
    case 'ods':
      return (await import('./workbook.ts')).readWorkbook(file, bytes, recognised.format)
    case 'parquet':
      return (await import('./parquet.ts')).readParquet(file, bytes)
    case 'json-stat2':
      return (await import('./json-stat.ts')).readJsonStat(file, recognised.value)
    case 'kolada':
      return (await import('./kolada.ts')).readKolada(file, recognised.value)
    case 'polisen':
      return (await import('./polisen.ts')).readPolisen(file, recognised.value)
    case 'geojson':
      return (await import('./geojson.ts')).readGeoJson(file, recognised.value, recognised.encoding)
    case 'topojson':
      return (await import('./topojson.ts')).readTopoJson(
        file,
        recognised.value,
        recognised.encoding,
      )
    case 'geopackage':
      return (await import('./geopackage.ts')).readGeoPackage(file, bytes, loaders.sqlite)
    case 'shapefile': {
      const { members, findings } = unpackArchive(file, bytes)
      const reading = (await import('./shapefile.ts')).readShapefile(file, members)
      return { ...reading, findings: [...findings, ...reading.findings] }
    }
    default:
      return stopped(recognised.format, file, 'format-not-readable', { kind: recognised.format })
  }
}
