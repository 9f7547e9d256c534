/** As much of a worker as the page's clients use. */
export interface WorkerPort<Request, Reply> {
  onmessage: ((event: MessageEvent<Reply>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
  postMessage(request: Request): void
  terminate(): void
}

/** Hears a worker's replies; one that cannot be read, like an error that nobody caught, is a failure. */
export function heardBy<Request, Reply>(
  worker: WorkerPort<Request, Reply>,
  hear: (reply: Reply) => void,
  fail: () => void,
): WorkerPort<Request, Reply> {
  worker.onmessage = ({ data }) => hear(data)
  worker.onerror = (event) => {
    event.preventDefault()
    fail()
  }
  worker.onmessageerror = fail
  return worker
}
