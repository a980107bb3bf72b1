import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { attachmentFindings, attachmentsOf } from '../../../services/billing/documents/checks/attachment.ts';
import { CHECKS } from '../../../services/billing/documents/checks/invalid.ts';
import { dictAt, nameOf, openPdf, streamAt } from '../../../services/billing/documents/checks/pdf-file.ts';
import { pdfFindings } from '../../../services/billing/documents/checks/pdf-findings.ts';
import { readPages } from '../../../services/billing/documents/checks/pdf-text.ts';
import { printFindings } from '../../../services/billing/documents/checks/printed.ts';
import { totalsFindings } from '../../../services/billing/documents/checks/totals.ts';
import { makeDocument } from '../../../services/billing/documents/make-document.ts';
import { documentKinds } from '../../support/document-kinds.ts';
import { sampleInvoice, sampleSeller } from '../../support/invoice-samples.ts';
import { fiveSections, oneLine } from '../../support/invoice-sections.ts';
import { hasPdftotext } from '../../support/pdf.ts';

const kinds = documentKinds();
const plain = sampleInvoice(oneLine);
const made = await makeDocument({ content: plain });

describe('X6 a document is proven before it is released', () => {
  test.each(Object.entries(kinds))('%s passes every check', async (_, content) => {
    expect((await makeDocument({ content })).checks).toEqual([...CHECKS]);
  });

  test('H6 a credit note that takes the rest of a tax, which its rate misses by a cent', async () => {
    // 2 × 10.03 at 19 % have 3.81; the first 10.03 have 1.91, so that 1.90 are left of the second
    const rest = { ...kinds['credit note']!, ...restOfTax };
    expect((await makeDocument({ content: rest })).checks).toEqual([...CHECKS]);
    for (const wrong of [
      { corrects: undefined, reason: undefined },
      { vat: [{ ...rest.vat[0]!, remainder: undefined }] },
    ])
      await expect(makeDocument({ content: { ...rest, ...wrong } })).rejects.toMatchObject({
        data: { check: 'content' },
      });
  });

  test('H1 the number of an order informs, whatever signs a shop makes it of', async () => {
    const content = kinds['with its charges']!;
    const [group] = content.annex!;
    const rows = ['订单-1', '🎁🎁', 'طلب 7', '\uE000'].map((reference) => ({ ...group!.rows[0]!, reference }));
    const { checks, pdf } = await makeDocument({ content: { ...content, annex: [{ ...group!, rows }] } });
    expect(checks).toEqual([...CHECKS]);
    const text = readPages(await openPdf(pdf))
      .flatMap(({ texts }) => texts)
      .join('');
    expect(text).toContain('□□-1');
  });

  test('an address of mail is as long as it may be entered', async () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(58)}.de`;
    expect(email).toHaveLength(254);
    const content = { ...plain, seller: { ...sampleSeller, email }, buyer: { ...plain.buyer, email } };
    expect((await makeDocument({ content })).checks).toEqual([...CHECKS]);
  });

  test('H2 the same content gives the same bytes', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => makeDocument({ content: sampleInvoice(fiveSections) })));
    for (const file of ['pdf', 'xml', 'model'] as const)
      expect(Buffer.from(one![file]).equals(Buffer.from(other![file]))).toBe(true);
  });

  test('what does not add up is not drawn', () =>
    expect(makeDocument({ content: { ...plain, grossMinor: 5832 } })).rejects.toMatchObject({
      type: 'DOCUMENT_INVALID',
      data: { check: 'content', findings: [{ path: 'grossMinor', message: 'is 5832, the others make 5831' }] },
    }));

  test('what breaks a rule of the e-invoice is not drawn', () =>
    expect(
      makeDocument({
        content: { ...plain, buyer: { ...plain.buyer, address: { ...plain.buyer.address, country: 'XX' } } },
      }),
    ).rejects.toMatchObject({ type: 'DOCUMENT_INVALID', data: { check: 'rules', findings: [{ rule: 'BR-CL-14' }] } }));

  test.each([
    ['buyer.name', '茶', { buyer: { ...plain.buyer, name: 'Haus 茶' } }],
    ['seller.managingDirectors.2', 'מ', { seller: { ...sampleSeller, managingDirectors: ['Anke', 'משה'] } }],
    ['reason', '🎁', { kind: 'creditNote', reason: 'Ein 🎁' }],
    ['sections.1.lines.1.description', '\uE000', { sections: described('Ein \uE000') }],
  ])('a character that cannot be printed is named with its field: %s', (field, character, changes) =>
    expect(makeDocument({ content: { ...withoutSums(changes) } })).rejects.toMatchObject({
      type: 'DOCUMENT_GLYPH_MISSING',
      data: { field, character },
    }),
  );
});

const restLine = { ...plain.sections[0]!.lines[0]!, quantity: '-1', unitPrice: '10.03', netMinor: -1003 };
const restOfTax = {
  sections: [{ ...plain.sections[0]!, lines: [restLine], subtotalMinor: -1003 }],
  vat: [{ category: 'S', rateBasisPoints: 1900, basisMinor: -1003, vatMinor: -190, remainder: true }],
  ...{ netMinor: -1003, vatMinor: -190, grossMinor: -1193 },
} as const;

function described(description: string) {
  const section = plain.sections[0]!;
  return [{ ...section, lines: [{ ...section.lines[0]!, description }] }];
}

/** A credit note demands nothing. */
const withoutSums = (changes: Record<string, unknown>) =>
  changes['kind'] === 'creditNote' ? { ...kinds['credit note'], ...changes } : { ...plain, ...changes };

/** The file with a part of its uncompressed text made another of the same length. */
const altered = (from: string, to: string): Buffer => {
  expect(from).toHaveLength(to.length);
  const text = Buffer.from(made.pdf).toString('latin1');
  expect(text).toContain(from);
  return Buffer.from(text.replace(from, to), 'latin1');
};

describe('H2 the file is what PDF/A-3a with an e-invoice wants', () => {
  test('nothing is found in it as it was made', async () => {
    const file = await openPdf(made.pdf);
    expect(pdfFindings(file, readPages(file))).toEqual([]);
    expect(attachmentFindings(file, 'factur-x.xml', made.xml)).toEqual([]);
  });

  test.each([
    ['%PDF-1.7', '%PDF-1.4', 'is not PDF 1.7'],
    ['/ID [', '/XX [', 'has no ID'],
    ['/GTS_PDFA1', '/GTS_PDFX1', 'say nothing of the colours'],
    ['<pdfaid:part>3<', '<pdfaid:part>1<', 'lacks <pdfaid:part>3</pdfaid:part>'],
    ['<pdfaid:conformance>A<', '<pdfaid:conformance>B<', 'lacks <pdfaid:conformance>A</pdfaid:conformance>'],
    ['<fx:DocumentType>', '<fy:DocumentType>', 'lacks <fx:DocumentType>INVOICE</fx:DocumentType>'],
    ['/Marked true', '/Marked null', 'is not set'],
    ['/StructTreeRoot ', '/StructTreeRoox ', 'is empty'],
    ['/Lang (', '/Lanx (', 'is not set'],
    ['/ViewerPreferences ', '/OpenAction        ', 'must not be there'],
    ['/FontFile2 ', '/FontFilex ', 'is a font not embedded'],
    ['/ToUnicode ', '/ToUnicodx ', 'means nothing'],
    ['/StructParents 0', '/StructParents 9', 'has content that belongs to no element'],
  ])('%s made %s is found', async (from, to, message) => {
    const look = async () => {
      const file = await openPdf(altered(from, to));
      return pdfFindings(file, readPages(file)).map((finding) => finding.message);
    };
    await expect(look().catch((error: Error) => [error.message])).resolves.toContainEqual(
      expect.stringContaining(message),
    );
  });

  test('content without a mark is found', async () => {
    const file = await openPdf(made.pdf);
    const pages = readPages(file).map((page) => ({ ...page, unmarked: 1 }));
    expect(pdfFindings(file, pages).map(({ message }) => message)).toEqual(['has content that is not marked']);
  });

  test.each([
    ['/Alternative', '/Alternatixe', 'is no alternative to the document'],
    ['/text#2Fxml', '/text#2Fxsl', 'is not declared as XML'],
    ['/AF [', '/AX [', 'is not there'],
  ])('%s made %s is found', async (from, to, message) => {
    const findings = attachmentFindings(await openPdf(altered(from, to)), 'factur-x.xml', made.xml);
    expect(findings.map((finding) => finding.message)).toContain(message);
  });

  test('another e-invoice than the one attached is found', async () => {
    const other = Buffer.concat([made.xml, Buffer.from('\n')]);
    expect(attachmentFindings(await openPdf(made.pdf), 'factur-x.xml', other).map(({ message }) => message)).toEqual([
      'does not read back as it was written',
    ]);
  });

  test.each([
    ['1 line', 'factur-x.xml', 'EN 16931'],
    ['public buyer', 'xrechnung.xml', 'XRECHNUNG'],
  ])('the e-invoice of %s is %s, profile %s', async (kind, name, profile) => {
    const { pdf, xml } = await makeDocument({ content: kinds[kind] });
    const file = await openPdf(pdf);
    expect(attachmentsOf(file)).toEqual([
      { name, relationship: 'Alternative', type: 'text/xml', bytes: Buffer.from(xml) },
    ]);
    const xmp = streamAt(file.catalog, 'Metadata')!.toString('utf8');
    expect(xmp).toContain(`<fx:DocumentFileName>${name}</fx:DocumentFileName>`);
    expect(xmp).toContain(`<fx:ConformanceLevel>${profile}</fx:ConformanceLevel>`);
    expect(xmp).toContain('<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#<');
  });

  (hasPdftotext ? test : test.skip)('another reader takes the e-invoice out byte by byte', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-attached-'));
    try {
      const [pdf, xml] = ['a.pdf', 'a.xml'].map((file) => path.join(folder, file)) as [string, string];
      fs.writeFileSync(pdf, made.pdf);
      expect(spawnSync('pdfdetach', ['-save', '1', '-o', xml, pdf]).status).toBe(0);
      expect(fs.readFileSync(xml).equals(Buffer.from(made.xml))).toBe(true);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  (hasPdftotext ? test : test.skip)('headings, paragraphs, tables and pictures are told apart', () => {
    const { stdout } = spawnSync('pdfinfo', ['-struct-text', '-'], { input: made.pdf, encoding: 'utf8' });
    expect(stdout).toMatch(/^Document/m);
    expect(stdout).toMatch(/H1[^]*"Rechnung RE-2026-000412 ?"/);
    expect(stdout).toMatch(/Table[^]*TR[^]*TH[^]*"Pos\. ?"[^]*TD[^]*"Grundgebühr Kundenportal ?"/);
    expect(stdout).toContain('Figure');
  });

  test('a picture says what it shows', async () => {
    const { document } = await openPdf(made.pdf);
    const alternatives = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const found = /\/S \/Figure[^]*\/Alt ([^\n]*)/.exec(String(object));
      return found ? [found[1]] : [];
    });
    expect(alternatives).toHaveLength(1);
    expect(nameOf(dictAt(document.catalog, 'StructTreeRoot'), 'Type')).toBe('StructTreeRoot');
  });
});

describe('H2 PDF, e-invoice and content say the same', () => {
  test.each([
    ['grossMinor', { grossMinor: 5832 }],
    ['number', { number: 'RE-2026-000413' }],
    ['payableMinor', { prepaidMinor: 100 }],
    ['vat', { vat: [{ ...plain.vat[0]!, vatMinor: 930 }] }],
  ])('an e-invoice with another %s is found', (field, changes) => {
    const findings = totalsFindings({ ...plain, ...changes }, Buffer.from(made.xml).toString());
    expect(findings.map(({ path: at }) => at)).toContain(field);
  });

  test.each([
    ['the total', { grossMinor: 5832 }, 'grossMinor'],
    ['a line', { sections: described('Grundgebühr Kundenportel') }, 'line 1'],
    ['the tax', { vat: [{ ...plain.vat[0]!, vatMinor: 930 }] }, 'vat.0'],
    [
      'the account',
      { seller: { ...sampleSeller, bank: { ...sampleSeller.bank, iban: 'DE89370400440532013000' } } },
      'iban',
    ],
    ['the date', { issueDate: '2026-11-02' }, 'issueDate'],
  ])('a paper that says otherwise is found: %s', async (_, changes, field) => {
    const pages = readPages(await openPdf(made.pdf));
    expect(printFindings(plain, pages)).toEqual([]);
    expect(printFindings({ ...plain, ...changes }, pages).map(({ path: at }) => at)).toContain(field);
  });
});
