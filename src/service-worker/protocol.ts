/** What the service worker says about itself: whether the whole app and its data are kept for use without a net. */
export type KeepingState = 'keeping' | 'kept' | 'failed'

/** From a page: keep everything, and say when it is done. */
export interface KeepRequest {
  readonly type: 'keep'
}

/** To the pages, whenever the state changes. */
export interface KeepingReport {
  readonly type: 'keeping'
  readonly state: KeepingState
}

export const KEEP_REQUEST: KeepRequest = { type: 'keep' }

/** Narrows a message of unknown origin. */
export const isKeepRequest = (message: unknown): message is KeepRequest =>
  isMessage(message) && message.type === 'keep'

/** Narrows a message of unknown origin. */
export const isKeepingReport = (message: unknown): message is KeepingReport =>
  isMessage(message) &&
  message.type === 'keeping' &&
  'state' in message &&
  (message.state === 'keeping' || message.state === 'kept' || message.state === 'failed')

const isMessage = (message: unknown): message is { readonly type: unknown } =>
  typeof message === 'object' && message !== null && 'type' in message
