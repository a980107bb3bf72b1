import { addressLinesOf, type PostalAddress } from '../../../../shared/kernel/address-lines.ts';
import { filled, trimmed } from '../../../../shared/kernel/trimmed.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';

/** Who answers for invoices where the issuer names nobody. */
const CONTACT = 'Rechnungswesen';

/**
 * The issuer as the document shows it (BG-4), with its logo as it is archived. What says nothing is left out, or empty
 * where a document cannot do without.
 */
export const sellerOf = (
  { name, address, managingDirectors, contactName, bank, ...others }: IssuerProfile,
  logo?: { objectKey: string; sha256: string } | null,
) => ({
  ...withoutBlanks(others),
  name: trimmed(name),
  contactName: filled(contactName) ?? CONTACT,
  managingDirectors: managingDirectors.flatMap((director) => filled(director) ?? []),
  addressLines: addressLinesOf(address),
  address: partsOf(address),
  bank: { ...bank, name: trimmed(bank.name) },
  ...(logo ? { logo } : {}),
});

/** The merchant as the document shows it (BG-7); what is left out says nothing or was not known when it was approved. */
export const buyerOf = (merchant: MerchantSnapshot) => {
  const { address, vatId, purchaseOrderReference, buyerReference } = merchant;
  const [email] = merchant.invoiceEmails;
  return {
    merchantNumber: trimmed(merchant.number),
    name: trimmed(address.name),
    addressLines: addressLinesOf(address),
    address: partsOf(address),
    ...withoutBlanks({ vatId, orderReference: purchaseOrderReference, buyerReference, email }),
  };
};

const partsOf = ({ extra, street, postalCode, city, country }: PostalAddress) => ({
  ...withoutBlanks({ extra }),
  ...{ street: trimmed(street), postalCode: trimmed(postalCode), city: trimmed(city), country },
});

/** Texts that a document may do without, as far as they say something. */
const withoutBlanks = <Texts extends Partial<Record<string, string | null>>>(texts: Texts) =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => {
      const said = filled(text);
      return said === undefined ? [] : [[key, said]];
    }),
  ) as { [Key in keyof Texts]?: string };
