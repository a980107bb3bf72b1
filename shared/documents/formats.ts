import type { LocalDate } from '../kernel/dates.ts';

export type Language = 'de' | 'en';

const NBSP = '\u00A0';
const MARKS = { de: { group: '.', point: ',' }, en: { group: ',', point: '.' } } as const;
const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Written by hand and not with Intl: its output changes with the ICU data of the runtime, a document's must not.

/**
 * A plain decimal in the language's marks: `1234.5` → `1.234,5`.
 * @param text       digits with an optional point and sign, e.g. `-1234.5`
 * @param minPlaces  zeros are added up to so many places; none are ever cut off
 */
export function decimal(text: string, language: Language, minPlaces = 0): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? notADecimal(text);
  const places = fraction.replace(/0+$/, '').padEnd(minPlaces, '0');
  const { group, point } = MARKS[language];
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, group);
  const negative = sign && /[1-9]/.test(whole + fraction) ? '-' : '';
  return negative + grouped + (places && point + places);
}

/** An amount of minor units without its currency: `123456` → `1.234,56`. */
export function amount(minor: number, language: Language): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return decimal(`${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`, language, 2);
}

/** An amount with its currency: `1.234,56 €`, `€1,234.56`, `1.234,56 CHF`, `CHF 1,234.56`. */
export function money(minor: number, currency: string, language: Language): string {
  if (language === 'de') return amount(minor, language) + NBSP + currencySign(currency);
  const sign = minor < 0 ? '-' : '';
  const label = currency === 'EUR' ? '€' : currency + NBSP;
  return sign + label + amount(Math.abs(minor), language);
}

export const currencySign = (currency: string): string => (currency === 'EUR' ? '€' : currency);

/** A unit price: at least two places, at most the six it may have. */
export const price = (text: string, language: Language): string => decimal(text, language, 2);

/** `31.10.2026`, `31 Oct 2026`. */
export function date(day: LocalDate, language: Language): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  if (language === 'de') return `${dayOfMonth}.${month}.${year}`;
  return `${Number(dayOfMonth)}${NBSP}${ENGLISH_MONTHS[Number(month) - 1]}${NBSP}${year}`;
}

/** `01.10.2026 – 31.10.2026`; one day alone when both ends are the same. */
export function period(from: LocalDate, to: LocalDate, language: Language): string {
  return from === to ? date(from, language) : `${date(from, language)} – ${date(to, language)}`;
}

/** A rate in basis points: `1900` → `19 %`, `1905` → `19,05 %`. */
export function percent(basisPoints: number, language: Language): string {
  return decimal((basisPoints / 100).toFixed(2), language) + (language === 'de' ? NBSP : '') + '%';
}

/** An IBAN in groups of four, as on paper (ISO 13616). */
export const groupedIban = (iban: string): string => iban.replace(/\s/g, '').replace(/(.{4})(?=.)/g, `$1${NBSP}`);

function notADecimal(text: string): never {
  throw new RangeError(`Not a plain decimal: ${text.slice(0, 40)}`);
}
