import { reportText } from '../../text/report.ts'
import type { Report } from '../../views/report.ts'

/** The design tokens that a report's stylesheet and drawings are coloured with. */
export const REPORT_TOKENS = [
  ...(['paper', 'wash-2', 'hairline', 'rule', 'control'] as const),
  ...(['ink', 'ink-2', 'ink-3', 'accent', 'cat-7'] as const),
  ...(['div-low-2', 'div-low-1', 'div-high-1', 'div-high-2'] as const),
  ...(['hidden-ground', 'hidden-line', 'missing-ground'] as const),
] as const

/** A text as a string of CSS: all but letters and digits of ASCII is escaped, so that none of it can end the string. */
export const cssString = (text: string): string =>
  `"${[...text].map((one) => (/[a-zA-Z0-9]/.test(one) ? one : `\\${one.codePointAt(0)!.toString(16)} `)).join('')}"`

/**
 * How a report looks on screen and on paper: A4, its title and where it is from on every page. All but the paper itself
 * holds below `.report` alone.
 */
export function reportStyle(
  { title, synthetic, imprint }: Report,
  colour: (token: string) => string,
): string {
  const palette = REPORT_TOKENS.map((token) => `--${token}:${colour(token)}`).join(';')
  const small = `font:8.5pt 'Source Sans 3',sans-serif;color:${colour('ink-3')}`
  const { before, between, after } = reportText.page
  const page = `${cssString(before)} counter(page) ${cssString(between)} counter(pages) ${cssString(after)}`
  return `.report{${palette}}
${SCREEN}
@page{size:A4 portrait;margin:19mm 12mm 17mm;
@top-left{content:${cssString(title)};${small};vertical-align:bottom;padding-bottom:4mm}
@top-right{content:${cssString(synthetic?.label ?? '')};${small};font-weight:600;color:${colour('ink')};vertical-align:bottom;padding-bottom:4mm}
@bottom-left{content:${cssString(imprint)};${small};vertical-align:top;padding-top:4mm}
@bottom-right{content:${page};${small};vertical-align:top;padding-top:4mm}}
@page:first{@top-left{content:""}@top-right{content:""}}
${PAPER}`
}

const SCREEN = `
.report{max-width:1000px;margin:0 auto;padding:40px 28px 64px;background:var(--paper);color:var(--ink);
font:400 14px/20px 'Source Sans 3',sans-serif;font-feature-settings:'tnum' 1,'lnum' 1;text-align:left;
-webkit-print-color-adjust:exact;print-color-adjust:exact;overflow-wrap:break-word;hyphens:manual}
.report *,.report *::before{box-sizing:border-box}
.report h1,.report h2,.report h3,.report p,.report dl,.report dd,.report ul,.report table{margin:0;padding:0}
.report h1{font-size:36px;line-height:42px;font-weight:650;letter-spacing:-.01em}
.report h2{font-size:22px;line-height:28px;font-weight:650;margin-bottom:4px}
.report h3{font-size:15px;line-height:20px;font-weight:650}
.report a{color:var(--accent)}
.report svg{display:block;max-width:100%;height:auto;overflow:visible}
.report .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.report .synthetic{display:flex;flex-wrap:wrap;gap:0 10px;padding-bottom:10px;margin-bottom:22px;border-bottom:1px solid var(--hairline);font-size:13px;color:var(--ink-2)}
.report .synthetic strong{font-weight:650;color:var(--ink)}
.report .subtitle{font-size:16px;line-height:24px;color:var(--ink-2)}
.report .contents{margin-top:14px}
.report .contents ul{list-style:none;display:flex;flex-wrap:wrap;gap:2px 18px}
.report .contents a{display:inline-block;padding:2px 0}
.report .section{margin-top:40px}
.report .foot{margin-top:10px;font-size:12px;line-height:16px;color:var(--ink-3)}
.report .points{margin-top:10px}
.report .points summary{cursor:pointer;color:var(--accent)}
.report .lead{margin-top:22px}
.report .lead>h2{font-size:16px;line-height:24px;margin:0;color:var(--ink-2)}
.report .opening{display:grid;grid-template-columns:minmax(0,1fr) 352px;gap:8px 44px;align-items:start}
.report .opening>.beside{display:grid;gap:20px}
.report .said{margin-top:14px}
.report .said p{max-width:75ch}
.report .said p+p{margin-top:8px}
.report .lead .said{margin:0}
.report .lead .said p{font-size:17px;line-height:26px;max-width:62ch}
.report .caveat{margin-top:12px;font-size:13px;line-height:18px;color:var(--ink-2);max-width:75ch}
.report .analyst{margin:16px 0;padding:2px 0 2px 14px;border-left:3px solid var(--ink)}
.report .analyst h3{margin-bottom:2px}
.report .analyst p{max-width:68ch}
.report .analyst p+p{margin-top:6px}
.report .facts{margin-top:18px;display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 16px;font-size:13px;line-height:18px}
.report .facts dt{color:var(--ink-3)}
.report .charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:28px 36px;margin-top:24px}
.report .charts>table{align-self:start;font-size:12.5px;line-height:17px}
.report .charts .list td{white-space:nowrap}
.report .charts .list thead th{white-space:normal}
.report .list td,.report .list tbody th{padding:1px 8px 1px 0;vertical-align:top}
.report .list thead th{color:var(--ink-3);font-size:12px;border-bottom:1px solid var(--ink);padding-right:8px}
.report .list .number{text-align:right;white-space:nowrap;padding-right:0}
.report .chart h3{margin-bottom:1px}
.report .chart .about{font-size:13px;line-height:18px;color:var(--ink-3);margin-bottom:6px}
.report .chart .note{font-size:12px;line-height:16px;color:var(--ink-3);margin-top:4px}
.report .map>svg{width:100%}
.report .map .note{font-size:12px;line-height:16px;color:var(--ink-3);margin-top:4px}
.report table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:18px}
.report caption{text-align:left;color:var(--ink-2);font-size:13px;line-height:18px;padding-bottom:8px}
.report th{font-weight:400;text-align:left}
.report .rows{table-layout:fixed}
.report .rows thead th{color:var(--ink-3);font-size:12px;line-height:15px;padding:4px 5px;vertical-align:bottom;border-bottom:1px solid var(--ink)}
.report .rows td,.report .rows tbody th{padding:4px 5px;vertical-align:middle;border-bottom:1px solid var(--hairline)}
.report .rows th:first-child,.report .rows td:first-child{padding-left:0}
.report .rows th:last-child,.report .rows td:last-child{padding-right:0}
.report .rows .number{text-align:right}
.report .rows td.number{white-space:nowrap}
.report .rows td.number{font-feature-settings:'tnum' 1,'lnum' 1}
.report .rows .own{font-weight:650}
.report .rows td.period{white-space:normal}
.report .rows .interval,.report .rows .reference,.report .rows .sex,.report .rows .period{color:var(--ink-2);font-size:12.5px}
.report .rows .reason{display:block;color:var(--ink-2);font-size:12px;line-height:15px;font-weight:400;white-space:normal}
.report .rows .more{display:block;font-size:11.5px;line-height:14px;color:var(--ink-3)}
.report .rows .scale{display:flex;justify-content:space-between;gap:4px}
.report .rows .verdict{font-size:12.5px;line-height:15px}
.report .rows .trend{font-size:12.5px;line-height:15px}
.report .rows .trend>div{display:flex;align-items:center;gap:6px}
.report .rows .trend svg{flex:none}
.report .absent{display:inline-flex;align-items:center;justify-content:flex-end;gap:6px;font-weight:400;color:var(--ink-2);white-space:nowrap}
.report .absent svg{flex:none}
.report .sex .absent{gap:3px}
.report .sex .absent svg{width:12px}
.report .elsewhere{margin-top:8px;font-size:12.5px;line-height:17px;color:var(--ink-2)}
.report .strip-key{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;margin-top:12px;font-size:13px;line-height:18px}
.report .strip-key li{display:flex;align-items:center;gap:6px}
.report .strip-key svg{flex:none}
.report .reading{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 44px}
.report .key{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 14px;margin-top:8px;font-size:13px;line-height:18px}
.report .key dt{display:flex;align-items:center;gap:6px;font-weight:600}
.report .plain{list-style:none;font-size:13px;line-height:19px;max-width:80ch;margin-top:6px}
.report .plain li+li{margin-top:4px}
.report .behind{columns:3 240px;column-gap:32px;margin-top:8px}
.report .behind section{break-inside:avoid;margin-bottom:18px}
.report .behind h3{font-size:13px;line-height:17px;font-weight:600;margin-bottom:2px}
.report .behind table{font-size:12px;line-height:16px}
.report .behind th,.report .behind td{padding:1px 0 1px 8px;text-align:right;border-bottom:1px solid var(--hairline);vertical-align:top}
.report .behind th:first-child{text-align:left;padding-left:0}
.report .behind thead th{color:var(--ink-3);border-bottom-color:var(--rule);vertical-align:bottom}
.report .definitions{columns:2 320px;column-gap:36px;margin-top:10px;font-size:12.5px;line-height:17px}
.report .definitions>article{break-inside:avoid;margin-bottom:14px}
.report .definitions h3{font-size:13px;line-height:17px;font-weight:650}
.report .definitions .class{color:var(--ink-3)}
.report .definitions dt,.report .definitions dd,.report .definitions dl>div{display:inline}
.report .definitions dt{color:var(--ink-3)}
.report .definitions .first{display:block}
.report .definitions .first dt{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.report .definitions dl>div+div+div::before{content:" · ";color:var(--ink-3)}
.report .definitions .first+div::before{content:""}
.report .once{margin-top:6px;color:var(--ink-2);max-width:80ch}
.report .sources{columns:3 240px;column-gap:32px}
.report .sources li{break-inside:avoid}
@media (max-width:860px){
.report .opening{grid-template-columns:minmax(0,1fr);gap:20px}
.report .opening>.beside{max-width:420px}
}
@media screen and (max-width:860px){
.report{padding:24px 16px 48px}
.report h1{font-size:30px;line-height:36px}
.report .charts,.report .reading{grid-template-columns:minmax(0,1fr)}
.report .rows,.report .rows tbody,.report .rows caption{display:block}
.report .rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.report .rows tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:2px 10px;padding:10px 0;border-bottom:1px solid var(--hairline)}
.report .rows tbody tr:first-child{border-top:1px solid var(--ink)}
.report .rows tbody th,.report .rows td{display:block;padding:0;border:0;text-align:left}
.report .rows tbody th{grid-column:1/3;font-weight:600}
.report .rows td.none{grid-column:1/4;text-align:left}
.report .rows td.none .absent{font-size:14px}
.report .rows .spine{grid-column:1/4;padding:4px 0;order:1}
.report .rows .verdict{grid-column:1/3;order:2}
.report .rows .trend{order:3}
.report .rows td.interval{order:4}
.report .rows td.reference{order:5}
.report .rows td.period{order:6}
.report .rows td.sex{order:7}
.report .rows td[data-head]::before{content:attr(data-head) " ";color:var(--ink-3);font-size:11.5px;display:block}
.report .rows td.number{text-align:left;white-space:normal}
.report .rows td.own.number:not(.none){text-align:right;font-size:16px}
.report .rows td.blank{display:none}
}`

/**
 * Text that is not seen is on paper all the same, or readers of the screen are not told it: what is clipped has no place
 * in a PDF, nor has what stands beside the sheet. A heading at the top of a sheet keeps off its edge, or it is written on
 * the sheet before too.
 */
const PAPER = `@media print{
.report{max-width:none;margin:0;padding:0;font-size:9.5pt;line-height:13pt}
.report h1{font-size:26pt;line-height:30pt}
.report h2{font-size:14pt;line-height:18pt}
.report h3{font-size:10pt;line-height:13pt}
.report .section:not(.lead)>h2{padding-top:2mm}
.report .unseen.unseen{clip-path:none;overflow:visible;color:var(--paper);font-size:1px;line-height:1px}
.report td .unseen{margin-left:-6mm}
.report h1,.report h2,.report h3,.report caption{break-after:avoid;break-inside:avoid}
.report .section:not(.lead)::before{content:"";display:block;height:20mm;margin-bottom:-20mm;break-inside:avoid}
.report .section:not(.lead):has(>table)::before{height:48mm;margin-bottom:-48mm}
.report p,.report li{orphans:3;widows:3}
.report .synthetic{font-size:8.5pt;line-height:11pt;padding-bottom:2mm;margin-bottom:4mm}
.report .subtitle{font-size:11pt;line-height:15pt}
.report .contents{display:none}
.report .section{margin-top:6mm}
.report .lead{margin-top:3mm}
.report .lead>h2{font-size:10pt;line-height:13pt}
.report .opening{grid-template-columns:minmax(0,1fr) 74mm;gap:2mm 9mm}
.report .opening>.beside{gap:4mm;max-width:none}
.report .lead .said p{font-size:11pt;line-height:15.5pt}
.report .said p+p{margin-top:1.5mm}
.report .caveat,.report .facts{font-size:8.5pt;line-height:11.5pt}
.report .facts{margin-top:4mm;gap:.3mm 4mm}
.report .analyst{margin:4mm 0;break-inside:avoid}
.report .charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:7mm 9mm;margin-top:6mm}
.report .chart,.report .map,.report .key{break-inside:avoid}
.report .chart .about{font-size:8.5pt;line-height:11pt;margin-bottom:1mm}
.report .chart .note,.report .map .note{font-size:7.5pt;line-height:10pt}
.report caption{font-size:8.5pt;line-height:11pt;padding-bottom:1.5mm}
.report .rows{font-size:8.6pt;line-height:11pt}
.report .rows thead{display:table-header-group}
.report .rows thead th{font-size:7.3pt;line-height:9pt;padding:1mm .7mm}
.report .rows td,.report .rows tbody th{padding:.75mm .7mm}
.report .rows tr{break-inside:avoid}
.report .rows tbody tr:first-child,.report .rows tbody tr:nth-last-child(2){break-after:avoid}
.report .rows .interval,.report .rows .reference,.report .rows .sex,.report .rows .period,.report .rows .verdict,.report .rows .trend{font-size:7.9pt;line-height:9.5pt}
.report .rows .more,.report .rows .reason{font-size:7.3pt;line-height:8.8pt}
.report .elsewhere{font-size:7.9pt;line-height:10.5pt;break-before:avoid}
.report .reading .section+.section{margin-top:3mm}
.report .key,.report .plain{font-size:8.5pt;line-height:11.5pt}
.report .key{gap:.8mm 4mm}
.report .strip-key{font-size:8.5pt;line-height:11.5pt}
.report .rows .absent{gap:1mm;font-size:7.9pt}
.report .rows .absent svg{width:3.2mm}
.report .rows thead .number{padding-left:0}
.report .rows .trend svg{width:10.5mm}
.report .rows .trend>div{gap:1.2mm}
.report .reading{gap:0 9mm;break-inside:avoid}
.report .sources{columns:3;column-gap:7mm}
.report .sources .plain{font-size:7.6pt;line-height:9.8pt}
.report .behind{columns:4;column-gap:7mm}
.report .behind h3{font-size:8pt;line-height:10pt}
.report .behind table{font-size:7.5pt;line-height:9.5pt}
.report .definitions{columns:3;column-gap:7mm;font-size:7.6pt;line-height:9.8pt}
.report .once{font-size:8.5pt;line-height:11.5pt}
.report .definitions h3{font-size:8.5pt;line-height:11pt}
.report .definitions>article{margin-bottom:2.6mm;break-inside:auto;orphans:2;widows:2}
.report .once,.report .class{break-after:avoid}
}`
