import type { Finding } from '../finding.ts';
import { all, one, textAt, type XmlNode } from '../xml-tree.ts';
import { finding, isCharge, lineAdjustments, LINE_NET, type XmlInvoice } from './invoice.ts';

/** BR-01 to BR-26, BR-31 to BR-55 and BR-61 to BR-66: what must be there. */
export function* presence(invoice: XmlInvoice): Generator<Finding> {
  yield* ofDocument(invoice);
  for (const line of invoice.lines) yield* ofLine(line);
  for (const adjustment of invoice.adjustments) yield* ofAdjustment(adjustment);
  for (const tax of invoice.taxes) yield* ofTax(tax);
  yield* ofPayment(invoice);
}

type Wanted = readonly [rule: string, path: string, what: string];

function* missing(node: XmlNode | undefined, wanted: readonly Wanted[]): Generator<Finding> {
  for (const [rule, path, what] of wanted)
    if (textAt(node, path) === undefined) yield finding(rule, `${what} is missing`, node, path);
}

const OF_HEADER: Wanted[] = [
  ['BR-02', 'ID', 'The number of the document (BT-1)'],
  ['BR-04', 'TypeCode', 'The type of the document (BT-3)'],
];
const OF_SUMS: Wanted[] = [
  ['BR-12', 'LineTotalAmount', 'The sum of the lines (BT-106)'],
  ['BR-13', 'TaxBasisTotalAmount', 'The total without VAT (BT-109)'],
  ['BR-14', 'GrandTotalAmount', 'The total with VAT (BT-112)'],
  ['BR-15', 'DuePayableAmount', 'The amount due for payment (BT-115)'],
];

function* ofDocument(invoice: XmlInvoice): Generator<Finding> {
  const { root, header, settlement, seller, buyer, lines } = invoice;
  const guideline = 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID';
  yield* missing(root, [['BR-01', guideline, 'The specification (BT-24)']]);
  yield* missing(header, OF_HEADER);
  const issued = one(header, 'IssueDateTime/DateTimeString');
  if (issued?.attributes['format'] !== '102' || issued.text.trim() === '')
    yield finding('BR-03', 'The day of issue (BT-2) is missing', header, 'IssueDateTime/DateTimeString');
  yield* missing(settlement, [['BR-05', 'InvoiceCurrencyCode', 'The currency (BT-5)']]);
  yield* missing(seller, [['BR-06', 'Name', 'The name of the seller (BT-27)']]);
  yield* missing(buyer, [['BR-07', 'Name', 'The name of the buyer (BT-44)']]);
  yield* ofAddress(seller, 'BR-08', 'BR-09', 'seller (BG-5, BT-40)');
  yield* ofAddress(buyer, 'BR-10', 'BR-11', 'buyer (BG-8, BT-55)');
  yield* missing(invoice.sums, OF_SUMS);
  if (lines.length === 0)
    yield finding('BR-16', 'A document needs a line (BG-25)', root, 'SupplyChainTradeTransaction');
  yield* ofElectronicAddress(seller, 'BR-62', 'seller (BT-34)');
  yield* ofElectronicAddress(buyer, 'BR-63', 'buyer (BT-49)');
  for (const preceding of all(settlement, 'InvoiceReferencedDocument'))
    yield* missing(preceding, [['BR-55', 'IssuerAssignedID', 'The number of the preceding document (BT-25)']]);
}

function* ofAddress(party: XmlNode | undefined, address: string, country: string, whose: string): Generator<Finding> {
  if (!one(party, 'PostalTradeAddress'))
    yield finding(address, `The address of the ${whose} is missing`, party, 'PostalTradeAddress');
  yield* missing(party, [[country, 'PostalTradeAddress/CountryID', `The country of the ${whose}`]]);
}

function* ofElectronicAddress(party: XmlNode | undefined, rule: string, whose: string): Generator<Finding> {
  for (const id of all(party, 'URIUniversalCommunication/URIID'))
    if (!id.attributes['schemeID'])
      yield finding(rule, `The electronic address of the ${whose} does not say what it is`, id);
}

const OF_LINE: Wanted[] = [
  ['BR-21', 'AssociatedDocumentLineDocument/LineID', 'The number of the line (BT-126)'],
  ['BR-22', 'SpecifiedLineTradeDelivery/BilledQuantity', 'The quantity (BT-129)'],
  ['BR-24', LINE_NET, 'The net amount of the line (BT-131)'],
  ['BR-25', 'SpecifiedTradeProduct/Name', 'The name of what was done (BT-153)'],
  ['BR-26', 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount', 'The price (BT-146)'],
];

function* ofLine(line: XmlNode): Generator<Finding> {
  yield* missing(line, OF_LINE);
  const quantity = one(line, 'SpecifiedLineTradeDelivery/BilledQuantity');
  if (!quantity?.attributes['unitCode']) yield finding('BR-23', 'The unit (BT-130) is missing', quantity ?? line);
  for (const attribute of all(line, 'SpecifiedTradeProduct/ApplicableProductCharacteristic'))
    if (!textAt(attribute, 'Description') || !textAt(attribute, 'Value'))
      yield finding('BR-54', 'An attribute of a line (BG-32) needs a name and a value', attribute);
  for (const adjustment of lineAdjustments(line)) {
    const [amount, reason] = isCharge(adjustment) ? ['BR-43', 'BR-44'] : ['BR-41', 'BR-42'];
    yield* missing(adjustment, [[amount!, 'ActualAmount', 'The amount (BT-136, BT-141)']]);
    yield* ofReason(adjustment, [reason!, isCharge(adjustment) ? 'BR-CO-24' : 'BR-CO-23']);
  }
}

function* ofAdjustment(adjustment: XmlNode): Generator<Finding> {
  const charge = isCharge(adjustment);
  const [amount, category, reason] = charge ? ['BR-36', 'BR-37', 'BR-38'] : ['BR-31', 'BR-32', 'BR-33'];
  yield* missing(adjustment, [
    [amount!, 'ActualAmount', 'The amount (BT-92, BT-99)'],
    [category!, 'CategoryTradeTax/CategoryCode', 'The VAT category (BT-95, BT-102)'],
  ]);
  yield* ofReason(adjustment, [reason!, charge ? 'BR-CO-22' : 'BR-CO-21']);
}

/** EN 16931 asks for the reason twice, under two names. */
function* ofReason(adjustment: XmlNode, rules: readonly string[]): Generator<Finding> {
  if (textAt(adjustment, 'Reason') ?? textAt(adjustment, 'ReasonCode')) return;
  for (const rule of rules)
    yield finding(rule, 'The reason of an allowance or charge is missing', adjustment, 'Reason');
}

function* ofTax(tax: XmlNode): Generator<Finding> {
  yield* missing(tax, [
    ['BR-45', 'BasisAmount', 'The taxable amount (BT-116)'],
    ['BR-46', 'CalculatedAmount', 'The VAT of a category (BT-117)'],
    ['BR-47', 'CategoryCode', 'The VAT category (BT-118)'],
  ]);
  if (textAt(tax, 'CategoryCode') !== 'O')
    yield* missing(tax, [['BR-48', 'RateApplicablePercent', 'The VAT rate (BT-119)']]);
}

function* ofPayment({ means }: XmlInvoice): Generator<Finding> {
  for (const way of means) {
    yield* missing(way, [['BR-49', 'TypeCode', 'The means of payment (BT-81)']]);
    const accounts = all(way, 'PayeePartyCreditorFinancialAccount');
    for (const account of accounts) yield* ofAccount(account, 'BR-50');
    if (isTransfer(way) && accounts.length === 0)
      yield finding('BR-61', 'A transfer needs an account (BT-84)', way, 'PayeePartyCreditorFinancialAccount/IBANID');
    else if (isTransfer(way)) yield* ofAccount(accounts[0]!, 'BR-61');
  }
}

const isTransfer = (way: XmlNode): boolean => ['30', '58'].includes(textAt(way, 'TypeCode') ?? '');

function* ofAccount(account: XmlNode, rule: string): Generator<Finding> {
  if (!textAt(account, 'IBANID') && !textAt(account, 'ProprietaryID'))
    yield finding(rule, 'The account to pay to (BT-84) is missing', account, 'IBANID');
}
