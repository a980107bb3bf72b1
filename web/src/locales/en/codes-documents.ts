import type { TextsLike } from '../../app/i18n/texts.ts';
import type { documentCodes as german } from '../de/codes-documents.ts';

export const documentCodes: TextsLike<typeof german> = {
  DOCUMENT_GLYPH_MISSING:
    'A character in the text of the document cannot be printed. First correct the merchant’s record or your details in the settings.',
  ISSUER_CONTACT_MISSING:
    'The merchant gets an XRechnung. First enter your telephone number and your e-mail address in the settings.',
  ISSUER_TAX_NUMBER_MISSING: 'First enter your tax number in the settings.',
  ISSUER_VAT_ID_MISSING: 'First enter your VAT ID in the settings.',
  COUNTRY_UNKNOWN: 'First correct the country code in the merchant’s record.',
};
