import type { Finding } from '../finding.ts';
import { all, one, textAt } from '../xml-tree.ts';
import { figure, figureAt, isTaxOf, shareOf, shown, sumOf } from './figures.ts';
import { finding, isCharge, LINE_NET, type XmlInvoice } from './invoice.ts';

/** BR-CO-10 to BR-CO-17: what must add up. Exact where the norm lets a rule differ by a unit, but for the rest of a tax ({@link isTaxOf}). */
export function* sums(invoice: XmlInvoice): Generator<Finding> {
  const { lines, adjustments, taxes, sums: totals, settlement } = invoice;
  const charges = adjustments.filter(isCharge);
  const allowances = adjustments.filter((adjustment) => !isCharge(adjustment));
  const at = (name: string) => figureAt(totals, name);
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const taxTotals = all(totals, 'TaxTotalAmount').filter(({ attributes }) => attributes['currencyID'] === currency);
  const vat = taxTotals.length === 1 ? figure(taxTotals[0]!.text) : undefined;
  const or = (name: string) => at(name) ?? 0n;
  const expected: [rule: string, name: string, actual: bigint | undefined, expected: bigint][] = [
    ['BR-CO-10', 'LineTotalAmount', at('LineTotalAmount'), sumOf(lines, LINE_NET)],
    ['BR-CO-11', 'AllowanceTotalAmount', or('AllowanceTotalAmount'), sumOf(allowances, 'ActualAmount')],
    ['BR-CO-12', 'ChargeTotalAmount', or('ChargeTotalAmount'), sumOf(charges, 'ActualAmount')],
    [
      ...(['BR-CO-13', 'TaxBasisTotalAmount', at('TaxBasisTotalAmount')] as const),
      or('LineTotalAmount') - or('AllowanceTotalAmount') + or('ChargeTotalAmount'),
    ],
    ['BR-CO-14', 'TaxTotalAmount', vat, sumOf(taxes, 'CalculatedAmount')],
    ['BR-CO-15', 'GrandTotalAmount', at('GrandTotalAmount'), or('TaxBasisTotalAmount') + (vat ?? 0n)],
    [
      ...(['BR-CO-16', 'DuePayableAmount', at('DuePayableAmount')] as const),
      or('GrandTotalAmount') - or('TotalPrepaidAmount') + or('RoundingAmount'),
    ],
  ];
  for (const [rule, name, actual, wanted] of expected)
    if (actual !== wanted)
      yield finding(rule, `${shownOr(actual)} where the others make ${shown(wanted)}`, one(totals, name) ?? totals, '');
  yield* ofTaxes(invoice);
}

const shownOr = (figure: bigint | undefined): string => (figure === undefined ? 'nothing' : shown(figure));

function* ofTaxes({ taxes, mayTakeRest }: XmlInvoice): Generator<Finding> {
  for (const tax of taxes) {
    const [vat, basis] = [figureAt(tax, 'CalculatedAmount'), figureAt(tax, 'BasisAmount')];
    if (vat === undefined || basis === undefined) continue;
    const wanted = shareOf(basis, figureAt(tax, 'RateApplicablePercent') ?? 0n);
    if (!isTaxOf(vat, wanted, mayTakeRest))
      yield finding('BR-CO-17', `VAT of ${shown(vat)} where the rate makes ${shown(wanted)}`, tax);
  }
}
