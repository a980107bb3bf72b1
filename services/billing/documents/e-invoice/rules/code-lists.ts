import { COUNTRIES as ISO_COUNTRIES } from '../../../../../shared/kernel/countries.ts';

const list = (codes: string): ReadonlySet<string> => new Set(codes.split(/\s+/));

// Of long lists of the norm only what documents here can say, so that a slip is found even where it hits another code.

/** UNTDID 1001: commercial invoice, credit note, corrected invoice. */
export const DOCUMENT_TYPES = list('380 381 384');

/** UNTDID 4451: general information, tax declaration, regulatory information. */
export const NOTE_SUBJECTS = list('AAI TXD REG');

/** UNTDID 4461: transfer, SEPA transfer, SEPA direct debit, clearing between partners. */
export const PAYMENT_MEANS = list('30 58 59 97');

/** UNTDID 5305: standard, zero, exempt, reverse charge, outside the scope of VAT. */
export const VAT_CATEGORIES = list('S Z E AE O');

export const EXEMPTION_REASONS = list('VATEX-EU-AE VATEX-EU-O');

/** CEF EAS: an address of electronic mail. */
export const ELECTRONIC_ADDRESSES = list('EM');

/** UN/ECE Recommendations 20 and 21. */
export const UNITS = list('C62 H87 KGM XPC SET XPX XCT DAY MON WEE ANN MIN HUR LS MTK MTQ MTR KMT LTR');

/** ISO 4217: the euro and the currencies of its neighbours. */
export const CURRENCIES = list('EUR BGN CHF CZK DKK GBP HUF ISK NOK PLN RON SEK USD');

/** ISO 3166-1 alpha-2, with 1A for Kosovo and XI for Northern Ireland as the norm has it. */
export const COUNTRIES: ReadonlySet<string> = new Set([...ISO_COUNTRIES, '1A', 'XI']);
