import { answerFile, answerPage, forgetEarlierApps, keepApp } from './app-cache.ts'
import {
  answerFileAbout,
  answerIndex,
  answerPackageFile,
  isAbout,
  keepPackage,
} from './package-cache.ts'
import { isKeepRequest, type KeepingReport, type KeepingState } from './protocol.ts'

declare const self: ServiceWorkerGlobalScope

const scope = self.registration.scope
const packageFolder = new URL('package/', scope).href

self.addEventListener('install', (event) => event.waitUntil(keepApp(scope)))

self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      await forgetEarlierApps()
      await self.clients.claim()
    })(),
  ),
)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = request.url.replace(/[?#].*$/, '')
  if (request.method !== 'GET' || !address.startsWith(scope)) return
  if (request.mode === 'navigate') {
    if (address === scope || address === `${scope}index.html`)
      event.respondWith(answerPage(request, scope))
  } else if (address === `${packageFolder}index.json`) event.respondWith(answerIndex(request))
  else if (address.startsWith(packageFolder) && isAbout(address.slice(packageFolder.length)))
    event.respondWith(answerFileAbout(request))
  else if (address.startsWith(packageFolder)) event.respondWith(answerPackageFile(request))
  else event.respondWith(answerFile(request))
})

self.addEventListener('message', (event) => {
  if (isKeepRequest(event.data)) event.waitUntil(keepAll())
})

/** What a browser may have evicted since is fetched again, so that "kept" is true when it is said. */
async function keepAll(): Promise<void> {
  await report('keeping')
  try {
    await keepApp(scope)
    await keepPackage(packageFolder)
    await report('kept')
  } catch {
    await report('failed')
  }
}

async function report(state: KeepingState): Promise<void> {
  const message: KeepingReport = { type: 'keeping', state }
  for (const client of await self.clients.matchAll({ includeUncontrolled: true }))
    client.postMessage(message)
}
