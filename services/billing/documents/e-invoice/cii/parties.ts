import type { InvoiceModel } from '../../invoice-model.ts';
import type { DocumentParts } from './document-parts.ts';
import { group, leaf, type Part } from './xml.ts';

type Address = InvoiceModel['seller']['address'];

/** BG-4 to BG-6. */
export function sellerParty({ model: { seller }, outsideVat }: DocumentParts): Part {
  const vatId = outsideVat ? undefined : seller.vatId;
  return group(
    'ram:SellerTradeParty',
    // one of BT-29, BT-30 and BT-31 must tell who it is (BR-CO-26)
    seller.registerNumber || vatId ? undefined : leaf('ram:ID', seller.taxNumber),
    leaf('ram:Name', seller.name),
    group('ram:SpecifiedLegalOrganization', leaf('ram:ID', seller.registerNumber)),
    group(
      'ram:DefinedTradeContact',
      leaf('ram:PersonName', seller.contactName),
      group('ram:TelephoneUniversalCommunication', leaf('ram:CompleteNumber', seller.phone)),
      group('ram:EmailURIUniversalCommunication', leaf('ram:URIID', seller.email)),
    ),
    postalAddress(seller.address),
    electronicAddress(seller.email),
    taxRegistration('VA', withoutBlanks(vatId)),
    taxRegistration('FC', seller.taxNumber),
  );
}

/** BG-7 and BG-8. */
export const buyerParty = ({ model: { buyer }, outsideVat }: DocumentParts): Part =>
  group(
    'ram:BuyerTradeParty',
    leaf('ram:ID', buyer.merchantNumber),
    leaf('ram:Name', buyer.name),
    postalAddress(buyer.address),
    electronicAddress(buyer.email),
    taxRegistration('VA', outsideVat ? undefined : euVatId(buyer.vatId)),
  );

/** Begins with a member state (EL is Greece, XI Northern Ireland, Directive 2006/112/EC Art. 215). */
const EU_VAT_ID =
  /^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9+*]{2,13}$/;

/** A VAT id in the sense of BT-48; the tax numbers of other countries are none. */
function euVatId(text: string | undefined): string | undefined {
  const compact = withoutBlanks(text);
  return compact !== undefined && EU_VAT_ID.test(compact) ? compact : undefined;
}

const withoutBlanks = (text: string | undefined): string | undefined => text?.replace(/\s/g, '');

/** Has no code in ISO 3166; the list of EN 16931 has one of its own for it. */
const KOSOVO = 'XK';

const postalAddress = ({ extra, street, postalCode, city, country }: Address): Part =>
  group(
    'ram:PostalTradeAddress',
    leaf('ram:PostcodeCode', postalCode),
    leaf('ram:LineOne', street),
    leaf('ram:LineTwo', extra),
    leaf('ram:CityName', city),
    leaf('ram:CountryID', country === KOSOVO ? '1A' : country),
  );

/** BT-34 and BT-49; EM is an address of electronic mail in the list EAS. */
const electronicAddress = (email: string | undefined): Part =>
  group('ram:URIUniversalCommunication', leaf('ram:URIID', email, { schemeID: 'EM' }));

const taxRegistration = (schemeID: 'VA' | 'FC', id: string | undefined): Part =>
  group('ram:SpecifiedTaxRegistration', leaf('ram:ID', id, { schemeID }));
