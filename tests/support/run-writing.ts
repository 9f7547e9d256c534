import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { runCommand } from '../../scripts/command-line.ts'

/**
 * Runs a command of the project that writes files, told by `--out` where. @returns its exit code, what it said on the
 * way, and the files that it wrote
 */
export async function runWriting(out: string, parameters: readonly string[]) {
  let said = ''
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    said += String(chunk)
    return true
  })
  try {
    const code = await runCommand([...parameters, '--out', out])
    const names = existsSync(out) ? readdirSync(out).sort() : []
    return { code, said, names, bytes: (name: string) => readFileSync(join(out, name)) }
  } finally {
    spy.mockRestore()
  }
}
