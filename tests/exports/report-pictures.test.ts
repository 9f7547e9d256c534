import { expect, test } from 'vitest'
import { reportPictures } from '../../src/exports/report/pictures.ts'
import type { Report } from '../../src/views/report.ts'
import { SAMPLE_REPORT } from '../support/sample-report.ts'
import { strictMarkup } from '../support/strict-markup.ts'

const colour = (token: string): string => `#${token}`
const pictures = reportPictures(SAMPLE_REPORT, colour)
/** What is written in a picture, lines that are broken put together. */
const wordsOf = (svg: string): string =>
  strictMarkup(svg)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text)
    .join(' ')

test('there is one of every table, chart and map, each with a name of its own', () => {
  expect(pictures.map(({ id }) => id)).toEqual([
    ...['karta', 'befolkning', 'bakomliggande-faktorer', 'utveckling-trangbodd', 'klotter-manad'],
  ])
  const twice: Report = {
    ...SAMPLE_REPORT,
    sections: [...SAMPLE_REPORT.sections, ...SAMPLE_REPORT.sections],
  }
  const ids = reportPictures(twice, colour).map(({ id }) => id)
  expect(new Set(ids).size).toBe(10)
})

test('each is a whole document of the size that it says', () => {
  for (const { svg, width, height, title, alternative } of pictures) {
    const [root] = strictMarkup(svg)
    expect(root!.attributes).toMatchObject({
      ...{ xmlns: 'http://www.w3.org/2000/svg', width: String(width), height: String(height) },
      viewBox: `0 0 ${width} ${height}`,
    })
    expect(title).not.toBe('')
    expect(alternative).not.toBe('')
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  }
})

test('each stands alone: what, of whom, from which release, and that it is invented', () => {
  for (const { svg, id, title } of pictures) {
    const words = wordsOf(svg)
    expect(words).toContain('Syntetiska demonstrationsdata')
    if (id === 'karta') continue
    expect(words).toContain(title)
    for (const text of ['Ålidhem södra.', SAMPLE_REPORT.imprint, 'Framtagen: 23 november 2026'])
      expect(words).toContain(text)
  }
  const sources = pictures.filter(({ id }) => /trangbodd|faktorer/.test(id))
  for (const { svg } of sources) expect(wordsOf(svg)).toContain('Källa: SCB.')
})

test('a table says every value and verdict, and why there is none', () => {
  const { svg, alternative } = pictures.find(({ id }) => id === 'bakomliggande-faktorer')!
  const words = wordsOf(svg)
  for (const text of ['17,1\u00a0%', '45,5', 'högre', 'går inte att säga', 'dold', 'saknas'])
    expect(words).toContain(text)
  expect(words).toContain('Dold i röjandekontrollen')
  expect(words).toContain('dold: Talet är för litet för att visas.')
  expect(alternative).toContain('dold (Dold i röjandekontrollen)')
})

test('what no figure of a picture needs is not explained in it', () => {
  const { svg } = pictures.find(({ id }) => id === 'utveckling-trangbodd')!
  expect(wordsOf(svg)).toContain('dold: Talet')
  expect(wordsOf(svg)).not.toContain('saknas:')
})
