/** The design tokens that slides of HTML are coloured with. */
export const DECK_TOKENS = [
  ...(['paper', 'wash', 'hairline', 'rule', 'control', 'ink', 'ink-2', 'ink-3'] as const),
  ...(['hidden-ground', 'hidden-line', 'missing-dot'] as const),
] as const

/**
 * How slides of HTML look: as those on screen, in pixels of a slide that is 1024 wide and 768 high (`--u`). On paper a
 * slide is a page.
 */
export const deckStyle = (colour: (token: string) => string): string =>
  `.deck{${DECK_TOKENS.map((token) => `--${token}:${colour(token)}`).join(';')}}${STYLE}`

const u = (pixels: number): string => `calc(${pixels}*var(--u))`
const d = (pixels: number): string => `calc(${pixels}*var(--u)*var(--dense,1))`

const STYLE = `
.deck{--u:1px;background:var(--paper);color:var(--ink);font-family:'Source Sans 3',sans-serif;font-feature-settings:'tnum' 1,'lnum' 1;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.deck *{box-sizing:border-box}
.deck h2,.deck p,.deck dl,.deck dd,.deck table{margin:0;padding:0}
.deck .slide{position:relative;display:flex;flex-direction:column;width:${u(1024)};height:${u(768)};overflow:hidden;padding:${u(34)} ${u(40)} ${u(20)};background:var(--paper);font-size:${u(20)};line-height:1.3}
.deck .title{max-width:30em;font-size:${u(35)};font-weight:700;line-height:1.22;letter-spacing:-.015em;text-wrap:balance}
.deck .words .title,.deck .section .title,.deck .cover .title{font-size:${u(52)};line-height:1.2}
.deck .words,.deck .cover{padding-top:${u(108)}}
.deck .follows{padding-top:${u(34)}}
.deck .follows .title{max-width:none;color:var(--ink-3);font-size:${u(24)};line-height:1.3}
.deck .section{justify-content:center}
.deck .section .foot{position:absolute;inset:auto ${u(40)} ${u(20)}}
.deck .kicker{color:var(--ink-3);font-weight:600;font-size:${u(18)}}
.deck .subtitle{color:var(--ink-2);font-size:${u(27)};margin-top:${u(8)}}
.deck .facts{margin-top:${u(48)};flex:1;font-size:${u(21)}}
.deck .facts div{display:flex;gap:${u(16)};padding:${u(4)} 0}
.deck .facts dt{width:${u(150)};color:var(--ink-3)}
.deck .synthetic{font-size:${u(19)};max-width:40em}
.deck .body{flex:1;min-height:0;margin-top:${u(16)};display:flex;flex-direction:column;gap:${u(12)}}
.deck .beside{display:grid;grid-template-columns:minmax(0,1fr) ${u(300)};grid-template-rows:minmax(0,1fr) auto;gap:${u(8)} ${u(26)}}
.deck .picture{min-height:0;margin-left:${u(-40)}}
.deck .picture.scatter{margin-left:0}
.deck .picture .map,.deck .picture svg{display:block;width:100%;height:100%}
.deck .list{min-height:0;overflow:hidden;font-size:${d(18.5)}}
.deck .group{margin-bottom:${d(12)}}
.deck .group.alone{margin-bottom:${d(3)};color:var(--ink-2)}
.deck .head{display:flex;gap:${d(10)};align-items:baseline;font-weight:700;font-size:${d(20)};padding-bottom:${d(3)}}
.deck .alone .head{font-weight:400;font-size:${d(18.5)};padding:0}
.deck .head svg,.deck .swatch{flex:none;width:${d(20)};height:${d(20)};align-self:flex-start;margin-top:${d(3)}}
.deck .swatch{border:1px solid var(--control)}
.deck .swatch.hidden{background:repeating-linear-gradient(135deg,var(--hidden-ground) 0 4px,var(--hidden-line) 4px 5.2px)}
.deck .swatch.missing{background:radial-gradient(var(--missing-dot) 1px,transparent 1.4px) 0 0/6px 6px}
.deck .list dl{border-top:1px solid var(--ink);padding-top:${d(4)}}
.deck .list dl>div{display:flex;justify-content:space-between;gap:${u(10)};padding:${u(1.5)} 0}
.deck .list dd{font-weight:700;white-space:nowrap}
.deck .said{font-size:${u(23)}}
.deck .chart{min-height:0;flex:1}
.deck .chart svg{display:block;width:100%;height:100%}
.deck table{width:100%;border-collapse:collapse;font-size:${u(18)}}
.deck caption{text-align:left;color:var(--ink-3);padding-bottom:${u(4)}}
.deck th,.deck td{padding:${u(5)} ${u(10)} ${u(5)} 0;border-bottom:1px solid var(--hairline);text-align:left;font-weight:400;vertical-align:middle}
.deck thead th{border-bottom-color:var(--ink);color:var(--ink-3);font-size:${u(15)};vertical-align:bottom}
.deck td.number{font-weight:700;white-space:nowrap}
.deck td.number+td.number{font-weight:400}
.deck .number{text-align:right}
.deck .areas th,.deck .areas td{padding-top:${u(2.5)};padding-bottom:${u(2.5)}}
.deck td span,.deck td.hidden,.deck td.missing,.deck .cut{color:var(--ink-2);font-size:${u(16)}}
.deck td.hidden,.deck td.missing{font-weight:400}
.deck .spine{width:${u(180)}}
.deck td.spine svg{display:block;width:100%;height:auto}
.deck .own{border-left:${u(4)} solid var(--ink-2);padding-left:${u(14)};font-size:${u(20)};grid-column:1/-1}
.deck .own .kicker{font-size:${u(15)}}
.deck .words .own,.deck .plain .own{border:0;padding:0;font-size:${d(27)}}
.deck .words .own p,.deck .plain .own p{padding:${d(17)} 0;border-top:1px solid var(--hairline)}
.deck .plain .own p{padding:${d(10)} 0}
.deck .foot{min-height:${u(38)};display:flex;gap:${u(24)};align-items:baseline;margin-top:${u(10)};color:var(--ink-3);font-size:${u(15)}}
.deck .foot .source{flex:1;min-width:0;line-height:1.2}
.deck .foot b{color:var(--ink-2);font-weight:600;white-space:nowrap}
.deck .foot .number{color:var(--ink-2)}
@media print{.deck .slide{break-after:page;break-inside:avoid}.deck .slide:last-child{break-after:auto}}
`

/** A page a slide. */
export const DECK_PAGE = '@page{size:1024px 768px;margin:0}'
