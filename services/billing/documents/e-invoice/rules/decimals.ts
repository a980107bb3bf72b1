import type { Finding } from '../finding.ts';
import { all, textAt, type XmlNode } from '../xml-tree.ts';
import { finding, isCharge, lineAdjustments, LINE_NET, type XmlInvoice } from './invoice.ts';

type Amounts = Record<string, string>;
const TOTALS: Amounts = {
  'BR-DEC-09': 'LineTotalAmount',
  'BR-DEC-10': 'AllowanceTotalAmount',
  'BR-DEC-11': 'ChargeTotalAmount',
  'BR-DEC-12': 'TaxBasisTotalAmount',
  'BR-DEC-14': 'GrandTotalAmount',
  'BR-DEC-16': 'TotalPrepaidAmount',
  'BR-DEC-17': 'RoundingAmount',
  'BR-DEC-18': 'DuePayableAmount',
};
const TAX: Amounts = { 'BR-DEC-19': 'BasisAmount', 'BR-DEC-20': 'CalculatedAmount' };
const ALLOWANCE: Amounts = { 'BR-DEC-01': 'ActualAmount', 'BR-DEC-02': 'BasisAmount' };
const CHARGE: Amounts = { 'BR-DEC-05': 'ActualAmount', 'BR-DEC-06': 'BasisAmount' };
const LINE_ALLOWANCE: Amounts = { 'BR-DEC-24': 'ActualAmount', 'BR-DEC-25': 'BasisAmount' };
const LINE_CHARGE: Amounts = { 'BR-DEC-27': 'ActualAmount', 'BR-DEC-28': 'BasisAmount' };

/** BR-DEC: amounts have at most two places. Prices and quantities may have more. */
export function* decimals({ sums, taxes, adjustments, lines, settlement }: XmlInvoice): Generator<Finding> {
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  yield* twoPlaces(sums, TOTALS);
  for (const total of all(sums, 'TaxTotalAmount'))
    if (hasMorePlaces(total.text))
      yield finding(total.attributes['currencyID'] === currency ? 'BR-DEC-13' : 'BR-DEC-15', MESSAGE, total);
  for (const tax of taxes) yield* twoPlaces(tax, TAX);
  for (const adjustment of adjustments) yield* twoPlaces(adjustment, isCharge(adjustment) ? CHARGE : ALLOWANCE);
  for (const line of lines) {
    yield* twoPlaces(line, { 'BR-DEC-23': LINE_NET });
    for (const adjustment of lineAdjustments(line))
      yield* twoPlaces(adjustment, isCharge(adjustment) ? LINE_CHARGE : LINE_ALLOWANCE);
  }
}

const MESSAGE = 'An amount has at most two decimal places';

function* twoPlaces(node: XmlNode | undefined, amounts: Amounts): Generator<Finding> {
  for (const [rule, path] of Object.entries(amounts))
    if (hasMorePlaces(textAt(node, path) ?? '')) yield finding(rule, MESSAGE, node, path);
}

const hasMorePlaces = (text: string): boolean => (text.trim().split('.')[1] ?? '').length > 2;
