import type { TextsLike } from '../../app/i18n/texts.ts';
import type { commonErrors as german } from '../de/common-errors.ts';

/** Why something did not work. */
export const commonErrors: TextsLike<typeof german> = {
  error: {
    title: 'That did not work',
    offline: 'The server cannot be reached. Check the network.',
    server: 'Something went wrong on our side. Please try again in a moment.',
    unavailable: 'A part of the system does not answer. Please try again in a moment.',
    notFound: 'It does not exist, or it belongs to someone else.',
    forbidden: 'You have no right to do this.',
    stale: 'Someone changed this in the meantime. Reload and look at it again.',
    invalid: 'Something you entered is wrong: {{detail}}',
    tooMany: 'Too many requests. Please wait a moment.',
    refused: 'Refused: {{detail}}',
    requestId: 'Request {{id}}',
  },
  fieldError: {
    TOO_SMALL: 'This is too short or too small.',
    TOO_BIG: 'This is too long or too large.',
    INVALID_FORMAT: 'This does not have the right form.',
    INVALID_TYPE: 'This is missing or of the wrong kind.',
    INVALID_VALUE: 'This value is not allowed.',
    CUSTOM: 'This is not right.',
    DUPLICATE: 'This is here already.',
    BLANK: 'Nothing would be seen of this.',
    NO_ADDRESS: 'No e-mail address is on record for this.',
    UNKNOWN_ARTICLE: 'The merchant has no such article.',
    UNKNOWN_PLACEHOLDER: 'There is no such placeholder here.',
    UNCLOSED_PLACEHOLDER: 'A double brace stands alone here.',
    OPTIONS_OF_YES_NO: 'A yes-or-no question has exactly the answers yes and no.',
    VAT_ID_INVALID: 'This VAT id is wrong: country, length or check digit do not fit.',
    VAT_ID_MISSING: 'This needs the VAT id of the merchant.',
    TAX_TREATMENT_MISMATCH: 'VAT treatment, country and VAT id do not fit together.',
    OF_ANOTHER_MERCHANT: 'This belongs to another merchant.',
  },
};
