/** @type {Readonly<Record<string, string>>} */
export const MEDIA_TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
}

/** Extensions worth compressing beforehand; the others are compressed formats already. */
export const COMPRESSIBLE_EXTENSIONS = Object.keys(MEDIA_TYPES).filter(
  (extension) => extension !== '.png' && extension !== '.woff2',
)

/** Content-Type of a file by its name; unknown names download as bytes. @param {string} extension */
export const mediaType = (extension) =>
  MEDIA_TYPES[extension.toLowerCase()] ?? 'application/octet-stream'
