import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import type { ReportTools } from '../../src/exports/report/files.ts'
import { projectRoot } from '../publish/package-folder.ts'

const require = createRequire(import.meta.url)

const staticFont = (weight: string): string =>
  require.resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`)

/** The typeface as files that the drawing library reads; it does not read woff2. */
const FONT_FILES = ['400Regular', '600SemiBold', '700Bold'].map(staticFont)

/** A file of each weight that a report is set in, and the weights that it stands for. */
const PRINT_FONTS = [
  ['400Regular', '200 500'],
  ['600SemiBold', '501 900'],
] as const

/** Of the typeface: what Swedish needs, and other Latin letters. */
const WEB_FONTS: readonly (readonly [file: string, range: string | null])[] = [
  ['source-sans-3-latin-wght-normal.woff2', null],
  [
    'source-sans-3-latin-ext-wght-normal.woff2',
    'U+0100-02BA,U+02BD-02C5,U+1E00-1E9F,U+2020,U+20A0-20AB,U+2113',
  ],
]

/** What makes files of reports on the command line: the design's colours, its typeface, and pictures of drawings. */
export async function nodeReportTools(): Promise<ReportTools> {
  const tokens = designTokens(await readFile(join(projectRoot, 'src/ui/tokens.css'), 'utf8'))
  let faces: Promise<string> | null = null
  return {
    colour(token) {
      const colour = tokens.get(token)
      if (colour === undefined) throw new RangeError(`no design token "${token}"`)
      return colour
    },
    fontFace: () => (faces ??= fontFaces()),
    rasterise: (svg, width) => {
      const hasWords = svg.includes('<text')
      const drawing = new Resvg(svg, {
        fitTo: { mode: 'width', value: Math.round(2 * width) },
        font: {
          loadSystemFonts: false,
          fontFiles: hasWords ? FONT_FILES : [],
          defaultFontFamily: 'Source Sans 3',
          sansSerifFamily: 'Source Sans 3',
        },
      })
      return Promise.resolve(new Uint8Array(drawing.render().asPng()))
    },
  }
}

/** The custom properties of a style sheet's first `:root`, without their dashes; one that names another has its value. */
export function designTokens(css: string): ReadonlyMap<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(css)?.[1] ?? ''
  const tokens = new Map<string, string>()
  for (const [, name, value] of root.matchAll(/--([\w-]+):\s*([^;]+);/g))
    tokens.set(name!, value!.trim())
  const resolved = (value: string): string =>
    value.replace(/var\(--([\w-]+)\)/g, (_, name: string) => resolved(tokens.get(name) ?? ''))
  return new Map([...tokens].map(([name, value]) => [name, resolved(value)]))
}

/**
 * `@font-face` rules with the typeface for paper. Of a variable one every glyph is drawn into a PDF as a shape of its own
 * (Type 3); these are set as fonts.
 */
export async function printFontFaces(): Promise<string> {
  const rules = await Promise.all(
    PRINT_FONTS.map(async ([file, weights]) => {
      const data = (await readFile(staticFont(file))).toString('base64')
      return `@font-face{font-family:"Source Sans 3";font-weight:${weights};src:url(data:font/ttf;base64,${data}) format("truetype")}`
    }),
  )
  return rules.join('')
}

async function fontFaces(): Promise<string> {
  const rules = await Promise.all(
    WEB_FONTS.map(async ([file, range]) => {
      const path = require.resolve(`@fontsource-variable/source-sans-3/files/${file}`)
      const data = (await readFile(path)).toString('base64')
      return `@font-face{font-family:"Source Sans 3";font-weight:200 900;src:url(data:font/woff2;base64,${data}) format("woff2")${range ? `;unicode-range:${range}` : ''}}`
    }),
  )
  return rules.join('')
}
