import { describe, expect, test } from '@jest/globals';
import { INVOICE_RENDERER_VERSION, invoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import { giroCodeText } from '../../../services/billing/documents/giro-code.ts';
import { transferOf } from '../../../services/billing/documents/invoice-payable.ts';
import { renderInvoice } from '../../../services/billing/documents/render-invoice.ts';
import { documentKinds } from '../../support/document-kinds.ts';
import { eInvoices } from '../../support/e-invoice-samples.ts';
import { sampleInvoice, sampleSeller } from '../../support/invoice-samples.ts';
import { oneLine } from '../../support/invoice-sections.ts';
import { hasPdftotext, linesOf, textOf, textOrigins } from '../../support/pdf.ts';
import { hasPdftoppm, printed, scanned } from '../../support/scan.ts';

const kinds = documentKinds();
const drawn = (model: unknown) => renderInvoice(invoiceModel.parse(model));
const draw = (name: string) => drawn(kinds[name]);
const readBack = hasPdftotext ? describe : describe.skip;

readBack('H1 what a document of each kind says', () => {
  test.each<[string, string[]]>([
    [
      'cancellation',
      [
        'Stornorechnung ST-2026-00007',
        'Wir stornieren die Rechnung RE-2026-000398 vom 01.10.2026 in vollem Umfang:',
        'Grund: Der Lieferschein vom 14. September gehörte zu einem anderen Händler.',
        'Stornobetrag -5.795,44 €',
        'Aus der Rechnung RE-2026-000398 ist nichts mehr zu zahlen.',
      ],
    ],
    [
      'credit note',
      [
        'Rechnungskorrektur RK-2026-00003',
        'Wir berichtigen die Rechnung RE-2026-000398 vom 01.10.2026 um die folgenden Beträge:',
        'Grund: Im Oktober war das Kundenportal drei Tage nicht erreichbar.',
        'Korrekturbetrag -58,31 €',
        'Der Betrag von 58,31 € mindert, was aus der Rechnung RE-2026-000398 noch zu zahlen ist.',
        'Soweit Sie ihn schon gezahlt haben, führen wir ihn als Guthaben',
      ],
    ],
    ['credit note of a total', ['Den Betrag von 58,31 € führen wir als Guthaben']],
    [
      'direct debit',
      [
        'Wir ziehen den Betrag von 5.795,44 € am 16.11.2026 per SEPA-Lastschrift von Ihrem Konto ein.',
        'Ihr Konto DE89 3704 0044 0532 0130 00',
        'Mandat M-10023-1 vom 15.01.2026',
        'Gläubiger-ID DE98ZZZ09999999999',
      ],
    ],
    [
      'partly prepaid',
      [
        'Mit Guthaben verrechnet -250,00 €',
        'Zu zahlen 5.545,44 €',
        'Bitte überweisen Sie 5.545,44 € bis zum 15.11.2026.',
      ],
    ],
    ['wholly prepaid', ['Zu zahlen 0,00 €', 'Sie brauchen nichts zu überweisen.']],
    ['public buyer', ['Leitweg-ID 04011000-1234512345-06', 'Ihre Referenz PO-4711']],
    ['too many charges', ['Der Einzelnachweis zu dieser Rechnung hat 12.345 Einträge.', 'CSV-Datei im Kundenportal']],
    ['exempt', ['steuerfrei 49,00 0,00', 'Steuerfreie Leistung (§ 4 UStG).']],
  ])('%s', async (name, said) => {
    const text = linesOf(textOf(await draw(name)))
      .join(' ')
      .replace(/ +/g, ' ');
    for (const part of said) expect(text).toContain(part);
    expect(text).not.toContain('Gutschrift');
  });

  test('a line under reverse charge names no rate, the table why', async () => {
    const lines = linesOf(textOf(await drawn(eInvoices['19 % and reverse charge'])));
    expect(lines).toEqual(
      expect.arrayContaining([
        '1 Prüfung und Bewertung 3 Stück 19 % 9,99 29,97',
        '2 Prüfung und Bewertung 7 Stück – 1,11 7,77',
      ]),
    );
    expect(lines.join(' ')).toContain('Reverse Charge 7,77 0,00');
    expect(lines.join(' ')).not.toMatch(/(?<!\d)0 %/);
  });

  test('what the law wants said of the tax stands clear of the total', async () => {
    const origins = textOrigins(await draw('exempt'));
    const total = origins.findLastIndex(({ size }) => size === 12.5);
    expect(origins[total + 1]!.y - origins[total]!.y).toBeGreaterThan(6);
  });

  test.each(['cancellation', 'credit note', 'wholly prepaid', 'direct debit'])(
    '%s asks for no transfer',
    async (name) => {
      const text = textOf(await draw(name));
      expect(text).not.toContain('Bitte überweisen');
      expect(text).not.toContain('GiroCode');
    },
  );

  test('an allowance of a line is named with its share', async () => {
    const model = sampleInvoice(oneLine);
    const section = model.sections[0]!;
    const line = {
      ...section.lines[0]!,
      netMinor: 4410,
      allowances: [{ kind: 'allowance', reason: 'Mengenrabatt', amountMinor: 490, percent: '10', basisMinor: 4900 }],
    };
    const sums = { netMinor: 4410, vatMinor: 838, grossMinor: 5248 };
    const reduced = invoiceModel.parse({
      ...model,
      ...sums,
      sections: [{ ...section, lines: [line], subtotalMinor: 4410 }],
      vat: [{ category: 'S', rateBasisPoints: 1900, basisMinor: 4410, vatMinor: 838 }],
    });
    expect(linesOf(textOf(await renderInvoice(reduced)))).toContain('Abzug -4,90: Mengenrabatt (10 % auf 49,00)');
  });
});

describe('the GiroCode (EPC069-12)', () => {
  const codeOf = (changes = {}) => giroCodeText(transferOf(sampleInvoice(oneLine, changes)));
  const fields = [
    ...['BCD', '002', '1', 'SCT', 'BYLADEM1001', 'Nordlager Fulfillment GmbH', 'DE02120300000000202051'],
    ...['EUR58.31', '', '', 'RE-2026-000412 / 10023'],
  ];

  test('says payee, account, amount and reference', () => expect(codeOf()?.split('\n')).toEqual(fields));

  test.each([
    ['another currency', { currency: 'CHF' }],
    ['nothing to pay', { prepaidMinor: 5831 }],
    ['more than it can say', { grossMinor: 100_000_000_000 }],
  ])('is not there for %s', (_, changes) => expect(codeOf(changes)).toBeUndefined());

  test('is there for the greatest amount it can say', () =>
    expect(codeOf({ grossMinor: 99_999_999_999 })).toContain('\nEUR999999999.99\n'));

  // letters of three bytes each: 70 of them leave no room for the rest
  test.each([['Ä'.repeat(160)], ['ẞ'.repeat(160)]])('of a long name keeps to its 70 letters and 331 bytes', (name) => {
    const text = codeOf({ seller: { ...sampleSeller, name }, number: 'R'.repeat(40) })!;
    expect(Array.from(text.split('\n')[5]!).length).toBeLessThanOrEqual(70);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(331);
    expect(text.split('\n').at(-1)).toBe(`${'R'.repeat(40)} / 10023`);
  });

  (hasPdftoppm ? test : test.skip)('is read from the page at 150 dpi', async () => {
    const [page] = printed(await draw('1 line'), 150);
    expect(await scanned(page!)).toEqual([{ format: 'QRCode', text: fields.join('\n') }]);
  });
});

test('the drawing is that of the version the archive is told', () => expect(INVOICE_RENDERER_VERSION).toBe(3));
