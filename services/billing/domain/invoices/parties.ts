import { addressLinesOf, type PostalAddress } from '../../../../shared/kernel/address-lines.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

/** Who answers for invoices where the issuer names nobody. */
const CONTACT = 'Rechnungswesen';

/** The issuer as the document shows it (BG-4), with its logo as it is archived. */
export const sellerOf = (
  { address, ...issuer }: IssuerProfile,
  logo?: { objectKey: string; sha256: string } | null,
) => ({
  ...issuer,
  contactName: issuer.contactName ?? CONTACT,
  addressLines: addressLinesOf(address),
  address: partsOf(address),
  ...(logo ? { logo } : {}),
});

/** The merchant as the document shows it (BG-7); what is left out was not known when it was approved. */
export const buyerOf = (merchant: MerchantSnapshot) => {
  const { address } = merchant;
  const email = merchant.invoiceEmails[0];
  return {
    merchantNumber: merchant.number,
    name: address.name,
    addressLines: addressLinesOf(address),
    address: partsOf(address),
    ...(merchant.vatId ? { vatId: merchant.vatId } : {}),
    ...(merchant.purchaseOrderReference ? { orderReference: merchant.purchaseOrderReference } : {}),
    ...(merchant.buyerReference ? { buyerReference: merchant.buyerReference } : {}),
    ...(email ? { email } : {}),
  };
};

const partsOf = ({ extra, street, postalCode, city, country }: PostalAddress) => ({
  ...(extra ? { extra } : {}),
  ...{ street, postalCode, city, country },
});
