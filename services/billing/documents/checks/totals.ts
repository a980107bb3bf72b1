import { isDeepStrictEqual } from 'node:util';
import { readTotals, totalsOf, type Finding } from '../e-invoice/index.ts';
import type { InvoiceModel } from '../invoice-model.ts';

/** Where the figures of the e-invoice are not those of the document. */
export function totalsFindings(model: InvoiceModel, xml: string): Finding[] {
  const said = readTotals(xml);
  return Object.entries(totalsOf(model)).flatMap(([path, expected]) => {
    const found = said[path as keyof typeof said];
    if (isDeepStrictEqual(found, expected)) return [];
    return [{ rule: 'totals', path, message: `is ${JSON.stringify(found)}, should be ${JSON.stringify(expected)}` }];
  });
}
