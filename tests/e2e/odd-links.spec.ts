import { addressOf, areaRows, follow, legend, openKarta } from '../support/karta.ts'
import { expect, test } from '../support/page.ts'

test.use({ serviceWorkers: 'block' })

/** A link and what the page says that it could not use. */
const LINKS: readonly (readonly [hash: string, says: string])[] = [
  ['#/karta?indikator=%E0%A4%A', '”%E0%A4%A” för ”indikator” känns inte igen.'],
  ['#/finns-inte', '”finns-inte” för ”sida” känns inte igen.'],
  ['#/karta?' + 'x'.repeat(10_000), `”${'x'.repeat(80)}” känns inte igen.`],
  ['#/karta?indikator=' + 'å'.repeat(5_000), 'för ”indikator” känns inte igen.'],
  ['#???&&&===', 'känns inte igen.'],
  ['#%', '”%” för ”sida” känns inte igen.'],
  ['#/karta?kon=Q&antal=99&fasta=kanske', '”99” för ”antal” känns inte igen.'],
  ['#/karta?period=2025-99', '”2025-99” för ”period” känns inte igen.'],
  ['#/karta?period=1066', 'finns inte; läsåret'],
  ['#/karta?klasser=egna&granser=3,2,1', '”3,2,1” för ”granser” känns inte igen.'],
  ['#/karta?klasser=egna', 'Länken har inga egna klassgränser.'],
  ['#/karta?antal=7', '”7” för ”antal” känns inte igen.'],
  ['#/karta?vy=999,999,99', '”999,999,99” för ”vy” känns inte igen.'],
  ['#/karta?hemlig=1&hemlig=1&hemlig=1', '”1” för ”hemlig” känns inte igen.'],
  ['#/karta?indikator=__proto__', 'Indikatorn ”__proto__” finns inte i utgåvan.'],
  ['#/karta?niva=constructor', 'Nivån ”constructor” finns inte.'],
  ['#/karta?omraden=__proto__,0180', 'Området ”__proto__, 0180” finns inte.'],
  ['#/karta?handelser=toString%2Bklotter', 'Händelsekategorin ”toString” finns inte i utgåvan.'],
  ['#/karta?utgava=1999-01-01', 'Länken är gjord för utgåva 1999-01-01'],
  [
    '#/karta?indikator=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E',
    'Indikatorn ”<img src=x onerror=alert(1)>” finns inte i utgåvan.',
  ],
]

test('any hash opens some view and says what it ignored', async ({ page }) => {
  await openKarta(page, LINKS[0]![0])
  const notes = page.getByRole('status').filter({ has: page.getByRole('button') })
  for (const [hash, says] of LINKS)
    await test.step(hash.slice(0, 60), async () => {
      await follow(page, hash)
      await expect.soft(notes, hash.slice(0, 60)).toContainText(says)
      await expect.soft(legend(page)).toContainText('%')
      await expect.soft(areaRows(page).first()).toBeVisible()
    })
  await page.getByRole('button', { name: 'Stäng meddelandet' }).click()
  await expect(notes).toHaveCount(0)
})

test('classes of any number, or of own edges, each have a colour', async ({ page }) => {
  await openKarta(page, '#/karta?antal=3')
  for (const [hash, classes] of [
    ['#/karta?antal=3', 3],
    ['#/karta?antal=5', 5],
    ['#/karta?klasser=egna&granser=5,10,12,14,18,30', 5],
    // Narrower than the values: those beyond stand in the outermost classes.
    ['#/karta?klasser=egna&granser=12,14,16', 2],
  ] as const) {
    await follow(page, hash)
    await expect.poll(() => addressOf(page)).toBe(hash)
    const squares = legend(page).locator('rect.square')
    await expect(squares).toHaveCount(28)
    const colours = await squares.evaluateAll((rects) => [
      ...new Set(rects.map((rect) => getComputedStyle(rect).fill)),
    ])
    expect.soft(colours, hash).toHaveLength(classes)
    expect.soft(colours, hash).not.toContain('rgb(0, 0, 0)')
  }
})
