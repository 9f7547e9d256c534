import { sha256 } from '@noble/hashes/sha2.js'
import type { TokenColour } from '../../charts/report-marks.ts'
import { reportText } from '../../text/report.ts'
import type { Report } from '../../views/report.ts'
import { tag, text } from './html-parts.ts'
import { present } from './present.ts'
import { slideDeck } from './slide-deck.ts'

/** What a page needs to be shown from, besides the report itself. */
export interface HtmlShowing {
  /** The opening tag of the body, with the button that begins. */
  readonly body: string
  readonly deck: string
  /** Of its script, as a content security policy names it. */
  readonly hash: string
}

/** Some compilers name functions through a helper of theirs, which is not there where the text runs. */
const SCRIPT = `(()=>{const __name=(one)=>one;(${present.toString()})()})()`

/** A lägesbild's slides after the report that they are taken from, hidden until they are shown. */
export function showingOf(report: Report, colour: TokenColour): HtmlShowing {
  const words = reportText.showing
  const digest = sha256(new TextEncoder().encode(SCRIPT))
  const style = `.showing{display:flex;gap:16px;align-items:baseline;max-width:1000px;margin:0 auto;padding:24px 28px 0;font:400 14px/20px 'Source Sans 3',sans-serif;color:${colour('ink-2')}}
.showing button{padding:9px 16px;border:0;background:${colour('accent')};color:${colour('ink-inverse')};font:600 15px/20px 'Source Sans 3',sans-serif;cursor:pointer}
.showing button:focus-visible{outline:3px solid ${colour('ink')};outline-offset:2px}
#visning{position:absolute;margin:0;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
body:not(.presenting) .deck{display:none}
.presenting main,.presenting .showing{display:none}
.presenting{overflow:hidden}
.presenting .deck{outline:0;position:fixed;inset:0;display:grid;place-items:center;touch-action:pan-y;cursor:default}
.presenting .deck .slide:not(.now){display:none}
.presenting.black .deck{background:#000}
.presenting.black .deck .slide{visibility:hidden}
.contrast .deck{--ink-2:${colour('ink')};--ink-3:${colour('ink')};--hairline:${colour('ink-3')};--rule:${colour('ink-2')};font-weight:500}
.contrast .deck [data-hint]{stroke:${colour('ink')}}
@media print{.showing,#visning,body .deck{display:none}.presenting main{display:block}}`
  return {
    // What is told of each slide stands outside what is not shown with them, or nobody hears it.
    body: `<body data-slide="${words.status}"><style>${style}</style>${tag(
      'div',
      { class: 'showing' },
      [text('button', words.show, { id: 'visa', type: 'button' }), text('span', words.keys)],
    )}${tag('p', { id: 'visning', role: 'status' }, '')}`,
    deck: `${slideDeck(report, { colour, hasPictures: false })}<script>${SCRIPT}</script>`,
    hash: `sha256-${btoa(String.fromCharCode(...digest))}`,
  }
}
