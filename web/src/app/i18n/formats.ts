import { useTranslation } from 'react-i18next';

/** The zone of the warehouse, in which its days begin and end; the gateway writes it into the page. */
export const HOUSE_ZONE = zoneOf(document.querySelector<HTMLMetaElement>('meta[name="kontor-zone"]')?.content);

export interface Formats {
  /** Of minor units, with the currency. */
  money: (amountMinor: number, currency?: string) => string;
  /** Of minor units that are whole euros, without cents. */
  euros: (amountMinor: number) => string;
  number: (value: number) => string;
  /** A calendar day, `YYYY-MM-DD`; it has no zone. */
  day: (day: string) => string;
  /** An instant in the zone of the reader. */
  dateTime: (at: string) => string;
  /** An instant in the zone of the warehouse, for where the boundary of a day matters. */
  houseTime: (at: string) => string;
  time: (at: string) => string;
  /** How long ago, or until when: "vor 3 Stunden". */
  relative: (at: string, now?: number) => string;
  percent: (share: number) => string;
  /** A rate of interest, with both of its places. */
  rate: (basisPoints: number) => string;
  bytes: (count: number) => string;
}

const cache = new Map<string, Formats>();

/** Numbers, money and dates as they are written where the reader's language is spoken. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return formatsFor(i18n.language === 'en' ? 'en-GB' : 'de-DE');
}

export function formatsFor(locale: string): Formats {
  const known = cache.get(locale);
  if (known) return known;
  const made = makeFormats(locale);
  cache.set(locale, made);
  return made;
}

function makeFormats(locale: string): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const rate = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const house = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: HOUSE_ZONE });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const euros = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
  const currencies = new Map<string, Intl.NumberFormat>();
  const currencyOf = (currency: string) => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
    currencies.set(currency, known);
    return known;
  };
  return {
    money: (amountMinor, currency = 'EUR') => currencyOf(currency).format(amountMinor / 100),
    euros: (amountMinor) => euros.format(amountMinor / 100),
    number: (value) => number.format(value),
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    dateTime: (at) => dateTime.format(new Date(at)),
    houseTime: (at) => house.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    relative: (at, now = Date.now()) => ago(relative, new Date(at).getTime() - now),
    percent: (share) => percent.format(share),
    rate: (basisPoints) => rate.format(basisPoints / 10_000),
    bytes: (count) => `${number.format(Math.round(count / 1024))} kB`,
  };
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function ago(format: Intl.RelativeTimeFormat, ms: number): string {
  const [unit, size] = STEPS.find(([, step]) => Math.abs(ms) >= step) ?? ['minute', 60_000];
  return format.format(Math.round(ms / size), unit);
}

/** Vite's own server leaves the placeholder. */
function zoneOf(written: string | undefined): string {
  return written && !written.startsWith('__') ? written : 'Europe/Berlin';
}
