import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPackage } from '../../scripts/profile/package-at.ts'
import { assemblePackage } from '../../scripts/publish/assemble.ts'
import { replaceFolder } from '../../scripts/publish/package-folder.ts'
import { collectProject } from '../../src/app/collect-project.ts'
import type { FollowUp } from '../../src/core/plan.ts'
import { PackageReader } from '../../src/app/load.ts'
import { EMPTY_WORKSPACE } from '../../src/files/package/overlay.ts'
import { writeProject } from '../../src/files/package/project.ts'
import { newSlide, type Briefing } from '../../src/views/briefing/briefing.ts'
import { intervention, planOf } from '../support/small-plan.ts'
import { runWriting } from '../support/run-writing.ts'
import { smallSource, SUPPRESSED } from '../support/small-source.ts'

const TEMPORARY = mkdtempSync(join(tmpdir(), 'briefing-'))
const PROJECT = join(TEMPORARY, 'rad.lagesprojekt.zip')
const EMPTY = join(TEMPORARY, 'tomt.lagesprojekt.zip')

const ROUND = '#/insatser?insatsdel=uppfoljning&halvar=2024-H1&verksamhet=streets'
/** Kept beside the plan, in the project. */
const FOLLOW_UP: FollowUp = {
  ...{ intervention: 'lamps', halfYear: '2024-H1', status: 'avslutad', reading: 'uppnatt' },
  ...{ measures: [], comment: '', date: '2024-05-01', lines: null },
}

const briefing = (id: string, title: string, changedAt: string): Briefing => ({
  ...{ id, title, changedAt, author: 'Rådet', periodText: 'hösten 2024', minutes: 20 },
  slides: [
    newSlide({
      ...{ id: 'ord', kind: 'words', title: 'Vad vi ser', words: `Ord om ${title}.` },
      notes: 'Börja lugnt.',
    }),
    newSlide({ id: 'karta', kind: 'view', address: '#/karta?niva=stadsdel' }),
    newSlide({ id: 'annat', kind: 'view', address: '#/data', detail: 'En annan sida' }),
    newSlide({ id: 'runda', kind: 'view', address: ROUND }),
  ],
})

beforeAll(async () => {
  const folder = join(TEMPORARY, 'package')
  const plan = planOf(
    intervention({
      places: { kind: 'whole', note: null },
      followUpMeasures: [
        { text: 'Prov', indicator: 'prov', expected: 'down', reason: 'Nära.', line: 3 },
      ],
    }),
  )
  await replaceFolder(folder, assemblePackage({ ...smallSource(), plan }))
  const opened = await openPackage(folder)
  if ('findings' in opened) throw new Error('no package')
  const write = async (path: string, briefings: readonly Briefing[]) => {
    const reader = new PackageReader(opened.reader.base, {
      ...{ ...EMPTY_WORKSPACE, briefings, followUps: [FOLLOW_UP] },
    })
    const facts = { created: '2024-05-06T10:00:00.000Z', product: '0.1.0' }
    writeFileSync(path, await writeProject(await collectProject(reader), facts))
  }
  await write(PROJECT, [
    briefing('ny', 'Lägesbild höst', '2024-05-06T10:00:00.000Z'),
    briefing('gammal', 'Lägesbild vår', '2024-01-06T10:00:00.000Z'),
  ])
  await write(EMPTY, [])
})
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }))

let runs = 0

/** Runs `briefing`. @returns its exit code, what it said, and the files that it wrote */
const briefingCommand = (...parameters: string[]) =>
  runWriting(join(TEMPORARY, `out-${runs++}`), [
    ...['briefing', '--project', PROJECT, '--date', '2024-05-06'],
    ...parameters,
  ])

describe('a lägesbild on the command line', () => {
  it('is the one that was changed last, in each form, and says which slide cannot be shown', async () => {
    const { code, said, names } = await briefingCommand('--format', 'html,csv,pptx')
    expect(code).toBe(0)
    const stem = 'lagesbild-host-2024-05'
    expect(names).toEqual([`${stem}-maskin.csv`, `${stem}.csv`, `${stem}.html`, `${stem}.pptx`])
    expect(said).toContain('Bild 3, En annan sida: ')
    expect(said.trim().split('\n')).toHaveLength(2)
  })

  it('is the one that is named', async () => {
    const { names, bytes } = await briefingCommand(
      ...['--lagesbild', 'Lägesbild vår', '--format', 'html'],
    )
    const html = bytes(names[0]!).toString()
    expect(html).toContain('Ord om Lägesbild vår.')
    expect(html).not.toContain('Ord om Lägesbild höst.')
  })

  it('tells of the follow-ups that the project keeps beside the plan', async () => {
    const { names, bytes } = await briefingCommand('--format', 'html')
    const html = bytes(names[0]!).toString()
    expect(html).toContain('Streets: 1 av 1\u00a0insats följd upp')
    expect(html).toMatch(/Lamps<.{1,200}Uppnått<.{1,200}avslutad</s)
  })

  it('never says a hidden figure in any form, and its notes in slides alone', async () => {
    const { names, bytes } = await briefingCommand('--format', 'csv,html,svg,xlsx,pptx')
    const plain = names
      .filter((name) => /\.(csv|html|svg)$/.test(name))
      .map((name) => bytes(name).toString())
    const packed = (ending: string) =>
      names
        .filter((name) => name.endsWith(ending))
        .flatMap((name) => Object.values(unzipSync(bytes(name))).map((part) => strFromU8(part)))
    const isLeak = new RegExp(String.raw`${SUPPRESSED.base}|7[\s\u00a0]919`)
    const all = [...plain, ...packed('.xlsx'), ...packed('.pptx')]
    expect(all.length).toBeGreaterThan(20)
    expect(all.filter((one) => isLeak.test(one))).toEqual([])
    expect(packed('.pptx').some((part) => part.includes('Börja lugnt.'))).toBe(true)
    expect([...plain, ...packed('.xlsx')].filter((one) => one.includes('Börja lugnt.'))).toEqual([])
  })

  it.each([
    ['no project', ['--project', join(TEMPORARY, 'borta.zip')], 'borta.zip'],
    ['a project without any', ['--project', EMPTY], 'finns ingen lägesbild'],
    ['one that is not there, with those that are', ['--lagesbild', 'X'], '"Lägesbild höst"'],
    ['a way to print that there is none of', ['--form', 'affisch'], 'bilder eller rapport'],
    ['a form that there is none of', ['--format', 'docx'], 'Formen "docx" finns inte.'],
    ['a day that is none', ['--date', '2024-13-45'], 'är inget datum'],
  ])('refuses %s, in a sentence', async (_, parameters, sentence) => {
    const { code, said, names } = await briefingCommand(...parameters)
    expect(code).toBe(2)
    expect(said).toContain(sentence)
    expect(said.trim().split('\n')).toHaveLength(1)
    expect(names).toEqual([])
  })
})
