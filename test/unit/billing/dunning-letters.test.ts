import { describe, expect, test } from '@jest/globals';
import { openPdf } from '../../../services/billing/documents/checks/pdf-file.ts';
import { pdfFindings } from '../../../services/billing/documents/checks/pdf-findings.ts';
import { readPages } from '../../../services/billing/documents/checks/pdf-text.ts';
import { openLetterRenderer } from '../../../services/billing/documents/dunning/letter-renderer.ts';
import { renderDunningLetter } from '../../../services/billing/documents/dunning/render-dunning-letter.ts';
import { dunnedInvoices, sampleLetter } from '../../support/dunning-samples.ts';
import { noise } from '../../support/hostile-images.ts';
import { sampleSeller } from '../../support/invoice-samples.ts';
import { hasPdftotext, linesOf, pageCountOf, textOf, textOrigins } from '../../support/pdf.ts';
import { hasPdftoppm, printed, scanned } from '../../support/scan.ts';

type Letter = Parameters<typeof sampleLetter>;

const draw = (...letter: Letter) => renderDunningLetter({ model: sampleLetter(...letter) });
const read = async (...letter: Letter) => {
  const lines = linesOf(textOf(await draw(...letter)));
  return { lines, text: lines.join(' ') };
};
const readBack = hasPdftotext ? describe : describe.skip;
const LONG = 'Käthe & Söhne <Räucherwaren> "Nord-Ostsee" Gesellschaft für außergewöhnliche Genüsse mbH & Co. KG';

readBack('I4 what a letter says', () => {
  test('a reminder: what is open, and no column or sum of claims that nobody makes', async () => {
    const { lines, text } = await read(0, 2);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Zahlungserinnerung MA-10023-002',
        'Rechnung Datum Fällig am Offen €',
        'RE-2026-000300 01.06.2026 15.06.2026 487,50',
        'RE-2026-000301 02.06.2026 16.06.2026 501,21',
        'Zu zahlen 988,71 €',
        'Bitte überweisen Sie 988,71 € bis zum 12.11.2026.',
        'Empfänger Nordlager Fulfillment GmbH',
        'IBAN DE02 1203 0000 0000 2020 51',
        'BIC BYLADEM1001 · Hamburger Musterbank',
        'Verwendungszweck MA-10023-002 / 10023',
        'GiroCode',
        'Seite 1 von 1',
      ]),
    );
    for (const unsaid of ['Zinsen', 'Pauschale', 'Offene Rechnungsbeträge', 'Schadensersatz', 'Stufe'])
      expect(text).not.toContain(unsaid);
  });

  test.each([
    [1, '1. Mahnung', 'Sie befinden sich damit in Verzug.'],
    [2, '2. Mahnung', 'Wir bitten Sie dringend'],
    [3, '3. Mahnung', 'Dies ist unsere letzte Aufforderung'],
  ])('level %i: the claims, what they rest on and what they come to', async (level, title, intro) => {
    const { text } = await read(level, 1, { feeMinor: 500, earlierClaimsMinor: 2_512 });
    for (const said of [
      ...[`${title} MA-10023-002`, intro, 'Offen € Zinsen und Pauschale €', '487,50 45,12'],
      ...['Offene Rechnungsbeträge 487,50 €', 'Verzugszinsen 5,12 €', 'Verzugspauschale 40,00 €'],
      ...['Mahngebühr 5,00 €', 'Offen aus früheren Schreiben 25,12 €', 'Zu zahlen 562,74 €'],
      ...['(§ 288 Abs. 2 BGB)', '(§ 288 Abs. 5 BGB)', 'Bitte überweisen Sie 562,74 € bis zum 12.11.2026.'],
      'Verwendungszweck RE-2026-000300 / 10023',
    ])
      expect(text).toContain(said);
  });

  test('in English', async () => {
    const { lines } = await read(1, 1, { language: 'en' });
    expect(lines).toEqual(
      expect.arrayContaining([
        'First overdue notice MA-10023-002',
        'Dear customer,',
        'Invoice Date Due on Open € Interest, lump sum €',
        'RE-2026-000300 1 Jun 2026 15 Jun 2026 487.50 45.12',
        'Please transfer €532.62 by 12 Nov 2026.',
        'Page 1 of 1',
      ]),
    );
  });

  test('the level of each invoice, where they differ', async () => {
    const { lines } = await read(1, 2, { invoices: [...dunnedInvoices(1, 0), ...dunnedInvoices(2, 1).slice(1)] });
    expect(lines).toEqual(
      expect.arrayContaining([
        'Rechnung Datum Fällig am Stufe Offen € Zinsen und Pauschale €',
        'RE-2026-000300 01.06.2026 15.06.2026 Erinnerung 487,50 0,00',
        'RE-2026-000301 02.06.2026 16.06.2026 1. Mahnung 501,21 45,19',
      ]),
    );
  });

  test('a fee alone makes no column', async () => {
    const { text } = await read(1, 1, { invoices: dunnedInvoices(1, 1).map(unclaimed), feeMinor: 500 });
    expect(text).toContain('Mahngebühr 5,00 €');
    expect(text).not.toContain('Zinsen und Pauschale €');
  });

  test.each([
    ['de', 'Offene Rechnungsbeträge 487,50 €', 'Gebühren für Rücklastschriften 3,50 €', 'früheren Schreiben'],
    ['en', 'Open invoice amounts €487.50', 'Charges for returned debits €3.50', 'earlier letters'],
  ] as const)(
    'in %s what a charge of the bank is for, on a first letter too',
    async (language, open, charge, unsaid) => {
      const { text } = await read(0, 1, { language, bankChargesMinor: 350 });
      expect(text).toContain(open);
      expect(text).toContain(charge);
      expect(text).not.toContain(unsaid);
    },
  );

  test('names of any length, in full and within the page', async () => {
    const seller = { ...sampleSeller, name: LONG, bank: { ...sampleSeller.bank, name: LONG.slice(0, 80) } };
    const { buyer } = sampleLetter(3);
    const number = `MA-${'9'.repeat(57)}`;
    const pdf = await draw(3, 1, { seller, buyer: { ...buyer, name: LONG }, number });
    expect(linesOf(textOf(pdf)).join(' ')).toContain('Gesellschaft für außergewöhnliche Genüsse mbH & Co. KG');
    for (const { x, y } of textOrigins(pdf)) {
      expect(x).toBeGreaterThan(4);
      expect(x).toBeLessThan(190);
      expect(y).toBeLessThan(288);
    }
  });
});

const unclaimed = <T extends object>(invoice: T) => ({ ...invoice, interestMinor: 0, lumpSumMinor: 0 });

readBack('I4 a letter over several pages', () => {
  test('has all invoices once, the head of the table on each, and payment and greeting together', async () => {
    const pdf = await draw(2, 90);
    const pages = textOf(pdf).split('\f').slice(0, -1);
    expect(pages).toHaveLength(pageCountOf(pdf));
    expect(pages.length).toBeGreaterThan(2);
    const numbers = pages.flatMap((page) => page.match(/^ *RE-2026-\d{6}/gm)?.map((number) => number.trim()) ?? []);
    expect(numbers).toEqual(dunnedInvoices(90, 2).map(({ number }) => number));
    pages.forEach((page, index) => {
      expect(page).toContain(`Seite ${index + 1} von ${pages.length}`);
      if (page.includes('RE-2026-')) expect(page).toMatch(/Rechnung +Datum +Fällig am/);
      if (index > 0)
        expect(linesOf(page)[0]).toBe('2. Mahnung MA-10023-002 02.11.2026 · 10023 · Töpferei Grünwald GmbH');
    });
    for (const said of ['Bitte überweisen Sie', 'GiroCode', 'Mit freundlichen Grüßen'])
      expect(pages.map((page) => page.includes(said)).indexOf(true)).toBe(pages.length - 1);
  });

  // whatever the number of invoices: a last page of a greeting alone is not worth its sheet
  test.each([0, 3])('level %i: no page without an invoice or the payment', async (level) => {
    for (let count = 1; count <= 30; count += 1) {
      const pages = textOf(await draw(level, count))
        .split('\f')
        .slice(0, -1);
      for (const page of pages) expect(page).toMatch(/^ *RE-2026-\d{6}|^ *Bitte überweisen Sie/m);
    }
  });
});

describe('I4 the GiroCode of a letter', () => {
  const fields = ['BCD', '002', '1', 'SCT', 'BYLADEM1001', 'Nordlager Fulfillment GmbH', 'DE02120300000000202051'];
  const codesOf = async (...letter: Letter) => {
    const pages = await Promise.all(printed(await draw(...letter), 150).map(scanned));
    return pages.flat().map(({ text }) => text.split('\n'));
  };

  (hasPdftoppm ? test : test.skip).each([
    ['one invoice by its number', 1, 'EUR532.62', 'RE-2026-000300 / 10023'],
    // 40 × 487.50 and 780 × 13.71, interest of 40 × 5.12 and 780 × 0.07, 40 × 40.00
    ['several by the number of the letter', 40, 'EUR32053.20', 'MA-10023-002 / 10023'],
  ])('is read from the page at 150 dpi and asks for the whole: %s', async (_, count, amount, reference) =>
    expect(await codesOf(1, count)).toEqual([[...fields, amount, '', '', reference]]),
  );

  (hasPdftoppm ? test : test.skip)('is not there for more than it can say', async () => {
    const invoices = dunnedInvoices(1, 0).map((invoice) => ({ ...invoice, openMinor: 100_000_000_000 }));
    expect(await codesOf(0, 1, { invoices })).toEqual([]);
  });
});

describe('I4 the file of a letter', () => {
  test.each([
    ['a reminder', 0, 1],
    ['several pages', 3, 60],
  ])('is PDF/A-3a in all that is not of an e-invoice: %s', async (_, level, count) => {
    const file = await openPdf(await draw(level, count));
    const messages = pdfFindings(file, readPages(file)).map(({ message }) => message);
    expect(messages).toHaveLength(3);
    for (const message of messages) expect(message).toMatch(/^lacks <(fx:|pdfaSchema:prefix>fx)/);
  });

  test('has the logo where the model names one, and the name of the house else', async () => {
    const logo = await noise(300, 90).jpeg().toBuffer();
    const model = sampleLetter(1, 1, {
      seller: { ...sampleSeller, logo: { objectKey: 'logos/a', sha256: 'a'.repeat(64) } },
    });
    const withLogo = await renderDunningLetter({ model, logo });
    expect(withLogo.includes(logo)).toBe(true);
    expect((await draw(1)).includes('/Subtype /Image')).toBe(false);
  });

  test('of a letter that was issued under version 1 and is still to be drawn is that of one without a logo', async () => {
    const earlier = { ...sampleLetter(2, 3), rendererVersion: 1 };
    expect((await renderDunningLetter({ model: earlier })).equals(await draw(2, 3))).toBe(true);
  });

  test('comes out of a child as it does here', async () => {
    const renderer = openLetterRenderer({ size: 1 });
    const logo = await noise(300, 90).jpeg().toBuffer();
    const task = { model: sampleLetter(1, 2), logo };
    const drawn = await renderer.render(task).finally(() => renderer.close());
    expect(drawn.equals(await renderDunningLetter(task))).toBe(true);
  });

  test('is not drawn with a character that the font lacks', () =>
    expect(draw(0, 1, { buyer: { ...sampleLetter(0).buyer, name: 'Haus 茶' } })).rejects.toMatchObject({
      type: 'DOCUMENT_GLYPH_MISSING',
    }));
});
