import type { LocalDate } from '../../../shared/kernel/dates.ts';

/**
 * Name of the file of a mail, `<date>-<kind>-<recipient>-<id>.eml`; whatever is not plain in an address becomes `_`.
 * @param messageIdHeader  its id part keeps the files of a resend apart
 */
export function mailFileName(date: LocalDate, kind: string, recipient: string, messageIdHeader: string): string {
  const who = recipient.replaceAll(/[^A-Za-z0-9@._-]/g, '_').slice(0, 80);
  return `${date}-${kind}-${who}-${messageIdHeader.slice(1, messageIdHeader.indexOf('@'))}.eml`;
}
