import { readFile } from 'node:fs/promises'
import type { Browser } from '@playwright/test'

/**
 * Memory of the browser and all its processes in megabytes, shared pages counted once (proportional set size);
 * null where the system does not tell.
 */
export async function browserMegabytes(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession()
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const kilobytes = await Promise.all(
      processInfo.map(async ({ id }) => {
        const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
        const found = /^Pss:\s+(\d+) kB$/m.exec(text)
        return found ? Number(found[1]) : 0
      }),
    )
    const sum = kilobytes.reduce((total, part) => total + part, 0)
    return sum === 0 ? null : (sum * 1024) / 1e6
  } finally {
    await session.detach()
  }
}
