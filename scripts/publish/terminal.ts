import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { formatNumber } from '../../src/text/format.ts'
import type { InputFile } from './real-input.ts'
import { UsageError } from './usage.ts'

/** Reads a file that the command names. @throws UsageError when it cannot be read */
export async function openInput(path: string): Promise<InputFile> {
  try {
    return { path, bytes: await readFile(path) }
  } catch (error) {
    throw new UsageError(
      `${path} kunde inte läsas (${error instanceof Error ? error.message : String(error)}).`,
    )
  }
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Says that nothing was written. @returns the exit code */
export function refuse(): number {
  print('Inget är publicerat. Rätta felen och försök igen.')
  return 1
}

/** A whole number as it is shown. */
export const integer = (value: number): string => formatNumber(value, 0)

/** A folder as it is named from where the command runs. */
export function shown(folder: string): string {
  const path = relative(process.cwd(), folder)
  return path.startsWith('..') ? folder : path
}
