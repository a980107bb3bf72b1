import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
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

test('X6 the schema is the published one, byte for byte', () => {
  const folder = new URL('../../../../services/billing/documents/e-invoice/schema/', import.meta.url);
  const listed = [
    ...readFileSync(new URL('README.md', folder), 'utf8').matchAll(/\| `(.+\.xsd)` \| `([0-9a-f]{64})` \|/g),
  ];
  expect(listed).toHaveLength(4);
  for (const [, file, sha256] of listed)
    expect(
      createHash('sha256')
        .update(readFileSync(new URL(file!, folder)))
        .digest('hex'),
    ).toBe(sha256);
});
