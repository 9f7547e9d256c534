import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { crossHere } from '../../src/app/cross/cross-once.ts'
import { emptyBriefing, type Session } from '../../src/app/session.svelte.ts'
import { findingMessage } from '../../src/text/findings.ts'
import { newSlide, withSlide, withSlideChanged } from '../../src/views/briefing/briefing.ts'
import { MemoryDisk } from '../support/memory-store.ts'
import { servedPackage } from '../support/own-files.ts'
import { openTab, serve, settled } from '../support/session-world.ts'

let disk: MemoryDisk

beforeEach(() => {
  disk = new MemoryDisk()
  serve(servedPackage().files)
})
afterEach(() => vi.unstubAllGlobals())

const ID = 'lagesbild'
const MAKING = {
  ...{ date: '2026-11-23', colour: () => '#000000', cross: crossHere },
  measure: (words: string) => words.length * 6,
}

/** A tab with a lägesbild of two slides of words and a map. */
async function tabWithBriefing(): Promise<Session> {
  const session = await openTab(disk)
  const slides = [
    newSlide({ id: 'a', kind: 'words', title: 'A' }),
    newSlide({ id: 'b', kind: 'words', title: 'B' }),
    newSlide({ id: 'c', kind: 'view', address: '#/karta', detail: 'Prov' }),
  ]
  const one = emptyBriefing(ID, '2026-11-23T09:00:00.000Z')
  expect(
    await session.addBriefing(slides.reduce((whole, slide) => withSlide(whole, slide), one)),
  ).toEqual([])
  return session
}
const write = (session: Session, slide: string, words: string) =>
  session.changeBriefing(ID, (whole) => withSlideChanged(whole, slide, { words }))
const wordsOf = (session: Session) =>
  session.workspace.briefings[0]!.slides.map(({ words }) => words)

describe('words of a lägesbild', () => {
  it('of two tabs at once are both kept', async () => {
    const one = await tabWithBriefing()
    const two = await openTab(disk)
    await Promise.all([
      write(one, 'a', 'Ur den ena.'),
      write(two, 'b', 'Ur den andra.'),
      two.changeBriefing(ID, (whole) => withSlide(whole, newSlide({ id: 'd', kind: 'words' }))),
    ])
    await settled()
    for (const tab of [one, two, await openTab(disk)])
      expect(wordsOf(tab)).toEqual(['Ur den ena.', 'Ur den andra.', '', ''])
  })

  it('stay in the tab where the storage is full, which is said, go into the project file, and are stored when there is room', async () => {
    const session = await tabWithBriefing()
    disk.room = 100
    const findings = await write(session, 'a', 'Det viktigaste.')
    expect(findings.map(({ code }) => code)).toEqual(['project-storage-full'])
    expect(findings.map(findingMessage).join(' ')).toMatch(/projektfil/i)
    expect(wordsOf(session)[0]).toBe('Det viktigaste.')
    expect(wordsOf(await openTab(disk))[0]).toBe('')

    const { name, bytes } = await session.writeProject()
    const other = await openTab(new MemoryDisk())
    expect(await other.openProject(name, bytes)).toEqual([])
    expect(wordsOf(other)[0]).toBe('Det viktigaste.')

    disk.room = Infinity
    expect(await write(session, 'b', 'Och det andra.')).toEqual([])
    expect(wordsOf(await openTab(disk)).slice(0, 2)).toEqual(['Det viktigaste.', 'Och det andra.'])
  })
})

describe('lägesbilder of a project file', () => {
  it('are taken into what is open, remember what their slides showed, and are not taken twice', async () => {
    const first = await tabWithBriefing()
    await write(first, 'a', 'Då.')
    const { name, bytes } = await first.writeProject()

    const later = await openTab(new MemoryDisk())
    const { taken, findings } = await later.takeBriefings(name, bytes, MAKING)
    expect(findings).toEqual([])
    expect(taken.map(({ id }) => id)).toEqual([ID])
    expect(wordsOf(later)).toEqual(['Då.', '', ''])
    const { seen } = later.workspace.briefings[0]!.slides[2]!
    expect(seen).toMatchObject({ release: first.index!.release.id })
    expect(seen!.claim).not.toBe('')
    expect(later.projectName).toBeNull()

    expect((await later.takeBriefings(name, bytes, MAKING)).taken).toEqual([])
    // Gone another way since, the file's is put beside: neither is lost.
    await write(later, 'a', 'Nu.')
    expect((await later.takeBriefings(name, bytes, MAKING)).taken).toHaveLength(1)
    expect(later.workspace.briefings.map(({ slides }) => slides[0]!.words)).toEqual(['Nu.', 'Då.'])
  })

  it('that is damaged are not taken, and what is here stays', async () => {
    const session = await tabWithBriefing()
    await write(session, 'a', 'Kvar.')
    const { name, bytes } = await session.writeProject()
    for (const damaged of [bytes.slice(0, bytes.length / 2), new Uint8Array([1, 2, 3])]) {
      const { taken, findings } = await session.takeBriefings(name, damaged, MAKING)
      expect(taken).toEqual([])
      expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
      expect(findings.map(findingMessage).join('')).toMatch(/\p{Lu}\p{Ll}+.*\./u)
      expect(wordsOf(session)[0]).toBe('Kvar.')
    }
  })
})
