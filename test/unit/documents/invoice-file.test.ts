import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import type { InvoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import { renderInvoice } from '../../../services/billing/documents/render-invoice.ts';
import { sampleInvoice, sampleSeller } from '../../support/invoice-samples.ts';
import { fiveHundredLines, fiveSections, oneLine } from '../../support/invoice-sections.ts';
import { drawingOf, pageCountOf, source, textOrigins } from '../../support/pdf.ts';

const withText = (description: string): InvoiceModel =>
  sampleInvoice([{ ...oneLine[0]!, lines: [{ ...oneLine[0]!.lines[0]!, description }] }]);

describe('the file', () => {
  test('H2 is PDF 1.7 that calls itself PDF/A-3a, with embedded fonts and nothing active', async () => {
    const pdf = source(await renderInvoice(sampleInvoice(oneLine)));
    expect(pdf.startsWith('%PDF-1.7\n')).toBe(true);
    expect(pdf).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(pdf).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(pdf).toContain('/Type /OutputIntent');
    expect(pdf.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(pdf).not.toMatch(/\/Helvetica|\/Annots|\/JavaScript|\/URI|\/Encrypt/);
  });

  test('is the same, byte for byte, for the same model', async () => {
    const model = sampleInvoice(fiveSections);
    const first = await renderInvoice(model);
    await renderInvoice(sampleInvoice(fiveHundredLines));
    expect((await renderInvoice(structuredClone(model))).equals(first)).toBe(true);
  });

  // Δ is Greek or the sign of a difference, with one glyph: which one a text has must not depend on earlier documents
  test('is the same in another process and time zone, whatever was drawn before', async () => {
    await renderInvoice(withText('Δ\u2206'));
    const model = withText('\u2206');
    const renderer = new URL('../../../services/billing/documents/render-invoice.ts', import.meta.url).href;
    const program = `import { renderInvoice } from ${JSON.stringify(renderer)};
      process.stdout.write(await renderInvoice(${JSON.stringify(model)}));`;
    const elsewhere = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, NODE_OPTIONS: '', TZ: 'Pacific/Auckland' },
    });
    expect((await renderInvoice(model)).equals(elsewhere)).toBe(true);
  });

  test('differs when anything in the model differs', async () => {
    const [one, other] = await Promise.all(
      ['RE-2026-000412', 'RE-2026-000413'].map((number) => renderInvoice(sampleInvoice(oneLine, { number }))),
    );
    expect(one!.equals(other!)).toBe(false);
  });

  test('stays well-formed XML with a name made of markup', async () => {
    const name = 'Müller & <Söhne> "Lager" GmbH';
    const pdf = await renderInvoice(sampleInvoice(oneLine, { seller: { ...sampleSeller, name } }));
    const xmp = pdf.toString('utf8').match(/<x:xmpmeta[\s\S]*<\/x:xmpmeta>/)![0];
    expect(xmp).toContain('<rdf:li>Müller &amp; &lt;Söhne&gt; "Lager" GmbH</rdf:li>');
    expect(xmp).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });
});

describe('pages', () => {
  test.each<[string, InvoiceModel, number]>([
    ['one line', sampleInvoice(oneLine), 1],
    ['five sections with forty lines', sampleInvoice(fiveSections), 3],
  ])('%s', async (_, model, pages) => expect(pageCountOf(await renderInvoice(model))).toBe(pages));

  test('five hundred lines take about two dozen pages', async () => {
    const pages = pageCountOf(await renderInvoice(sampleInvoice(fiveHundredLines)));
    expect(pages).toBeGreaterThan(15);
    expect(pages).toBeLessThan(26);
  });

  test('all text stands between the edges of the page', async () => {
    for (const { x, y } of textOrigins(await renderInvoice(sampleInvoice(fiveHundredLines)))) {
      expect(x).toBeGreaterThanOrEqual(24.9);
      expect(x).toBeLessThan(190);
      expect(y).toBeGreaterThan(15);
      expect(y).toBeLessThan(290);
    }
  });

  // DIN 5008 form B: the address zone is 27.3 mm high and begins 62.7 mm from the top
  test.each<[string, string[]]>([
    ['Töpferei Grünwald GmbH', ['Lindenstraße 8', '80331 München']],
    [
      'Société Anonyme des Établissements Dupré, Fils et Compagnie de Céramique Artistique de l’Île-de-France Réunies',
      ['Bâtiment C, escalier 12, troisième étage', 'Zone industrielle', '12 Rue de l’Église', '75011 Paris', 'France'],
    ],
  ])('the address of %s stands in the window', async (name, addressLines) => {
    const model = sampleInvoice(oneLine);
    const origins = textOrigins(await renderInvoice({ ...model, buyer: { ...model.buyer, name, addressLines } }));
    const inColumn = origins.filter(({ x, y, size }) => x < 26 && y > 62.7 && y < 100 && size <= 10);
    expect(inColumn.length).toBeGreaterThanOrEqual(addressLines.length + 1);
    for (const { y } of inColumn) expect(y).toBeLessThanOrEqual(62.7 + 27.3);
  });

  // the only colours the output intent of PDF/A, sRGB, gives a meaning to
  test('all colours are RGB', async () => {
    const spaces = drawingOf(await renderInvoice(sampleInvoice(oneLine))).match(/\/\w+ cs\b/gi);
    expect(new Set(spaces?.map((space) => space.toLowerCase()))).toEqual(new Set(['/devicergb cs']));
  });
});

describe('a character the font lacks parks the document', () => {
  test.each([
    ['Geschenkpapier 🎁', '🎁', 'U+1F381'],
    ['Teebecher 茶', '茶', 'U+8336'],
  ])('%s', async (text, character, codePoint) => {
    await expect(renderInvoice(withText(text))).rejects.toMatchObject({
      type: 'DOCUMENT_GLYPH_MISSING',
      code: 422,
      data: { character, codePoint },
    });
  });

  test('letters of all of Europe are there', async () => {
    await expect(
      renderInvoice(withText('Łódź Çeşme Århus Žilina Αθήνα София ½ m² ³ × – „“ € ß ẞ')),
    ).resolves.toBeInstanceOf(Buffer);
  });
});
