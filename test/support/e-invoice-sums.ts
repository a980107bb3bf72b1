import { XmlDocument, type XmlNode } from 'libxml2-wasm';

const NAMESPACES = {
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** The figures of a document in cents, the VAT by category and rate, e.g. `S 19`. */
export interface Sums {
  lines: bigint;
  net: bigint;
  basis: Record<string, bigint>;
  vat: Record<string, bigint>;
  gross: bigint;
  payable: bigint;
}

/**
 * The figures of a document worked out from its quantities, prices, allowances and rates, and as it states them itself.
 * Knows nothing of the content model nor of the code that writes, reads or checks the XML.
 */
export function sumsOf(xml: string): { computed: Sums; stated: Sums } {
  const document = XmlDocument.fromString(xml);
  try {
    return { computed: computedSums(document.root), stated: statedSums(document.root) };
  } finally {
    document.dispose();
  }
}

const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);
const CENT = ONE / 100n;

const find = (node: XmlNode, path: string): XmlNode[] => node.find(path, NAMESPACES);
const textOf = (node: XmlNode, path: string): string => find(node, path)[0]?.content.trim() ?? '';

function exact(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '0', places = ''] = text.replace(/^[-+]/, '').split('.');
  const value = BigInt(whole || '0') * ONE + BigInt(places.padEnd(PLACES, '0'));
  return negative ? -value : value;
}
const number = (node: XmlNode, path: string): bigint => exact(textOf(node, path) || '0');
const cents = (node: XmlNode, path: string): bigint => number(node, path) / CENT;

/** Half away from zero. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor;
  return (2n * dividend + half) / (2n * divisor);
}

/** Charges less allowances, in cents. */
const adjustments = (nodes: readonly XmlNode[]): bigint =>
  nodes.reduce((sum, node) => {
    const amount = cents(node, 'ram:ActualAmount');
    return textOf(node, 'ram:ChargeIndicator/udt:Indicator') === 'true' ? sum + amount : sum - amount;
  }, 0n);

function lineNet(line: XmlNode): bigint {
  const quantity = number(line, 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity');
  const price = 'ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice';
  const base = textOf(line, `${price}/ram:BasisQuantity`) || '1';
  const worth = rounded(quantity * number(line, `${price}/ram:ChargeAmount`), exact(base) * CENT);
  return worth + adjustments(find(line, 'ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeAllowanceCharge'));
}

const keyOf = (tax: XmlNode): string =>
  `${textOf(tax, 'ram:CategoryCode')} ${Number(textOf(tax, 'ram:RateApplicablePercent') || '0')}`;

const SETTLEMENT = '//ram:ApplicableHeaderTradeSettlement';
const TOTALS = `${SETTLEMENT}/ram:SpecifiedTradeSettlementHeaderMonetarySummation`;

function computedSums(root: XmlNode): Sums {
  const basis: Record<string, bigint> = {};
  const add = (tax: XmlNode, amount: bigint) => {
    basis[keyOf(tax)] = (basis[keyOf(tax)] ?? 0n) + amount;
  };
  let lines = 0n;
  for (const line of find(root, '//ram:IncludedSupplyChainTradeLineItem')) {
    const net = lineNet(line);
    lines += net;
    add(find(line, 'ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax')[0]!, net);
  }
  const ofDocument = find(root, `${SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge`);
  for (const node of ofDocument) add(find(node, 'ram:CategoryTradeTax')[0]!, adjustments([node]));
  const vat = Object.fromEntries(
    Object.entries(basis).map(([key, amount]) => [key, rounded(amount * exact(key.split(' ')[1]!), 100n * ONE)]),
  );
  const net = lines + adjustments(ofDocument);
  const gross = net + Object.values(vat).reduce((sum, amount) => sum + amount, 0n);
  return { lines, net, basis, vat, gross, payable: gross - cents(root, `${TOTALS}/ram:TotalPrepaidAmount`) };
}

function statedSums(root: XmlNode): Sums {
  const taxes = find(root, `${SETTLEMENT}/ram:ApplicableTradeTax`);
  const by = (path: string) => Object.fromEntries(taxes.map((tax) => [keyOf(tax), cents(tax, path)]));
  return {
    lines: cents(root, `${TOTALS}/ram:LineTotalAmount`),
    net: cents(root, `${TOTALS}/ram:TaxBasisTotalAmount`),
    basis: by('ram:BasisAmount'),
    vat: by('ram:CalculatedAmount'),
    gross: cents(root, `${TOTALS}/ram:GrandTotalAmount`),
    payable: cents(root, `${TOTALS}/ram:DuePayableAmount`),
  };
}
