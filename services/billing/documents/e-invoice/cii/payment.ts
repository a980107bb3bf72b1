import { date } from '../../../../../shared/documents/formats.ts';
import type { InvoiceModel } from '../../invoice-model.ts';
import type { DocumentParts } from './document-parts.ts';
import { dateTime } from './figures.ts';
import { XML_TEXTS } from './texts.ts';
import { group, leaf, type Part } from './xml.ts';

/** UNTDID 4461: transfer, SEPA transfer, SEPA direct debit, clearing between partners. */
const MEANS = { transfer: '30', sepaTransfer: '58', sepaDirectDebit: '59', clearing: '97' } as const;

/** BT-90, the creditor of a direct debit. */
export const creditorReference = ({ model: { directDebit, seller }, demandsPayment }: DocumentParts): Part =>
  demandsPayment && directDebit ? leaf('ram:CreditorReferenceID', seller.sepaCreditorId) : undefined;

/** BT-83, what the buyer is to write to a transfer. */
export const paymentReference = ({ model: { number, buyer }, demandsPayment }: DocumentParts): Part =>
  demandsPayment ? leaf('ram:PaymentReference', `${number} / ${buyer.merchantNumber}`) : undefined;

/** BT-81 and the account of it. Where nothing is demanded there is none, so that nobody pays what is credited. */
export function meansOf({ model, demandsPayment }: DocumentParts): { paymentMeans: string; iban: string | null } {
  const { directDebit, seller, currency } = model;
  if (!demandsPayment) return { paymentMeans: MEANS.clearing, iban: null };
  if (directDebit) return { paymentMeans: MEANS.sepaDirectDebit, iban: compact(directDebit.iban) };
  // SEPA moves euros only
  return { paymentMeans: currency === 'EUR' ? MEANS.sepaTransfer : MEANS.transfer, iban: compact(seller.bank.iban) };
}

/** BG-16. */
export function paymentMeans(parts: DocumentParts): Part {
  const { bank, name } = parts.model.seller;
  const { paymentMeans: code, iban } = meansOf(parts);
  const isTransfer = parts.demandsPayment && !parts.model.directDebit;
  return group(
    'ram:SpecifiedTradeSettlementPaymentMeans',
    leaf('ram:TypeCode', code),
    isTransfer || iban === null ? undefined : group('ram:PayerPartyDebtorFinancialAccount', leaf('ram:IBANID', iban)),
    isTransfer && iban !== null
      ? [
          group('ram:PayeePartyCreditorFinancialAccount', leaf('ram:IBANID', iban), leaf('ram:AccountName', name)),
          group('ram:PayeeSpecifiedCreditorFinancialInstitution', leaf('ram:BICID', bank.bic)),
        ]
      : undefined,
  );
}

/** BT-9, BT-20 and BT-89. */
export const paymentTerms = (parts: DocumentParts): Part =>
  group(
    'ram:SpecifiedTradePaymentTerms',
    leaf('ram:Description', termsText(parts)),
    parts.demandsPayment
      ? [
          dateTime('ram:DueDateDateTime', parts.model.dueDate),
          leaf('ram:DirectDebitMandateID', parts.model.directDebit?.mandateReference),
        ]
      : undefined,
  );

function termsText({ model, demandsPayment }: DocumentParts): string {
  const { language, dueDate, paymentTermsDays, directDebit } = model;
  const { terms } = XML_TEXTS[language];
  if (!demandsPayment) return isSettled(model) ? terms.settled : terms.nothing;
  if (directDebit) return terms.directDebit(date(directDebit.collectedOn, language), directDebit.mandateReference);
  return terms.transfer(date(dueDate, language), paymentTermsDays);
}

const isSettled = ({ grossMinor, prepaidMinor }: InvoiceModel): boolean =>
  grossMinor > 0 && prepaidMinor === grossMinor;

const compact = (text: string): string => text.replace(/\s/g, '');
