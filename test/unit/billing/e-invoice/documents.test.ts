import { describe, expect, test } from '@jest/globals';
import { readTotals, totalsOf, validateCii, writeCii } from '../../../../services/billing/documents/e-invoice/index.ts';
import { invoiceModel } from '../../../../services/billing/documents/invoice-model.ts';
import { eInvoices } from '../../../support/e-invoice-samples.ts';
import { sumsOf } from '../../../support/e-invoice-sums.ts';

describe.each(Object.entries(eInvoices))('H2 %s', (_, model) => {
  const xml = writeCii(model);

  test('is content that may be issued', () => expect(invoiceModel.safeParse(model).error?.issues).toBeUndefined());

  test('X6 breaks no rule', () => expect(validateCii(xml)).toEqual([]));

  test('says the figures of its content', () => expect(readTotals(xml)).toEqual(totalsOf(model)));

  test('adds up by a calculation of its own', () => {
    const { computed, stated } = sumsOf(xml);
    expect(computed).toEqual(stated);
    expect(Number(stated.gross)).toBe(model.kind === 'creditNote' ? -model.grossMinor : model.grossMinor);
  });

  test('has the same bytes each time, as UTF-8 without mark or carriage return', () => {
    expect(writeCii(structuredClone(model))).toBe(xml);
    expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<rsm:/);
    expect(xml).not.toContain('\r');
    expect(Buffer.from(xml, 'utf8').toString('utf8')).toBe(xml);
  });
});
