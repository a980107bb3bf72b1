import type { Finding } from '../finding.ts';
import { all, one, textAt, type XmlNode } from '../xml-tree.ts';
import { figureAt, isTaxOf, shareOf, shown, sumOf } from './figures.ts';
import { finding, isCharge, LINE_NET, taxRegistrations, type XmlInvoice } from './invoice.ts';

export interface Category {
  code: 'S' | 'Z' | 'E' | 'AE' | 'O';
  /** Elements with the code and the rate of each place it stands in. */
  lines: XmlNode[];
  allowances: XmlNode[];
  charges: XmlNode[];
  breakdown: XmlNode[];
}

/** BR-S, BR-Z, BR-E, BR-AE and BR-O, 01 to 10: what each VAT category asks for. */
export function* vat(invoice: XmlInvoice): Generator<Finding> {
  for (const code of ['S', 'Z', 'E', 'AE', 'O'] as const) {
    const category = categoryOf(invoice, code);
    yield* breakdowns(category, invoice);
    yield* parties(category, invoice);
    yield* rates(category);
    yield* amounts(category, invoice);
    yield* reasons(category);
  }
}

export function categoryOf({ lines, adjustments, taxes }: XmlInvoice, code: Category['code']): Category {
  const isOf = (tax: XmlNode) => textAt(tax, 'CategoryCode') === code;
  const taxOf = (adjustment: XmlNode) => all(adjustment, 'CategoryTradeTax').filter(isOf);
  return {
    code,
    lines: lines.flatMap((line) => all(line, 'SpecifiedLineTradeSettlement/ApplicableTradeTax').filter(isOf)),
    allowances: adjustments.filter((adjustment) => !isCharge(adjustment)).flatMap(taxOf),
    charges: adjustments.filter(isCharge).flatMap(taxOf),
    breakdown: taxes.filter(isOf),
  };
}

const used = ({ lines, allowances, charges }: Category): number => lines.length + allowances.length + charges.length;

/** 01: standard rates have one entry each, the others one altogether, and none without what it is for. */
function* breakdowns(category: Category, { settlement }: XmlInvoice): Generator<Finding> {
  const { code, breakdown } = category;
  const isRight =
    code === 'S' ? breakdown.length >= Math.min(1, used(category)) : breakdown.length === Math.min(1, used(category));
  if (!isRight)
    yield finding(
      `BR-${code}-01`,
      `The breakdown of category ${code} does not match the lines`,
      settlement,
      'ApplicableTradeTax',
    );
}

/** 02 to 04: whose tax numbers there must be for lines, allowances and charges of the category. */
function* parties({ code, lines, allowances, charges }: Category, { seller, buyer }: XmlInvoice): Generator<Finding> {
  const sellers = taxRegistrations(seller, 'VA', 'FC');
  const sellersVat = taxRegistrations(seller, 'VA');
  const buyersVat = taxRegistrations(buyer, 'VA');
  const isKnown = buyersVat.length > 0 || textAt(buyer, 'SpecifiedLegalOrganization/ID') !== undefined;
  const isRight = {
    ...{ S: sellers.length > 0, Z: sellers.length > 0, E: sellers.length > 0, AE: sellers.length > 0 && isKnown },
    O: sellersVat.length + buyersVat.length === 0,
  }[code];
  if (isRight) return;
  const message = code === 'O' ? 'names no VAT id' : 'needs the tax numbers of its parties';
  for (const [rule, taxes] of [
    ['02', lines],
    ['03', allowances],
    ['04', charges],
  ] as const)
    if (taxes.length) yield finding(`BR-${code}-${rule}`, `What is of category ${code} ${message}`, seller);
}

/** 05 to 07: the rate of lines, allowances and charges. */
function* rates({ code, lines, allowances, charges }: Category): Generator<Finding> {
  for (const [rule, taxes] of [
    ['05', lines],
    ['06', allowances],
    ['07', charges],
  ] as const)
    for (const tax of taxes)
      if (!isRate(code, one(tax, 'RateApplicablePercent') && figureAt(tax, 'RateApplicablePercent')))
        yield finding(`BR-${code}-${rule}`, `The rate does not go with category ${code}`, tax, 'RateApplicablePercent');
}

function isRate(code: Category['code'], rate: bigint | undefined): boolean {
  if (code === 'O') return rate === undefined;
  return code === 'S' ? rate !== undefined && rate > 0n : rate === 0n;
}

/** 08 and 09: the taxable amount is that of the lines, allowances and charges; the tax follows from it. */
function* amounts({ code, breakdown }: Category, invoice: XmlInvoice): Generator<Finding> {
  for (const tax of breakdown) {
    const rate = figureAt(tax, 'RateApplicablePercent');
    const isAlike = (other: XmlNode | undefined) =>
      textAt(other, 'CategoryCode') === code && (code !== 'S' || figureAt(other, 'RateApplicablePercent') === rate);
    const wanted = netOf(invoice, isAlike);
    const basis = figureAt(tax, 'BasisAmount') ?? 0n;
    if (basis !== wanted)
      yield finding(`BR-${code}-08`, `Taxable amount ${shown(basis)} where the lines make ${shown(wanted)}`, tax);
    const due = code === 'S' ? shareOf(basis, rate ?? 0n) : 0n;
    const calculated = figureAt(tax, 'CalculatedAmount');
    if (calculated !== undefined && !isTaxOf(calculated, due, code === 'S' && invoice.mayTakeRest))
      yield finding(`BR-${code}-09`, `VAT of ${shown(calculated)} where it must be ${shown(due)}`, tax);
  }
}

function netOf({ lines, adjustments }: XmlInvoice, isAlike: (tax: XmlNode | undefined) => boolean): bigint {
  const alike = adjustments.filter((adjustment) => isAlike(one(adjustment, 'CategoryTradeTax')));
  return (
    sumOf(
      lines.filter((line) => isAlike(one(line, 'SpecifiedLineTradeSettlement/ApplicableTradeTax'))),
      LINE_NET,
    ) +
    sumOf(alike.filter(isCharge), 'ActualAmount') -
    sumOf(
      alike.filter((adjustment) => !isCharge(adjustment)),
      'ActualAmount',
    )
  );
}

/** 10: the reason why there is no tax, where there is none, and only there. */
function* reasons({ code, breakdown }: Category): Generator<Finding> {
  const wanted = code !== 'S' && code !== 'Z';
  for (const tax of breakdown) {
    const given = Boolean(textAt(tax, 'ExemptionReason') ?? textAt(tax, 'ExemptionReasonCode'));
    if (given !== wanted)
      yield finding(`BR-${code}-10`, `Category ${code} ${wanted ? 'needs a' : 'has no'} reason of exemption`, tax);
  }
}
