import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, resolve } from 'node:path'
import util from 'node:util'
import { acceptedEncodings } from './server/content-encoding.mjs'
import { locateFile, requestedPath } from './server/locate.mjs'
import { COMPRESSIBLE_EXTENSIONS, mediaType } from './server/media-types.mjs'
import { SECURITY_HEADERS } from './server/security-headers.mjs'
import { isMain, projectRoot } from './project.mjs'

const DEFAULT_PORT = 4173
const HOST = '127.0.0.1'

/** Vite names what it bundles by content: such a file never changes under its name. */
const NAMED_BY_CONTENT = /^assets\/[^/]+-[\w-]{8}\.\w+$/

/** Configuration of the host, never a part of the site. */
const NOT_SERVED = /(^|\/)(web\.config|[^/]+\.(br|gz))$/

/**
 * @typedef {object} ServeOptions
 * @property {string} [directory] the built site
 * @property {string} [packageDirectory] served under package/ instead of the site's own
 * @property {number} [port] tried first; 0 for any free port
 * @property {string} [host]
 * @property {string} [base] path the site lies under; begins and ends with "/"
 */

/**
 * Serves a built site to this machine only, with the product's media types, security headers and the files
 * compressed beforehand. Takes the next free port when the wanted one is taken.
 * @param {ServeOptions} [options]
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serve(options = {}) {
  const { port = DEFAULT_PORT, host = HOST, base = '/' } = options
  if (!/^\/(.*\/)?$/.test(base)) throw new RangeError(`base "${base}" must begin and end with "/"`)
  const directory = resolve(options.directory ?? join(projectRoot, 'dist'))
  const packageDirectory = options.packageDirectory && resolve(options.packageDirectory)

  /** @param {string} path */
  const locate = (path) =>
    packageDirectory && path.startsWith('package/')
      ? locateFile(packageDirectory, path.slice('package/'.length))
      : locateFile(directory, path)

  const server = createServer((request, response) => {
    respond(request, response, base, locate).catch(() => {
      if (!response.headersSent) refuse(response, 500, 'Internal error')
      else response.destroy()
    })
  })
  const boundPort = await listen(server, port, host)
  return {
    url: `http://${host}:${boundPort}${base}`,
    port: boundPort,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} base
 * @param {(path: string) => ReturnType<typeof locateFile>} locate
 */
async function respond(request, response, base, locate) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return refuse(response, 405, 'Method not allowed')
  }
  const target = request.url ?? '/'
  if (base !== '/' && target.split('?', 1)[0] === base.slice(0, -1)) {
    response.setHeader('Location', base)
    return refuse(response, 308, 'Moved')
  }
  const requested = requestedPath(target, base)
  const path = requested === '' ? 'index.html' : requested
  const found = path === null || NOT_SERVED.test(path) ? null : await locate(path)
  if (path === null || !found) return refuse(response, 404, 'Not found')

  const extension = extname(path).toLowerCase()
  /** @type {Record<string, string | number>} */
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': mediaType(extension),
    'Cache-Control': NAMED_BY_CONTENT.test(path)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'Last-Modified': new Date(found.modifiedMs).toUTCString(),
  }
  let sent = found
  let tag = ''
  if (COMPRESSIBLE_EXTENSIONS.includes(extension)) {
    headers['Vary'] = 'Accept-Encoding'
    for (const { name, suffix } of acceptedEncodings(
      request.headers['accept-encoding']?.toString(),
    )) {
      const compressed = await locate(path + suffix)
      if (!compressed) continue
      sent = compressed
      tag = `-${name}`
      headers['Content-Encoding'] = name
      break
    }
  }
  const entityTag = `"${found.size.toString(36)}-${Math.round(found.modifiedMs * 1000).toString(36)}${tag}"`
  headers['ETag'] = entityTag
  if (matches(request.headers['if-none-match'], entityTag)) {
    response.writeHead(304, headers).end()
    return
  }
  headers['Content-Length'] = sent.size
  response.writeHead(200, headers)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const stream = createReadStream(sent.file)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

/** @param {string | undefined} ifNoneMatch @param {string} entityTag */
const matches = (ifNoneMatch, entityTag) =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((tag) => {
    const plain = tag.trim().replace(/^W\//, '')
    return plain === '*' || plain === entityTag
  })

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} text */
function refuse(response, status, text) {
  response
    .writeHead(status, {
      ...SECURITY_HEADERS,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
    })
    .end(`${status} ${text}\n`)
}

/**
 * Listens on the first free port from the wanted one on.
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
async function listen(server, port, host) {
  const last = port === 0 ? 0 : Math.min(port + 99, 65535)
  for (let candidate = port; candidate <= last; candidate++) {
    try {
      await new Promise((done, failed) => {
        server.once('error', failed)
        server.listen(candidate, host, () => {
          server.off('error', failed)
          done(undefined)
        })
      })
      const address = server.address()
      return typeof address === 'object' && address ? address.port : candidate
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    }
  }
  throw new Error(`No free port between ${port} and ${last}.`)
}

/**
 * Serves until the process is told to stop; prints the address alone on its line.
 * @param {ServeOptions} options
 */
export async function serveUntilStopped(options) {
  const server = await serve(options)
  process.stdout.write(`${server.url}\n`)
  await new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop)
  })
  await server.close()
}

/**
 * The server's options from the command line and the environment: --port, --package, --base, PORT.
 * @param {string[]} parameters
 * @returns {ServeOptions}
 */
export function serveOptions(parameters) {
  const { values } = util.parseArgs({
    args: parameters,
    options: {
      port: { type: 'string' },
      package: { type: 'string' },
      base: { type: 'string' },
    },
  })
  const portText = values.port ?? process.env['PORT']
  const port = portText === undefined || portText === '' ? DEFAULT_PORT : Number(portText)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new RangeError(`"${portText}" is not a port: give a whole number from 0 to 65535.`)
  return {
    port,
    ...(values.package !== undefined && { packageDirectory: values.package }),
    ...(values.base !== undefined && { base: values.base }),
  }
}

if (isMain(import.meta.url)) await serveUntilStopped(serveOptions(process.argv.slice(2)))
