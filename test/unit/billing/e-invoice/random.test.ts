import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTotals, totalsOf, validateCii, writeCii } from '../../../../services/billing/documents/e-invoice/index.ts';
import { invoiceModel } from '../../../../services/billing/documents/invoice-model.ts';
import { sumsOf } from '../../../support/e-invoice-sums.ts';
import { randomInvoice } from '../../../support/random-invoices.ts';

test('X6 any content that may be issued makes an electronic invoice that breaks no rule and adds up', () => {
  fc.assert(
    fc.property(randomInvoice, (content) => {
      const model = invoiceModel.parse(content);
      const xml = writeCii(model);
      expect(validateCii(xml)).toEqual([]);
      expect(readTotals(xml)).toEqual(totalsOf(model));
      const { computed, stated } = sumsOf(xml);
      expect(computed).toEqual(stated);
    }),
    { numRuns: 150 },
  );
});
