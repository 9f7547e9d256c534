import { isKeepingReport, KEEP_REQUEST } from '../service-worker/protocol.ts'

/**
 * Whether the app can be used without a net:
 * unsupported = the browser allows it only over HTTPS or on localhost, so the page needs the net
 * installing = the parts and the data are being kept
 * ready = everything is kept
 * failed = something could not be kept; the next load tries again
 */
export type OfflineState = 'unsupported' | 'installing' | 'ready' | 'failed'

/**
 * Registers the service worker of the built site and tells how far it has come. In development nothing is kept,
 * so that the page is always the newest.
 * @param onState called at once with the first state and then at every change
 * @returns stops telling
 */
export function watchOffline(onState: (state: OfflineState) => void): () => void {
  if (import.meta.env.DEV || !window.isSecureContext || !('serviceWorker' in navigator)) {
    onState('unsupported')
    return () => undefined
  }
  let current: OfflineState | null = null
  const tell = (state: OfflineState): void => {
    if (state === current) return
    current = state
    onState(state)
  }
  const workers = navigator.serviceWorker
  const stop = new AbortController()
  workers.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      if (!isKeepingReport(event.data)) return
      if (event.data.state === 'kept') tell('ready')
      else if (event.data.state === 'failed') tell('failed')
    },
    { signal: stop.signal },
  )
  workers.startMessages()
  tell('installing')
  keepEverything(workers, stop.signal).catch(() => {
    if (!stop.signal.aborted) tell('failed')
  })
  return () => stop.abort()
}

/**
 * Registers, waits until a worker is active and asks it to keep everything.
 * @throws when the worker cannot be had or its installation fails
 */
async function keepEverything(workers: ServiceWorkerContainer, signal: AbortSignal): Promise<void> {
  const address = new URL('service-worker.js', document.baseURI)
  const registration = await workers.register(address, { updateViaCache: 'none' })
  const worker = registration.active ?? (await activated(registration))
  if (!signal.aborted) worker.postMessage(KEEP_REQUEST)
}

/** The first worker of a registration, once it is active. */
function activated(registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const worker = registration.installing ?? registration.waiting
  if (!worker) return Promise.reject(new Error('The service worker could not be installed.'))
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (worker.state === 'activated') resolve(worker)
      else if (worker.state === 'redundant')
        reject(new Error('The service worker could not be installed.'))
    }
    worker.addEventListener('statechange', check)
    check()
  })
}
