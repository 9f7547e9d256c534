import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { designTokens } from '../../scripts/profile/node-report-tools.ts'
import { assemblePackage } from '../../scripts/publish/assemble.ts'
import { replaceFolder } from '../../scripts/publish/package-folder.ts'
import { runWriting } from '../support/run-writing.ts'
import { smallSource, SUPPRESSED } from '../support/small-source.ts'

const TEMPORARY = mkdtempSync(join(tmpdir(), 'profile-'))
const PACKAGE = join(TEMPORARY, 'package')

beforeAll(() => replaceFolder(PACKAGE, assemblePackage(smallSource())))
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }))

let runs = 0

/** Runs `profile` on the small package. @returns its exit code, what it said, and the files that it wrote */
const profile = (...parameters: string[]) =>
  runWriting(join(TEMPORARY, `out-${runs++}`), [
    ...['profile', '--package', PACKAGE, '--date', '2024-05-06'],
    ...parameters,
  ])

/** Those of an area of the small package. */
const PICTURES = ['context', 'karta', 'klotter-arstid', 'klotter-manad']
const STEM = 'omradesprofil-a-a-dalen-2024-05'

describe('profiles on the command line', () => {
  it('writes the files of each area, says which, and leaves nothing half-written', async () => {
    const { code, said, names } = await profile('--all', '--format', 'csv,html,svg')
    expect(code).toBe(0)
    expect(said).toBe('1 av 2: A-dalen, 7 filer\n2 av 2: B-berget, 7 filer\n')
    const endings = ['-maskin.csv', '.csv', '.html', ...PICTURES.map((id) => `-${id}.svg`)]
    const stems = [STEM, 'omradesprofil-b-b-berget-2024-05']
    expect(names).toEqual(stems.flatMap((stem) => endings.map((end) => stem + end)).sort())
  })

  it('finds an area by its name, and puts the date that it is given', async () => {
    const { code, names, bytes } = await profile('--area', 'a-DALEN', '--format', 'html')
    expect({ code, names }).toEqual({ code: 0, names: [`${STEM}.html`] })
    expect(bytes(`${STEM}.html`).toString()).toContain('6 maj 2024')
  })

  it('puts areas together as one, under the name that they are given', async () => {
    const { names, bytes } = await profile(
      ...['--group', 'a,b', '--name', 'Dalen och berget', '--format', 'csv'],
    )
    expect(names).toHaveLength(2)
    expect(bytes(names[1]!).toString()).toContain('Dalen och berget')
  })

  it('never says a hidden figure, in any form', async () => {
    const { names, bytes } = await profile('--all', '--format', 'csv,html,svg,xlsx,pptx')
    const text = names
      .filter((name) => /\.(csv|html|svg)$/.test(name))
      .map((name) => bytes(name).toString())
    const compressed = names
      .filter((name) => /\.(xlsx|pptx)$/.test(name))
      .flatMap((name) => Object.values(unzipSync(bytes(name))))
      .map((member) => strFromU8(member))
    expect(compressed.length).toBeGreaterThan(20)
    const isLeak = new RegExp(String.raw`${SUPPRESSED.base}|7[\s\u00a0]919`)
    expect([...text, ...compressed].filter((one) => isLeak.test(one))).toEqual([])
    expect(text.some((one) => one.includes('dold'))).toBe(true)
  })

  it.each([
    ['an area that is not there, with the nearest', ['--area', 'A-dale'], 'Närmast: A-dalen (a)'],
    ['no area', [], 'Ange ett av --area KOD, --all och --group KOD,KOD.'],
    ['areas in two ways', ['--all', '--area', 'a'], 'Ange ett av'],
    ['a form that there is none of', ['--all', '--format', 'docx'], 'Formen "docx" finns inte.'],
    ['a day that is none', ['--all', '--date', '2024-13-45'], 'är inget datum'],
    ['a level that there is none of', ['--all', '--level', 'regso'], 'Nivån "regso" finns inte.'],
    ['a sex that there is none of', ['--all', '--sex', 'X'], 'Kön är T, K eller M'],
    ['a period that is none', ['--all', '--period', 'igår'], 'är ingen period'],
    ['the whole, which has no profile', ['--area', 'Hela'], 'Hela kommunen har ingen profil'],
    ['an area beside itself', ['--area', 'a', '--compare', 'A-dalen'], 'med sig självt'],
  ])('refuses %s, in a sentence', async (_, parameters, sentence) => {
    const { code, said } = await profile(...parameters)
    expect(code).toBe(2)
    expect(said).toContain(sentence)
    expect(said.trim().split('\n')).toHaveLength(1)
  })

  it('writes the other forms where no browser prints, and says so', async () => {
    vi.stubEnv('CHROMIUM_PATH', join(TEMPORARY, 'no-browser'))
    const { code, said, names } = await profile('--area', 'a', '--format', 'pdf,csv')
    vi.unstubAllEnvs()
    expect(code).toBe(2)
    expect(said).toMatch(/^PDF skrivs inte: .*CHROMIUM_PATH/)
    expect(names).toEqual([`${STEM}-maskin.csv`, `${STEM}.csv`])
  })

  it.each(['nowhere', 'nothing.zip'])('says that there is no package: %s', async (name) => {
    const { code, said } = await profile('--all', '--package', join(TEMPORARY, name))
    expect(code).toBe(2)
    expect(said).toContain(name)
  })

  it('says which file of a package is not as it was released, and that it is wrong', async () => {
    const damaged = join(TEMPORARY, 'damaged')
    cpSync(PACKAGE, damaged, { recursive: true })
    appendFileSync(join(damaged, 'observations/stadsdel/prov.csv'), ' ')
    const { code, said } = await profile('--all', '--package', damaged, '--format', 'csv')
    expect(code).toBe(1)
    expect(said).toMatch(/^Fel: .*observations\/stadsdel\/prov\.csv/)
  })
})

test('a design token that names another has its value, and a dark theme changes none', () => {
  const css =
    ':root { --ink: #111111; --word: var(--ink); } :root[data-theme="x"] { --ink: #eeeeee; }'
  expect([...designTokens(css)]).toEqual([
    ['ink', '#111111'],
    ['word', '#111111'],
  ])
})
