import { describe, expect, test } from '@jest/globals';
import { invoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import type { InvoiceModel } from '../../../services/billing/documents/invoice-model.ts';
import { sampleInvoice } from '../../support/invoice-samples.ts';
import { fiveSections, oneLine } from '../../support/invoice-sections.ts';

const issuesOf = (model: unknown): string[] =>
  (invoiceModel.safeParse(model).error?.issues ?? []).map(({ path }) => path.join('.'));

/** A copy of a valid model, changed in place by the test. */
const changed = (change: (model: InvoiceModel) => void): InvoiceModel => {
  const model = sampleInvoice(structuredClone(fiveSections));
  change(model);
  return model;
};

describe('what is stored with a document', () => {
  test('comes back the same through JSON', () => {
    const model = sampleInvoice(fiveSections, { carriedOver: { cutoff: '2026-10-15', netMinor: -1234 } });
    expect(invoiceModel.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  // 44 × 30.00 ÷ 31 = 42.580… and 329 × 0.194725 = 64.064… (billing.md: rounded once, half away from zero)
  test('lines of storage and of six places have the cents of billing.md', () => {
    const lines = sampleInvoice(fiveSections).sections.flatMap((section) => section.lines);
    expect(lines.find(({ description }) => description === 'Fachbodenlager')?.netMinor).toBe(4258);
    expect(lines.find(({ unitPrice }) => unitPrice === '0.194725')?.netMinor).toBe(6406);
    expect(lines.find(({ quantity }) => quantity === '-4')?.netMinor).toBe(-380);
  });
});

describe('an invoice that does not add up is refused', () => {
  test.each<[string, (model: InvoiceModel) => void]>([
    ['sections.1.lines.1.netMinor', (model) => (model.sections[1]!.lines[1]!.netMinor += 1)],
    ['sections.2.subtotalMinor', (model) => (model.sections[2]!.subtotalMinor -= 1)],
    ['vat.0.basisMinor', (model) => (model.vat[0]!.basisMinor += 1)],
    ['vat.0.vatMinor', (model) => (model.vat[0]!.vatMinor += 1)],
    ['netMinor', (model) => (model.netMinor += 1)],
    ['vatMinor', (model) => (model.vatMinor += 1)],
    ['grossMinor', (model) => (model.grossMinor += 1)],
    ['vat', (model) => (model.sections[0]!.lines[0]!.vatRateBasisPoints = 700)],
  ])('%s', (path, change) => expect(issuesOf(changed(change))).toContain(path));
});

describe('what the law or the paper does not allow is refused', () => {
  test.each<[string, Partial<Record<keyof InvoiceModel, unknown>>]>([
    ['issueDate', { issueDate: '2026-02-30' }],
    ['servicePeriod.to', { servicePeriod: { from: '2026-10-02', to: '2026-10-01' } }],
    ['seller.vatId', { seller: { ...sampleInvoice(oneLine).seller, vatId: undefined, taxNumber: undefined } }],
    ['number', { number: ' ' }],
    ['currency', { currency: 'Euro' }],
    ['kind', { kind: 'Gutschrift' }],
    ['sections', { sections: [] }],
  ])('%s', (path, change) => expect(issuesOf({ ...sampleInvoice(oneLine), ...change })).toContain(path));
});
