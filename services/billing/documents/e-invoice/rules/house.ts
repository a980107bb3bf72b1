import { isIban } from '../../../../../shared/protocol/billing/issuer.ts';
import { isLocalDate } from '../../../../../shared/kernel/dates.ts';
import type { Finding } from '../finding.ts';
import { all, one, textAt, type XmlNode } from '../xml-tree.ts';
import { divideRounded } from '../../../../../shared/kernel/decimal.ts';
import { CENT, figureAt, shown, sumOf, UNIT } from './figures.ts';
import { finding, isCharge, lineAdjustments, LINE_NET, taxRegistrations, type XmlInvoice } from './invoice.ts';

/** What the law or sense asks of every document, also where the norm leaves it open. */
export function* house(invoice: XmlInvoice): Generator<Finding> {
  const { elements, seller, header, settlement, lines, means } = invoice;
  if (taxRegistrations(seller, 'VA', 'FC').length === 0)
    yield finding('UStG-14-4-2', 'The seller needs a tax number or VAT id (§ 14 Abs. 4 Nr. 2 UStG)', seller);
  if (textAt(header, 'TypeCode') === '384' && !one(settlement, 'InvoiceReferencedDocument'))
    yield finding('BR-DE-26', 'A cancellation names the document it cancels (BG-3)', settlement);
  for (const way of means) yield* ofAccount(way);
  for (const line of lines) yield* ofLine(line);
  if (textAt(header, 'TypeCode') === '381') yield* ofCreditNote(invoice);
  for (const node of elements)
    if (node.name === 'DateTimeString' && !isDay(node))
      yield finding('DAY', 'This is no day in the format 102, 20261231', node);
}

function isDay({ attributes, text }: XmlNode): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return attributes['format'] === '102' && isLocalDate(`${year}-${month}-${day}`);
}

/** An IBAN moves money, so it is checked in every document and not in an XRechnung alone. */
function* ofAccount(way: XmlNode): Generator<Finding> {
  for (const [rule, code, account] of [
    ['BR-DE-19', '58', 'PayeePartyCreditorFinancialAccount/IBANID'],
    ['BR-DE-20', '59', 'PayerPartyDebtorFinancialAccount/IBANID'],
  ] as const)
    if (textAt(way, 'TypeCode') === code && !isIban(textAt(way, account) ?? ''))
      yield finding(rule, 'This is no IBAN', way, account);
}

/** PEPPOL-EN16931-R120 without its slack: quantity × price ÷ base, rounded once, with allowances and charges. */
function* ofLine(line: XmlNode): Generator<Finding> {
  const price = one(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice');
  const quantity = figureAt(line, 'SpecifiedLineTradeDelivery/BilledQuantity');
  const each = figureAt(price, 'ChargeAmount');
  const base = figureAt(price, 'BasisQuantity') ?? UNIT;
  const net = figureAt(line, LINE_NET);
  if (quantity === undefined || each === undefined || net === undefined || base <= 0n) return;
  const adjustments = lineAdjustments(line);
  const charges = adjustments.filter(isCharge);
  const allowances = adjustments.filter((adjustment) => !isCharge(adjustment));
  const wanted =
    divideRounded(quantity * each, base * CENT) * CENT +
    (sumOf(charges, 'ActualAmount') - sumOf(allowances, 'ActualAmount'));
  if (net !== wanted)
    yield finding(
      'PEPPOL-EN16931-R120',
      `${shown(net)} where quantity and price make ${shown(wanted)}`,
      line,
      LINE_NET,
    );
}

/** A credit note credits: a total below zero would be the opposite, and an account or due date would ask for money. */
function* ofCreditNote({ sums, means, terms, settlement }: XmlInvoice): Generator<Finding> {
  if ((figureAt(sums, 'GrandTotalAmount') ?? 0n) < 0n)
    yield finding('CREDIT-NOTE', 'The amounts of a credit note (381) are positive', sums, 'GrandTotalAmount');
  const demands = [
    ...means.flatMap((way) => [
      ...all(way, 'PayeePartyCreditorFinancialAccount'),
      ...all(way, 'PayerPartyDebtorFinancialAccount'),
    ]),
    ...all(terms, 'DueDateDateTime'),
    ...all(settlement, 'PaymentReference'),
  ];
  for (const demand of demands) yield finding('CREDIT-NOTE', 'A credit note (381) demands no payment', demand);
}
