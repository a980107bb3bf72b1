import { z } from 'zod';
import { text } from './model-fields.ts';

const addressLines = z.array(text(120)).min(1).max(5);

/** The postal address by its parts, for the XML; `addressLines` are the same for print. */
const postalAddress = z.strictObject({
  extra: text(120).optional(),
  street: text(120),
  postalCode: text(20),
  city: text(80),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2),
});

/** Who issues the document (BG-4). */
export const seller = z
  .strictObject({
    name: text(160),
    addressLines,
    address: postalAddress,
    /** Whom to ask about the invoice (BT-41); a department will do. */
    contactName: text(80),
    /** Creditor identifier of the SEPA direct debit (BT-90). */
    sepaCreditorId: text(35).optional(),
    /** The logo as archived; its bytes are handed to the renderer. */
    logo: z.strictObject({ objectKey: text(200), sha256: z.string().length(64) }).optional(),
    vatId: text(20).optional(),
    taxNumber: text(30).optional(),
    registerCourt: text(80).optional(),
    registerNumber: text(40).optional(),
    managingDirectors: z.array(text(80)).max(8),
    phone: text(40).optional(),
    email: text(254).optional(),
    web: text(120).optional(),
    bank: z.strictObject({ name: text(80), iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/), bic: text(11) }),
  })
  .refine(({ vatId, taxNumber }) => vatId || taxNumber, {
    message: 'VAT id or tax number is needed (§ 14 Abs. 4 Nr. 2 UStG)',
    path: ['vatId'],
  });

export type Seller = z.output<typeof seller>;

/** Who pays it (BG-7). */
export const buyer = z.strictObject({
  merchantNumber: text(40),
  name: text(160),
  /** Street, postal code and town, and the country when it is another one. */
  addressLines,
  address: postalAddress,
  vatId: text(20).optional(),
  orderReference: text(80).optional(),
  /** BT-10: the Leitweg-ID of public buyers, or what another buyer wants to find its invoices by. */
  buyerReference: text(60).optional(),
  /** Where the electronic invoice goes (BT-49). */
  email: text(254).optional(),
});
