import type { Finding } from '../finding.ts';
import { all, textAt, type XmlNode } from '../xml-tree.ts';
import { finding, isCharge, type XmlInvoice } from './invoice.ts';

/** BR-O-11 to BR-O-14: what is outside the scope of VAT shares its document with nothing else. */
export function* vatOutside({ taxes, lines, adjustments }: XmlInvoice): Generator<Finding> {
  if (!taxes.some((tax) => textAt(tax, 'CategoryCode') === 'O')) return;
  const taxesOf = (nodes: readonly XmlNode[], path: string) => nodes.flatMap((node) => all(node, path));
  const places: [rule: string, taxes: readonly XmlNode[]][] = [
    ['BR-O-11', taxes],
    ['BR-O-12', taxesOf(lines, 'SpecifiedLineTradeSettlement/ApplicableTradeTax')],
    [
      'BR-O-13',
      taxesOf(
        adjustments.filter((adjustment) => !isCharge(adjustment)),
        'CategoryTradeTax',
      ),
    ],
    ['BR-O-14', taxesOf(adjustments.filter(isCharge), 'CategoryTradeTax')],
  ];
  for (const [rule, others] of places)
    for (const tax of others)
      if (textAt(tax, 'CategoryCode') !== 'O')
        yield finding(rule, 'Category O does not go with others in one document', tax);
}
