import { escapeXml } from '../../charts/svg.ts'
import type { Report } from '../../views/report.ts'
import type { HtmlTools } from './html.ts'
import { printedDeck } from './slide-deck.ts'

/** A lägesbild's slides as a page to be printed where there is no page of the app: a slide a sheet, nothing to run. */
export function slidesPage(report: Report, { colour, fontFace }: HtmlTools): string {
  const hidden =
    '.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}'
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>${escapeXml(`${report.title}. ${report.imprint}`)}</title>
<style>${fontFace}
html,body{margin:0;background:${colour('paper')}}${hidden}</style>
</head>
<body>
<main>${printedDeck(report, colour)}</main>
</body>
</html>
`
}
