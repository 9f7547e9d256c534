/**
 * Asks a worker of its own one thing, so that the page stays responsive; outside browsers there is no worker, and no
 * page to keep waiting.
 */
export async function oneAnswer<Request, Reply>(
  worker: () => Worker,
  here: () => Promise<(request: Request) => Promise<Reply>>,
  request: Request,
): Promise<Reply> {
  if (typeof Worker === 'undefined') return (await here())(request)
  const asked = worker()
  try {
    return await new Promise((resolve, reject) => {
      asked.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data)
      asked.onerror = (event) => reject(new Error(event.message))
      asked.onmessageerror = () => reject(new Error('the answer cannot be read'))
      asked.postMessage(request)
    })
  } finally {
    asked.terminate()
  }
}
