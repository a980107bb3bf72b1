import type { Finding } from '../finding.ts';
import { all, one, textAt } from '../xml-tree.ts';
import { finding, taxRegistrations, type XmlInvoice } from './invoice.ts';

/** BR-DE: what XRechnung 3.0 asks for beyond the norm. Only in documents that say they are one. */
export function* xrechnung(invoice: XmlInvoice): Generator<Finding> {
  if (!invoice.isXRechnung) return;
  yield* wanted(invoice);
  yield* contact(invoice);
  yield* payment(invoice);
  const { taxes, terms, seller } = invoice;
  for (const tax of taxes)
    if (!textAt(tax, 'RateApplicablePercent')) yield finding('BR-DE-14', 'The VAT rate (BT-119) is missing', tax);
  if (taxes.some((tax) => textAt(tax, 'CategoryCode') !== 'O') && taxRegistrations(seller, 'VA', 'FC').length === 0)
    yield finding('BR-DE-16', 'The seller needs a VAT id (BT-31) or a tax number (BT-32)', seller);
  if ((textAt(terms, 'Description') ?? '').split('\n').some((line) => line.trim().startsWith('#')))
    yield finding(
      'BR-DE-18',
      'Lines of the terms (BT-20) that begin with # promise a cash discount',
      terms,
      'Description',
    );
}

function* wanted({ agreement, seller, buyer, means, settlement }: XmlInvoice): Generator<Finding> {
  if (means.length === 0) yield finding('BR-DE-1', 'Payment instructions (BG-16) are missing', settlement);
  const places = [
    ['BR-DE-2', seller, 'DefinedTradeContact', 'The contact of the seller (BG-6)'],
    ['BR-DE-3', seller, 'PostalTradeAddress/CityName', 'The town of the seller (BT-37)'],
    ['BR-DE-4', seller, 'PostalTradeAddress/PostcodeCode', 'The postal code of the seller (BT-38)'],
    ['BR-DE-8', buyer, 'PostalTradeAddress/CityName', 'The town of the buyer (BT-52)'],
    ['BR-DE-9', buyer, 'PostalTradeAddress/PostcodeCode', 'The postal code of the buyer (BT-53)'],
    ['BR-DE-15', agreement, 'BuyerReference', 'The reference of the buyer (BT-10)'],
  ] as const;
  for (const [rule, node, path, what] of places) {
    const found = one(node, path);
    if (!found || (found.children.length === 0 && found.text.trim() === ''))
      yield finding(rule, `${what} is missing`, node, path);
  }
}

/** At least two signs on both sides of one @, no blank or point beside it, no point at the ends (KoSIT, BR-DE-28). */
const EMAIL = /^[^@\s.]([^@\s]*[^@\s.])@[^@\s.]([^@\s]*[^@\s.])$/;

function* contact({ seller }: XmlInvoice): Generator<Finding> {
  const person = one(seller, 'DefinedTradeContact');
  const name = textAt(person, 'PersonName') ?? textAt(person, 'DepartmentName');
  const phone = textAt(person, 'TelephoneUniversalCommunication/CompleteNumber');
  const email = textAt(person, 'EmailURIUniversalCommunication/URIID');
  if (!name) yield finding('BR-DE-5', 'Whom to ask (BT-41) is missing', person ?? seller);
  if (!phone) yield finding('BR-DE-6', 'The telephone number of the seller (BT-42) is missing', person ?? seller);
  else if ((phone.match(/\d/g) ?? []).length < 3)
    yield finding('BR-DE-27', 'A telephone number (BT-42) has at least three digits', person);
  if (!email) yield finding('BR-DE-7', 'The e-mail address of the seller (BT-43) is missing', person ?? seller);
  else if (!EMAIL.test(email)) yield finding('BR-DE-28', 'BT-43 is no e-mail address', person);
}

function* payment({ means, settlement, terms }: XmlInvoice): Generator<Finding> {
  const debit = {
    'PEPPOL-EN16931-R061': textAt(terms, 'DirectDebitMandateID'),
    'BR-DE-30': textAt(settlement, 'CreditorReferenceID'),
    'BR-DE-31': means.map((way) => textAt(way, 'PayerPartyDebtorFinancialAccount/IBANID')).find(Boolean),
  };
  const isDebit = Object.values(debit).some(Boolean);
  for (const way of means) {
    const code = textAt(way, 'TypeCode') ?? '';
    const transfer = all(way, 'PayeePartyCreditorFinancialAccount').length > 0;
    const card = all(way, 'ApplicableTradeSettlementFinancialCard').length > 0;
    if (['30', '58'].includes(code)) {
      if (!transfer) yield finding('BR-DE-23-a', 'A transfer needs its account (BG-17)', way);
      if (isDebit || card) yield finding('BR-DE-23-b', 'A transfer has no card or direct debit (BG-18, BG-19)', way);
    }
    if (code === '59') {
      if (!isDebit) yield finding('BR-DE-25-a', 'A direct debit needs its mandate (BG-19)', way);
      if (transfer || card) yield finding('BR-DE-25-b', 'A direct debit has no account to pay to and no card', way);
    }
  }
  const hasDebitCode = means.some((way) => textAt(way, 'TypeCode') === '59');
  for (const [rule, value] of Object.entries(debit))
    if ((isDebit || hasDebitCode) && !value)
      yield finding(
        rule,
        'A direct debit needs mandate, creditor identifier and account (BT-89, BT-90, BT-91)',
        settlement,
      );
}
