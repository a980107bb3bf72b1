import type { CsvValue } from './csv.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * A value as a spreadsheet of the reader's language takes it for what it is: instants in the reader's own time, days
 * and decimals as they are written there. `2026-11-24T23:30:00Z` is `25.11.2026 00:30` to a German in Berlin.
 * @param language  of the app
 * @param timeZone  IANA name; without it that of the device
 */
export function sheetValue(value: CsvValue, language: string, timeZone?: string): CsvValue {
  const german = language !== 'en';
  if (typeof value === 'number') return german ? String(value).replace('.', ',') : value;
  if (typeof value !== 'string') return value;
  const day = DAY.exec(value);
  if (day) return german ? `${day[3]}.${day[2]}.${day[1]}` : value;
  return INSTANT.test(value) ? localTime(new Date(value), german, timeZone) : value;
}

function localTime(at: Date, german: boolean, timeZone: string | undefined): string {
  // Sweden writes dates as ISO does
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(timeZone && { timeZone }),
  });
  const [day, time] = format.format(at).split(' ');
  return `${german ? day!.split('-').reverse().join('.') : day} ${time}`;
}
