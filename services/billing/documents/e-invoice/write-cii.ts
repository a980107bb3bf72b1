import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { InvoiceModel } from '../invoice-model.ts';
import { documentAdjustments } from './cii/allowance-charge.ts';
import { documentParts, type DocumentParts } from './cii/document-parts.ts';
import { dateTime, period } from './cii/figures.ts';
import { lineItems } from './cii/lines.ts';
import { notes } from './cii/notes.ts';
import { buyerParty, sellerParty } from './cii/parties.ts';
import { creditorReference, paymentMeans, paymentReference, paymentTerms } from './cii/payment.ts';
import { documentContext } from './cii/profile.ts';
import { taxBreakdown } from './cii/taxes.ts';
import { monetarySummation } from './cii/totals.ts';
import { group, leaf, xmlFile, type Part } from './cii/xml.ts';

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/**
 * The electronic invoice (EN 16931 in the syntax UN/CEFACT CII D16B): profile EN 16931 of Factur-X and ZUGFeRD, or
 * XRechnung 3.0 when the buyer wants a reference of its own. Pure: the same model gives the same bytes.
 * @param model  parsed by `invoiceModel`, so that its figures add up
 * @returns      the file, UTF-8 without byte order mark, lines end with LF; whether it keeps the rules is for
 *               `validateCii` to say
 */
export function writeCii(model: InvoiceModel): string {
  const parts = documentParts(model);
  return xmlFile(
    'rsm:CrossIndustryInvoice',
    NAMESPACES,
    documentContext(model),
    exchangedDocument(parts),
    group('rsm:SupplyChainTradeTransaction', lineItems(parts), agreement(parts), delivery(model), settlement(parts)),
  );
}

const exchangedDocument = ({ model, typeCode }: DocumentParts): Part =>
  group(
    'rsm:ExchangedDocument',
    leaf('ram:ID', model.number),
    leaf('ram:TypeCode', typeCode),
    dateTime('ram:IssueDateTime', model.issueDate),
    notes(model),
  );

function agreement(parts: DocumentParts): Part {
  const { buyerReference, orderReference } = parts.model.buyer;
  return group(
    'ram:ApplicableHeaderTradeAgreement',
    leaf('ram:BuyerReference', buyerReference),
    sellerParty(parts),
    buyerParty(parts),
    group('ram:BuyerOrderReferencedDocument', leaf('ram:IssuerAssignedID', orderReference)),
  );
}

/** BT-72: the service was complete when its period ended. */
const delivery = (model: InvoiceModel): Part =>
  group(
    'ram:ApplicableHeaderTradeDelivery',
    group('ram:ActualDeliverySupplyChainEvent', dateTime('ram:OccurrenceDateTime', wholePeriod(model).to)),
  );

const settlement = (parts: DocumentParts): Part =>
  group(
    'ram:ApplicableHeaderTradeSettlement',
    creditorReference(parts),
    paymentReference(parts),
    leaf('ram:InvoiceCurrencyCode', parts.model.currency),
    paymentMeans(parts),
    taxBreakdown(parts),
    period(wholePeriod(parts.model)),
    documentAdjustments(parts),
    paymentTerms(parts),
    monetarySummation(parts),
    ...precedingInvoices(parts.model),
  );

/** BG-14: the period billed, widened by late services, because none may lie outside of it (PEPPOL-EN16931-R110, R111). */
function wholePeriod({ servicePeriod, sections }: InvoiceModel): { from: LocalDate; to: LocalDate } {
  const periods = [
    servicePeriod,
    ...sections.map((section) => section.servicePeriod),
    ...sections.flatMap((section) => section.lines.flatMap((line) => line.servicePeriod ?? [])),
  ];
  return {
    from: periods.map(({ from }) => from).reduce((first, day) => (day < first ? day : first)),
    to: periods.map(({ to }) => to).reduce((last, day) => (day > last ? day : last)),
  };
}

/** BG-3: the one document that is corrected, or all those of which a total takes something back. */
const precedingInvoices = ({ corrects, takesBackOf = [] }: InvoiceModel): Part[] =>
  (corrects ? [corrects] : takesBackOf).map(({ number, issueDate }) =>
    group(
      'ram:InvoiceReferencedDocument',
      leaf('ram:IssuerAssignedID', number),
      group('ram:FormattedIssueDateTime', leaf('qdt:DateTimeString', issueDate.replaceAll('-', ''), { format: '102' })),
    ),
  );
