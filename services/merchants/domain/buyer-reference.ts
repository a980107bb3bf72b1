/** Länder 01 to 16, or the federation's 99, before what else names the authority; then the part of its own, then the check digits. */
const LEITWEG_ID = /^(?:0[1-9]|1[0-6]|99)\d{0,10}-[A-Z0-9]{1,30}-\d{2}$/i;

/**
 * Whether a reference has the form of a Leitweg-ID, by which German authorities route invoices (BT-10), and its check
 * digits are wrong. Anything else is a reference of the buyer's own making and never wrong.
 *
 * Source: format of the Leitweg-ID, KoSIT; check digits by ISO 7064 MOD 97-10 over all parts, letters as 10 to 35.
 */
export const isMistypedLeitwegId = (reference: string): boolean =>
  LEITWEG_ID.test(reference) && remainderOf97(reference.replaceAll('-', '')) !== 1;

function remainderOf97(characters: string): number {
  let remainder = 0;
  for (const character of characters) {
    const value = parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}
