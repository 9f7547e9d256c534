import { strToU8, zipSync } from 'fflate'

/** A zip of texts. */
export function zipOf(members: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(members).map(([name, content]) => [
        name,
        typeof content === 'string' ? strToU8(content) : content,
      ]),
    ),
  )
}

export interface MadeSheet {
  readonly name: string
  readonly state?: 'hidden' | 'veryHidden'
  /** Rows as SpreadsheetML, the element sheetData around them left out. */
  readonly rows: string
  /** What stands before and after the rows. */
  readonly before?: string
  readonly after?: string
}

const OPEN_XML = 'http://schemas.openxmlformats.org'
const MAIN = `xmlns="${OPEN_XML}/spreadsheetml/2006/main"`

/**
 * An xlsx as Excel lays one out, written by hand so that it can be as odd as need be.
 * @param formats number formats; a cell with s="1" has the first
 */
export function workbookOf(
  sheets: readonly MadeSheet[],
  formats: readonly string[] = [],
  strings: readonly string[] = [],
): Uint8Array {
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OPEN_XML}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`
  const relations = (inside: string): string =>
    `<Relationships xmlns="${OPEN_XML}/package/2006/relationships">${inside}</Relationships>`
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${OPEN_XML}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('workbook', 'sheet.main')}${type('styles', 'styles')}${type('sharedStrings', 'sharedStrings')}${sheets.map((_, index) => type(`worksheets/sheet${index + 1}`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OPEN_XML}/officeDocument/2006/relationships"><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      sheets
        .map((_, index) =>
          relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
        )
        .join('') +
        relation('rId98', 'styles', 'styles.xml') +
        relation('rId99', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet ${MAIN}><numFmts count="${formats.length}">${formats
      .map(
        (format, index) =>
          `<numFmt numFmtId="${200 + index}" formatCode="${format.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')}"/>`,
      )
      .join(
        '',
      )}</numFmts><cellXfs count="${formats.length + 1}"><xf numFmtId="0"/>${formats.map((_, index) => `<xf numFmtId="${200 + index}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${MAIN}>${strings.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(
      sheets.map(({ rows, before = '', after = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet ${MAIN} xmlns:r="${OPEN_XML}/officeDocument/2006/relationships">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
      ]),
    ),
  })
}

const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns'

/** An ods of the tables and styles of its content.xml. */
export function openDocumentOf(tables: string, styles = ''): Uint8Array {
  return zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="${OPEN_DOCUMENT}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="${OPEN_DOCUMENT}:office:1.0" xmlns:style="${OPEN_DOCUMENT}:style:1.0" xmlns:text="${OPEN_DOCUMENT}:text:1.0" xmlns:table="${OPEN_DOCUMENT}:table:1.0" xmlns:number="${OPEN_DOCUMENT}:datastyle:1.0" office:version="1.2"><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
  })
}
