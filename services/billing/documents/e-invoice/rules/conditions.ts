import type { Finding } from '../finding.ts';
import { all, one, textAt, type XmlNode } from '../xml-tree.ts';
import { COUNTRIES } from './code-lists.ts';
import { figureAt } from './figures.ts';
import { finding, taxRegistrations, type XmlInvoice } from './invoice.ts';

/** BR-27 to BR-30 and the conditions BR-CO-03, 04, 09, 18, 19, 20, 25 and 26. */
export function* conditions(invoice: XmlInvoice): Generator<Finding> {
  const { elements, lines, taxes, settlement } = invoice;
  for (const line of lines) yield* ofLine(line);
  yield* ofPeriod(one(settlement, 'BillingSpecifiedPeriod'), 'BR-29', 'BR-CO-19');
  if (elements.some(isNamed('TaxPointDate')) && elements.some(isNamed('DueDateTypeCode')))
    yield finding('BR-CO-03', 'Tax point date (BT-7) and its code (BT-8) exclude each other', settlement);
  if (taxes.length === 0)
    yield finding('BR-CO-18', 'The VAT breakdown (BG-23) is missing', settlement, 'ApplicableTradeTax');
  yield* ofParties(invoice);
  yield* ofPayment(invoice);
}

const isNamed =
  (name: string) =>
  (node: XmlNode): boolean =>
    node.name === name;

function* ofLine(line: XmlNode): Generator<Finding> {
  const agreement = one(line, 'SpecifiedLineTradeAgreement');
  for (const [rule, path] of [
    ['BR-27', 'NetPriceProductTradePrice/ChargeAmount'],
    ['BR-28', 'GrossPriceProductTradePrice/ChargeAmount'],
  ] as const)
    if ((figureAt(agreement, path) ?? 0n) < 0n) yield finding(rule, 'A price is never negative', agreement, path);
  const settlement = one(line, 'SpecifiedLineTradeSettlement');
  yield* ofPeriod(one(settlement, 'BillingSpecifiedPeriod'), 'BR-30', 'BR-CO-20');
  if (!textAt(settlement, 'ApplicableTradeTax/CategoryCode'))
    yield finding('BR-CO-04', 'A line needs a VAT category (BT-151)', line, 'SpecifiedLineTradeSettlement');
}

/** Days in the format 102 follow each other like their texts. */
function* ofPeriod(period: XmlNode | undefined, order: string, filled: string): Generator<Finding> {
  if (!period) return;
  const [start, end] = ['StartDateTime', 'EndDateTime'].map((name) => textAt(period, `${name}/DateTimeString`));
  if (start === undefined && end === undefined)
    yield finding(filled, 'A period needs a day it begins or ends on', period);
  if (start !== undefined && end !== undefined && end < start)
    yield finding(order, 'A period ends before it begins', period);
}

function* ofParties({ seller, buyer }: XmlInvoice): Generator<Finding> {
  for (const id of [...taxRegistrations(seller, 'VA'), ...taxRegistrations(buyer, 'VA')]) {
    const prefix = id.text.trim().slice(0, 2);
    if (!VAT_PREFIXES.has(prefix)) yield finding('BR-CO-09', 'A VAT id begins with the code of its country', id);
  }
  const identified = ['ID', 'GlobalID', 'SpecifiedLegalOrganization/ID'].some((path) => textAt(seller, path));
  if (!identified && taxRegistrations(seller, 'VA').length === 0)
    yield finding(
      'BR-CO-26',
      'The seller needs an identifier (BT-29), a register number (BT-30) or a VAT id (BT-31)',
      seller,
    );
}

/** EL is Greece, XI is Northern Ireland. */
const VAT_PREFIXES = new Set([...COUNTRIES, 'EL', 'XI']);

function* ofPayment({ sums, terms, settlement }: XmlInvoice): Generator<Finding> {
  if ((figureAt(sums, 'DuePayableAmount') ?? 0n) <= 0n) return;
  const due = all(terms, 'DueDateDateTime/DateTimeString').length > 0;
  if (!due && !textAt(terms, 'Description'))
    yield finding('BR-CO-25', 'What is to be paid needs a due date (BT-9) or terms (BT-20)', terms ?? settlement);
}
