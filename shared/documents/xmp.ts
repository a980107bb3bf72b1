/**
 * Makes pdfkit write well-formed XMP. It copies title and author into the XML as they are (0.20), so that `&` or `<`
 * in a company's name breaks PDF/A.
 */
export function escapeXmp(pdf: PDFKit.PDFDocument): void {
  const internals = pdf as unknown as { info: Record<string, unknown>; _addInfo(): void };
  const addInfo = internals._addInfo.bind(pdf);
  internals._addInfo = () => {
    const plain = internals.info;
    internals.info = Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
    );
    addInfo();
    internals.info = plain;
  };
}

const escapeXml = (text: string): string =>
  text
    // characters that XML 1.0 cannot hold at all
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
