import { describe, expect, test } from '@jest/globals';
import { invoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import { renderInvoice } from '../../../services/billing/documents/render-invoice.ts';
import { sampleBuyer, sampleInvoice, sampleSeller } from '../../support/invoice-samples.ts';
import { fiveHundredLines, fiveSections, oneLine } from '../../support/invoice-sections.ts';
import type { SampleSection } from '../../support/invoice-samples.ts';
import { hasPdftotext, linesOf, textOf } from '../../support/pdf.ts';

const readBack = hasPdftotext ? describe : describe.skip;

const read = async (...given: Parameters<typeof sampleInvoice>): Promise<{ text: string; lines: string[] }> => {
  const text = textOf(await renderInvoice(invoiceModel.parse(sampleInvoice(...given))));
  return { text, lines: linesOf(text) };
};

/** The sample with every line in another tax category. */
const taxed = (sections: SampleSection[], vatCategory: 'AE' | 'O'): SampleSection[] =>
  sections.map((section) => ({
    ...section,
    lines: section.lines.map((line) => ({ ...line, vatCategory, vatRateBasisPoints: 0 })),
  }));

readBack('read back from the paper', () => {
  test('everything § 14 UStG asks for', async () => {
    const { text, lines } = await read(oneLine);
    for (const required of [
      'Nordlager Fulfillment GmbH',
      'Am Güterbahnhof 12',
      'Töpferei Grünwald GmbH',
      'Lindenstraße 8',
      '80331 München',
      'USt-IdNr. DE123456789',
      'Steuernummer 46/712/03456',
      'Amtsgericht Hamburg, HRB 123456',
      'Rechnung RE-2026-000412',
    ]) {
      expect(text).toContain(required);
    }
    expect(lines).toEqual(
      expect.arrayContaining([
        'Rechnungsnummer RE-2026-000412',
        'Rechnungsdatum 01.11.2026',
        expect.stringContaining('Leistungszeitraum 01.10.2026 – 31.10.2026'),
        '1 Grundgebühr Kundenportal 1 Monat 49,00 49,00',
        expect.stringMatching(/^Umsatzsteuer Nettobetrag Steuer Summe netto 49,00 €$/),
        expect.stringMatching(/19 % 49,00 9,31/),
        'Rechnungsbetrag 58,31 €',
        'Bitte überweisen Sie 58,31 € bis zum 15.11.2026.',
        'IBAN DE02 1203 0000 0000 2020 51',
        'Verwendungszweck RE-2026-000412 / 10023',
        'Seite 1 von 1',
      ]),
    );
  });

  test('forty lines in five sections with their subtotals, which make the total', async () => {
    const { text, lines } = await read(fiveSections);
    const subtotals = [...text.matchAll(/Zwischensumme [\p{L}]+ +([\d.,]+)/gu)].map(([, figure]) => cents(figure!));
    expect(subtotals).toEqual([371237, 26777, 7900, 21618, 59480]);
    expect(subtotals.reduce((sum, subtotal) => sum + subtotal)).toBe(487012);
    expect(text).toMatch(/Summe netto +4\.870,12 €/);
    expect(text).toMatch(/Umsatzsteuer +925,32 €/);
    expect(lines).toContain('Rechnungsbetrag 5.795,44 €');
    const positions = lines.map((line) => /^(\d+) .*\d+,\d\d$/.exec(line)?.[1]).filter((found) => found !== undefined);
    expect(positions.map(Number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('tiers, late charges, prices per days of the month, six places and negative lines', async () => {
    const { text, lines } = await read(fiveSections);
    expect(text).toContain('Staffel 101–500');
    expect(text).toContain('Nachberechnung, Leistung vom 14.10.2026');
    expect(text).toContain('je 31');
    expect(lines).toContain('21 Maut- und Energiezuschlag 329 Sendung 0,194725 64,06');
    expect(lines).toContain('32 Korrektur Prüfung Retoure RET-88123 -4 Stück 0,95 -3,80');
  });

  test('every following page says which document it is and repeats the head of the table', async () => {
    const { text } = await read(fiveHundredLines);
    const pages = text.split('\f').slice(0, -1);
    pages.forEach((page, index) => {
      const [first = '', second = ''] = linesOf(page).filter((line) => line !== '');
      expect(page).toContain(`Seite ${index + 1} von ${pages.length}`);
      expect(page).toContain('BIC BYLADEM1001');
      if (index === 0) return;
      expect(first).toBe('Rechnung RE-2026-000412 01.11.2026 · 10023 · Töpferei Grünwald GmbH');
      expect(second).toBe('Pos. Leistung Menge Einheit Einzelpreis € Betrag €');
      expect(page).toContain('(Fortsetzung)');
    });
    expect(linesOf(text).filter((line) => /^\d+ Sonderverpackung/.test(line))).toHaveLength(500);
    expect(linesOf(pages.at(-1)!).some((line) => /^\d+ Sonderverpackung/.test(line))).toBe(true);
  });

  test('reverse charge names both VAT ids and the recipient as the one who owes the tax', async () => {
    const model = sampleInvoice(taxed(fiveSections, 'AE'));
    const vat = model.vat.map((entry) => ({ ...entry, note: 'Steuerschuldnerschaft des Leistungsempfängers' }));
    const { text, lines } = await read(taxed(fiveSections, 'AE'), { vat });
    expect(text).toContain('Steuerschuldnerschaft des Leistungsempfängers');
    expect(text).toContain('Ihre USt-IdNr.');
    expect(text).toContain('DE987654321');
    expect(text).toMatch(/Reverse Charge +4\.870,12 +0,00/);
    expect(lines).toContain('Rechnungsbetrag 4.870,12 €');
  });

  test('a merchant of a third country is billed without VAT and without VAT id', async () => {
    const { vatId, ...buyer } = sampleBuyer;
    const { text } = await read(taxed(oneLine, 'O'), { buyer, taxNotes: ['Nicht im Inland steuerbare Leistung.'] });
    expect(text).toMatch(/nicht steuerbar +49,00 +0,00/);
    expect(text).toContain('Nicht im Inland steuerbare Leistung.');
    expect(text).not.toContain('Ihre USt-IdNr.');
    expect(text).not.toContain(vatId);
  });

  test.each([
    ['de', 'CHE-123.456.789 MWST', 'Ihre USt-/Steuernr.'],
    ['de', 'GB123456789', 'Ihre USt-/Steuernr.'],
    ['de', 'ATU12345675', 'Ihre USt-IdNr.'],
    ['de', 'EL094259216', 'Ihre USt-IdNr.'],
    ['en', 'CHE-123.456.789 MWST', 'Your VAT/tax no.'],
  ] as const)('in %s the number %s is labelled %s', async (language, vatId, label) => {
    const { lines } = await read(oneLine, { language, buyer: { ...sampleBuyer, vatId } });
    expect(lines.some((line) => line.endsWith(`${label} ${vatId}`))).toBe(true);
  });

  test('one managing director is one', async () => {
    const seller = (...managingDirectors: string[]) => ({ ...sampleSeller, managingDirectors });
    const english = (...names: string[]) => read(oneLine, { language: 'en', seller: seller(...names) });
    expect((await english('Anke Möller')).text).toContain('Managing director: Anke Möller');
    expect((await english('Anke Möller', 'Jo Li')).text).toContain('Managing directors: Anke Möller');
    expect((await read(oneLine, { seller: seller('Anke Möller') })).text).toContain('Geschäftsführung: Anke Möller');
  });

  test('a price for many units says of what, and a symbol in a detail parks nothing', async () => {
    const line = { ...oneLine[0]!.lines[0]!, baseQuantity: '31', baseUnit: 'Tage', detail: 'Umetikettiert 🎁' };
    const { text } = await read([{ ...oneLine[0]!, lines: [line] }]);
    expect(text).toContain('je 31 Tage');
    expect(text).toContain('Umetikettiert □');
  });

  // the totals and the payment box alone would be a page that nobody needs
  test('however many lines there are, the last page has three of them, the totals and the payment box', async () => {
    const line = oneLine[0]!.lines[0]!;
    for (let count = 10; count <= 34; count += 1) {
      const sections = [{ ...oneLine[0]!, lines: Array.from({ length: count }, () => line) }];
      const pages = (await read(sections)).text.split('\f').slice(0, -1);
      const rows = linesOf(pages.at(-1)!).filter((text) => /^\d+ Grundgebühr/.test(text)).length;
      expect(rows).toBeGreaterThanOrEqual(3);
      expect(pages.at(-1)).toContain('Rechnungsbetrag');
      expect(pages.at(-1)).toContain('Bitte überweisen Sie');
    }
  }, 30_000);

  test('two rates give each line its rate and the table two rows', async () => {
    const [section] = oneLine;
    const line = section!.lines[0]!;
    const mixed = [{ ...section!, lines: [line, { ...line, description: 'Fachbuch', vatRateBasisPoints: 700 }] }];
    const { lines, text } = await read(mixed);
    expect(lines).toContain('1 Grundgebühr Kundenportal 1 Monat 19 % 49,00 49,00');
    expect(text).toMatch(/2 +Fachbuch +1 +Monat +7 ?% +49,00 +49,00/);
    expect(text).toMatch(/^7 ?% +49,00 +3,43/m);
  });

  test('English', async () => {
    const { text, lines } = await read(fiveSections, { language: 'en' });
    expect(lines).toEqual(
      expect.arrayContaining([
        'Invoice no. RE-2026-000412',
        'Invoice total €5,795.44',
        'Please transfer €5,795.44 by 15 Nov 2026.',
        '21 Maut- und Energiezuschlag 329 Sendung 0.194725 64.06',
        'Page 1 of 3',
      ]),
    );
    expect(text).not.toMatch(/Rechnung|Betrag|Seite|Fortsetzung/);
  });

  test('names with markup, umlauts and great length come out as they are', async () => {
    const name = 'Käthe & Söhne <Räucherwaren> "Nord-Ostsee" Gesellschaft für außergewöhnliche Genüsse mbH & Co. KG';
    const { text } = await read(oneLine, { buyer: { ...sampleBuyer, name }, seller: { ...sampleSeller, name } });
    expect(text.replace(/\s+/g, ' ')).toContain('Käthe & Söhne <Räucherwaren> "Nord-Ostsee"');
  });

  test('charges carried over from a negative statement are named', async () => {
    const { lines } = await read(oneLine, { carriedOver: { cutoff: '2026-10-15', netMinor: -1234 } });
    expect(lines).toContain('Darin enthalten: Übertrag aus der Abrechnung zum 15.10.2026 über -12,34 € netto.');
  });

  test('the annex lists the charges behind the lines', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => ({
      date: '2026-10-05',
      reference: `RET-${88000 + index}`,
      description: 'Retourenannahme',
      quantity: '1',
      unit: 'Retoure',
    }));
    const { text, lines } = await read(oneLine, { annex: [{ key: 'returns', title: 'Retouren', rows }] });
    expect(text).toContain('Anlage zu RE-2026-000412: Einzelnachweis');
    expect(lines).toContain('Retouren 120 Einträge');
    expect(lines.filter((line) => /^05\.10\.2026 RET-\d+ Retourenannahme 1 Retoure$/.test(line))).toHaveLength(120);
  });
});

const cents = (figure: string): number => Number(figure.replace(/\D/g, ''));
