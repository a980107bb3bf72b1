import type { TextsLike } from '../../app/i18n/texts.ts';
import type { commonErrors as german } from '../de/common-errors.ts';

/** Why something did not work. */
export const commonErrors: TextsLike<typeof german> = {
  error: {
    title: 'That did not work',
    old: 'This cannot be brought up to date right now. What you see may be old.',
    offline: 'The server cannot be reached. Check the network.',
    server: 'Something went wrong on our side. Please try again in a moment.',
    unavailable: 'Part of the system is not answering. Please try again in a moment.',
    notFoundTitle: 'Not found',
    notFound: 'It does not exist, or it belongs to someone else.',
    forbidden: 'You are not allowed to do this.',
    stale: 'Someone changed this in the meantime. Reload and look at it again.',
    invalid: 'Something you entered is not right: {{detail}}',
    invalidUnknown: 'Something you entered is not right. If you ask about it, please quote: {{reference}}',
    tooMany: 'Too many requests. Please wait a moment.',
    unknown: 'The server refused this. If you ask about it, please quote: {{reference}}',
    requestId: 'Request {{id}}',
  },
  fieldError: {
    TOO_SMALL: 'This is too short or too small.',
    TOO_BIG: 'This is too long or too large.',
    INVALID_FORMAT: 'The format is not right.',
    INVALID_TYPE: 'This is missing or of the wrong kind.',
    INVALID_VALUE: 'This value is not allowed.',
    CUSTOM: 'This is not right.',
    DUPLICATE: 'This already exists here.',
    REQUIRED: 'Something is missing here.',
    UNKNOWN_FIELD: 'This is not expected here.',
    TOO_MANY: 'That is more than is possible.',
    TOO_FEW: 'This must be more than 0.',
    NOT_CSV: 'This is not a readable CSV file. Save the sheet as CSV (UTF-8).',
    QUOTE_MISPLACED: 'The file has a misplaced quotation mark.',
    RECORD_TOO_LONG: 'A line of the file is too long.',
    TOO_MANY_LINES: 'The file has too many lines.',
    TOO_MANY_COLUMNS: 'The file has too many columns.',
  },
};
