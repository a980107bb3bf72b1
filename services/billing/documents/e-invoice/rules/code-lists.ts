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

/** ISO 3166-1 alpha-2, and 1A for Kosovo as the norm has it. */
export const COUNTRIES = list(
  `
  1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
  CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE
  GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
  KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
  NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH
  SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG
  VI VN VU WF WS XI YE YT ZA ZM ZW
`.trim(),
);
