import { createServer, request, type Server } from 'node:http'

/** One answer that passed on its way to the browser. */
export interface Transfer {
  readonly path: string
  readonly mediaType: string
  /** Bytes of the body as sent, compressed. */
  readonly bytes: number
  /** When it was asked for: milliseconds since 1970. */
  readonly askedAt: number
}

export interface CountingProxy {
  readonly url: string
  readonly transfers: readonly Transfer[]
  readonly close: () => Promise<void>
}

/**
 * Stands between browser and server, lets gzip alone through as encoding and counts what is sent, to pages and
 * workers alike.
 * @param target the server's address
 */
export async function countTransfers(target: string): Promise<CountingProxy> {
  const transfers: Transfer[] = []
  const server: Server = createServer((incoming, outgoing) => {
    const askedAt = Date.now()
    const headers = { ...incoming.headers, 'accept-encoding': 'gzip' }
    const onward = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method ?? 'GET', headers },
      (answer) => {
        let bytes = 0
        answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
        answer.on('end', () =>
          transfers.push({
            path: (incoming.url ?? '/').slice(1),
            mediaType: (answer.headers['content-type'] ?? '').split(';')[0]!,
            bytes,
            askedAt,
          }),
        )
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    transfers,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
