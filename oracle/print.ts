import { amountText, decimalText, ONE, priceText } from './decimal.ts';
import type { OracleInvoice, OracleResult } from './oracle.ts';
import type { Section } from './groups.ts';
import type { PricedLine } from './pricing.ts';

const HEADINGS: Record<Section, string> = { fulfilment: 'Fulfilment', monthly: 'Monthly services' };

/** The result for people: per merchant and cut-off the lines with their arithmetic, VAT and totals. */
export function resultText(result: OracleResult, names: ReadonlyMap<string, string>): string {
  const { file, currency } = result;
  const head = `Input: ${file.orders} orders of ${file.orderLines} lines, ${file.announcedReturns} announced returns of ${file.returnLines} lines, ${file.otherLines} other lines\n`;
  const blocks = result.invoices.map((invoice) => invoiceText(invoice, currency, names.get(invoice.merchant) ?? ''));
  const warnings = [
    ...result.unrated.map(
      (charge) => `UNRATED ${charge.merchant} ${charge.chargeType} ${charge.serviceDate} ${charge.reference}`,
    ),
    ...result.held.map(
      (charge) => `HELD ${charge.merchant} ${charge.chargeType} ${charge.serviceDate} at ${charge.cutOff}`,
    ),
    ...result.unknownMerchants.map((number) => `NOT IN THE LIST OF MERCHANTS ${number}`),
  ];
  return [head, ...blocks, ...warnings].join('\n');
}

function invoiceText(invoice: OracleInvoice, currency: string, name: string): string {
  const { merchant, cutOff, state, lines, taxes } = invoice;
  const sections = (['fulfilment', 'monthly'] as const)
    .filter((section) => lines.some((line) => line.section === section))
    .flatMap((section) => [
      `  ${HEADINGS[section]}`,
      ...lines.filter((line) => line.section === section).map((line) => `    ${lineText(line)}`),
      `    = ${amountText(invoice.sectionNet[section])}`,
    ]);
  return [
    `${merchant} ${name} · cut-off ${cutOff}${state === 'issued' ? '' : ` · ${state.toUpperCase()}`}`,
    ...sections,
    `  net ${amountText(invoice.net)} ${currency}`,
    ...taxes.map(
      ({ category, percent, net, vat }) =>
        `  VAT ${category} ${percent} %: ${amountText(net)} × ${percent} ÷ 100 = ${amountText(vat)}`,
    ),
    `  total ${amountText(invoice.gross)} ${currency}\n`,
  ].join('\n');
}

/** `Further pieces picked · 2011-01 · tier 1–5000: 5000 piece × 0.25 = 1250.00` */
export function lineText(line: PricedLine): string {
  const base = line.baseQuantity === ONE ? '' : ` ÷ ${decimalText(line.baseQuantity)}`;
  const sum = `${decimalText(line.quantity)} ${line.unit} × ${priceText(line.unitPrice)}${base} = ${amountText(line.net)}`;
  return `${line.label} · ${line.serviceMonth} · v${line.ruleVersion}${tierText(line)}: ${sum}`;
}

function tierText({ tier, tierFrom, tierUpTo }: PricedLine): string {
  if (tier === null || tierFrom === null) return '';
  return ` · tier over ${decimalText(tierFrom)}${tierUpTo === null ? '' : ` up to ${decimalText(tierUpTo)}`}`;
}

/** The result as JSON: cents as integers, quantities and prices as decimal strings. */
export function resultJson(result: OracleResult): string {
  const asDecimal = ['quantity', 'unitPrice', 'baseQuantity', 'tierFrom', 'tierUpTo'];
  return JSON.stringify(
    result,
    (key, value: unknown) =>
      typeof value !== 'bigint' ? value : asDecimal.includes(key) ? decimalText(value) : Number(value),
    2,
  );
}
