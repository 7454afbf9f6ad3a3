/* WordprocessingML, as little of it as a document needs: headings, paragraphs and tables. */

/** What XML 1.0 forbids, lone surrogates included; everything else is escaped. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const run = (text: string, bold = false): string => {
  const lines = text.replaceAll('\r\n', '\n').split(/[\n\r]/);
  const said = lines.map((one) => `<w:t xml:space="preserve">${escapeXml(one)}</w:t>`).join('<w:br/>');
  return `<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}${said}</w:r>`;
};

export const paragraph = (text: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${run(text)}</w:p>`;

/** A label in bold, and what it says. */
export const fact = (label: string, text: string): string => `<w:p>${run(`${label}: `, true)}${run(text)}</w:p>`;

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>`)
  .join('');

/** How wide all columns are together, in twentieths of a point: a page less its margins. */
const WIDTH = 9_000;

export const tableStart = (heads: readonly string[]): string => {
  const width = Math.floor(WIDTH / heads.length);
  const grid = heads.map(() => `<w:gridCol w:w="${width}"/>`).join('');
  const properties = `<w:tblPr><w:tblW w:w="${WIDTH}" w:type="dxa"/><w:tblBorders>${BORDERS}</w:tblBorders></w:tblPr>`;
  return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${tableRow(heads, true)}`;
};

export const tableRow = (cells: readonly string[], head = false): string => {
  const width = Math.floor(WIDTH / cells.length);
  const drawn = cells.map(
    (text) => `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr><w:p>${run(text, head)}</w:p></w:tc>`,
  );
  return `<w:tr>${head ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${drawn.join('')}</w:tr>`;
};

export const tableEnd = '</w:tbl><w:p/>';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

export const documentStart = `${XML}<w:document ${W}><w:body>`;
export const documentEnd =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>';

const style = (id: string, name: string, size: number, level?: number): string => {
  const outline = level === undefined ? '' : `<w:outlineLvl w:val="${level}"/>`;
  const spacing = `<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/>${outline}</w:pPr>`;
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>${spacing}<w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`;
};

const styles = `${XML}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${style('Title', 'Title', 40)}${style('Heading1', 'heading 1', 32, 0)}${style('Heading2', 'heading 2', 25, 1)}</w:styles>`;

const contentTypes = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPES}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`;

const relationships = (id: string, type: string, target: string): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;

/** Everything of the package but the document itself. */
export const otherParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': contentTypes,
  '_rels/.rels': relationships('rId1', 'officeDocument', 'word/document.xml'),
  'word/_rels/document.xml.rels': relationships('rId1', 'styles', 'styles.xml'),
  'word/styles.xml': styles,
};
