import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compress } from '../../scripts/compress.mjs'
import { serve, serveOptions } from '../../scripts/serve.mjs'
import { acceptedEncodings } from '../../scripts/server/content-encoding.mjs'
import { requestedPath } from '../../scripts/server/locate.mjs'
import { MEDIA_TYPES } from '../../scripts/server/media-types.mjs'
import {
  CONTENT_SECURITY_POLICY,
  SECURITY_HEADERS,
} from '../../scripts/server/security-headers.mjs'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** A request as it stands: fetch would tidy its path and unpack its body. */
const ask = (url: string, path: string, headers = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path, headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
    })
      .on('error', reject)
      .end()
  })

const LONG_SCRIPT = 'export const answer = 42\n'.repeat(200)
let folder: string
let site: string
let server: Awaited<ReturnType<typeof serve>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lageskartan-server-'))
  site = join(folder, 'site')
  mkdirSync(join(site, 'assets'), { recursive: true })
  mkdirSync(join(site, 'package'))
  mkdirSync(join(folder, 'other-package'))
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'))
  writeFileSync(join(site, 'index.html'), '<!doctype html><title>å</title>')
  writeFileSync(join(site, 'web.config'), '<configuration />')
  writeFileSync(join(site, '.hidden'), 'hidden')
  writeFileSync(join(site, 'assets', 'app-Ab3_-x9Z.js'), LONG_SCRIPT)
  for (const extension of Object.keys(MEDIA_TYPES))
    writeFileSync(join(site, `file${extension}`), 'x')
  writeFileSync(join(site, 'package', 'index.json'), '{"release":"own"}')
  writeFileSync(join(folder, 'other-package', 'index.json'), '{"release":"other"}')
  await compress(site, join(folder, 'cache'))
  server = await serve({ directory: site, port: 0 })
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('the local server', () => {
  it('serves the page with the security headers at the root', async () => {
    const { status, headers, body } = await ask(server.url, '/')
    expect(status).toBe(200)
    expect(body.toString()).toContain('<title>å</title>')
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(headers[name.toLowerCase()]).toBe(value)
  })

  it('sends the security headers with refusals too', async () => {
    const { status, headers } = await ask(server.url, '/nothing-here')
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY)
  })

  it.each([
    ['.html', 'text/html; charset=utf-8'],
    ['.js', 'text/javascript; charset=utf-8'],
    ['.mjs', 'text/javascript; charset=utf-8'],
    ['.wasm', 'application/wasm'],
    ['.json', 'application/json; charset=utf-8'],
    ['.geojson', 'application/geo+json; charset=utf-8'],
    ['.csv', 'text/csv; charset=utf-8'],
    ['.svg', 'image/svg+xml; charset=utf-8'],
    ['.woff2', 'font/woff2'],
    ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ])('names %s files %s', async (extension, type) => {
    const { status, headers } = await ask(server.url, `/file${extension}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe(type)
  })

  it.each(['br', 'gzip'])('sends what was compressed beforehand as %s', async (encoding) => {
    const plain = await ask(server.url, '/assets/app-Ab3_-x9Z.js')
    const packed = await ask(server.url, '/assets/app-Ab3_-x9Z.js', {
      'Accept-Encoding': encoding,
    })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body.toString()).toBe(LONG_SCRIPT)
    expect(packed.headers['content-encoding']).toBe(encoding)
    expect(packed.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(packed.headers['vary']).toBe('Accept-Encoding')
    expect(packed.headers['etag']).not.toBe(plain.headers['etag'])
    expect(packed.body.length).toBeLessThan(200)
    const unpacked = await fetch(`${server.url}assets/app-Ab3_-x9Z.js`, {
      headers: { 'Accept-Encoding': encoding },
    })
    expect(await unpacked.text()).toBe(LONG_SCRIPT)
  })

  it('lets only names that change with their content last', async () => {
    const lasting = await ask(server.url, '/assets/app-Ab3_-x9Z.js')
    expect(lasting.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/index.html', '/file.js', '/package/index.json'])
      expect((await ask(server.url, path)).headers['cache-control']).toBe('no-cache')
  })

  it('answers 304 to a client that has the file, and 200 once it has changed', async () => {
    const file = join(site, 'changing.json')
    writeFileSync(file, '{"a":1}')
    const first = await ask(server.url, '/changing.json')
    const condition = { 'If-None-Match': first.headers['etag'] }
    const second = await ask(server.url, '/changing.json', condition)
    expect([second.status, second.body.length]).toEqual([304, 0])
    writeFileSync(file, '{"a":22}')
    const third = await ask(server.url, '/changing.json', condition)
    expect([third.status, third.body.toString()]).toEqual([200, '{"a":22}'])
  })

  it('answers HEAD with the headers alone and refuses to be written to', async () => {
    const head = await ask(server.url, '/file.csv', {}, 'HEAD')
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1', 0])
    const post = await ask(server.url, '/file.csv', {}, 'POST')
    expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%00',
    '/%zz',
    '/link.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '/web.config',
    '/assets/app-Ab3_-x9Z.js.br',
    '/package/../../secret.txt',
  ])('does not serve %s', async (path) => {
    const { status, body } = await ask(server.url, path)
    expect(status).toBe(404)
    expect(body.toString()).toBe('404 Not found\n')
  })

  it('serves another package in place of the own', async () => {
    const other = await serve({
      directory: site,
      packageDirectory: join(folder, 'other-package'),
      port: 0,
    })
    try {
      const { body } = await ask(other.url, '/package/index.json', { 'Accept-Encoding': 'br' })
      expect(body.toString()).toBe('{"release":"other"}')
      expect((await ask(other.url, '/package/../../secret.txt')).status).toBe(404)
    } finally {
      await other.close()
    }
    const own = await ask(server.url, '/package/index.json')
    expect(own.body.toString()).toBe('{"release":"own"}')
  })

  it('lies below any path, and sends those who forget the last slash there', async () => {
    const below = await serve({ directory: site, base: '/some/path/', port: 0 })
    try {
      expect(below.url).toBe(`http://127.0.0.1:${below.port}/some/path/`)
      expect((await ask(below.url, '/some/path/')).body.toString()).toContain('<title>å</title>')
      const moved = await ask(below.url, '/some/path')
      expect([moved.status, moved.headers['location']]).toEqual([308, '/some/path/'])
      expect((await ask(below.url, '/')).status).toBe(404)
      expect((await ask(below.url, '/file.csv')).status).toBe(404)
    } finally {
      await below.close()
    }
  })

  it('takes the next free port when the wanted one is taken', async () => {
    const next = await serve({ directory: site, port: server.port })
    try {
      expect(next.port).toBeGreaterThan(server.port)
      expect((await ask(next.url, '/')).status).toBe(200)
    } finally {
      await next.close()
    }
  })

  it('reads its port from the command line, then from the environment', () => {
    expect(serveOptions(['--port', '5000', '--package', 'somewhere'])).toEqual({
      port: 5000,
      packageDirectory: 'somewhere',
    })
    expect(() => serveOptions(['--port', 'many'])).toThrow('"many" is not a port')
    expect(() => serveOptions(['--port', '70000'])).toThrow(RangeError)
  })
})

describe('content negotiation', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['identity', []],
    ['gzip', ['gzip']],
    ['gzip, deflate, br, zstd', ['br', 'gzip']],
    ['br;q=0, gzip;q=0.5', ['gzip']],
    ['*', ['br', 'gzip']],
    ['*;q=0', []],
    ['br;q=0, *', ['gzip']],
  ])('of "%s" gives %j', (header, names) => {
    expect(acceptedEncodings(header).map(({ name }) => name)).toEqual(names)
  })
})

describe('the path of a request', () => {
  it.each([
    ['/', '/', ''],
    ['/a/b.js?v=1', '/', 'a/b.js'],
    ['/base/a%20b.csv', '/base/', 'a b.csv'],
    ['/other/a', '/base/', null],
    ['/a/../b', '/', null],
    ['/C:/windows', '/', null],
  ])('%s below %s is %j', (target, base, path) => {
    expect(requestedPath(target, base)).toBe(path)
  })
})

describe('the ready configurations', () => {
  const webConfig = readFileSync('hosting/web.config', 'utf8')
  const nginx = readFileSync('hosting/nginx.conf', 'utf8')

  it.each(Object.entries(SECURITY_HEADERS))('state the same %s as the server', (name, value) => {
    expect(webConfig).toContain(`<add name="${name}" value="${value}" />`)
    expect(nginx).toContain(`add_header ${name} "${value}" always;`)
  })

  it.each(['.js', '.mjs', '.wasm', '.json', '.geojson', '.csv', '.svg', '.woff2', '.webmanifest'])(
    'give %s the same media type as the server',
    (extension) => {
      const type = MEDIA_TYPES[extension] ?? ''
      // A second mapping of an extension that the host knows already stops the whole site.
      expect(webConfig).toMatch(
        new RegExp(
          `<remove fileExtension="\\${extension}" />\\s+<mimeMap fileExtension="\\${extension}" mimeType="${type.replace('+', '\\+')}" />`,
        ),
      )
      const line = /^types \{[^}]+\}/m
        .exec(nginx)?.[0]
        .split('\n')
        .find((candidate) => candidate.trim().startsWith(`${type.split(';')[0]} `))
      expect(line?.replace(';', '').trim().split(/\s+/)).toContain(extension.slice(1))
    },
  )
})
