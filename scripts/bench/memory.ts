import { readdir, readFile } from 'node:fs/promises'
import type { Browser } from '@playwright/test'

/**
 * Memory of the browser and all its processes in megabytes, shared pages counted once (proportional set size);
 * null where the system does not tell.
 */
export async function browserMegabytes(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return await megabytesOf(processInfo.map(({ id }) => id))
  } finally {
    await session.detach()
  }
}

/** Memory of a process and all that it started, likewise. */
export const treeMegabytes = async (process: number): Promise<number | null> =>
  megabytesOf(await withDescendants(process))

async function megabytesOf(processes: readonly number[]): Promise<number | null> {
  const kilobytes = await Promise.all(
    processes.map(async (id) => {
      const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
      const found = /^Pss:\s+(\d+) kB$/m.exec(text)
      return found ? Number(found[1]) : 0
    }),
  )
  const sum = kilobytes.reduce((total, part) => total + part, 0)
  return sum === 0 ? null : (sum * 1024) / 1e6
}

/** A process is the child of the thread that started it. */
async function withDescendants(process: number): Promise<number[]> {
  const threads = await readdir(`/proc/${process}/task`).catch(() => [])
  const started = await Promise.all(
    threads.map((thread) =>
      readFile(`/proc/${process}/task/${thread}/children`, 'utf8').catch(() => ''),
    ),
  )
  const children = started.join(' ').match(/\d+/g) ?? []
  return [process, ...(await Promise.all(children.map(Number).map(withDescendants))).flat()]
}
