/** Why a text gives no instant. `nonexistent`: the clock skipped it when summer time began. */
export type LocalTimeFault = 'invalid' | 'nonexistent';

/** Reads one local time, or says why it cannot. */
export type LocalTimeReader = (text: string) => Date | LocalTimeFault;

type Unit = 'YYYY' | 'MM' | 'DD' | 'HH' | 'mm' | 'ss';

const TOKENS = /YYYY|MM|DD|HH|mm|ss/g;
const DIGITS: Record<Unit, string> = {
  YYYY: '\\d{4}',
  MM: '\\d\\d',
  DD: '\\d\\d',
  HH: '\\d\\d',
  mm: '\\d\\d',
  ss: '\\d\\d',
};
const DAY_MS = 86_400_000;
const CACHED_DAYS = 1000;

/**
 * A strict reader of local times: every place of the format must be there and real (no 30 February, no 24:00).
 * A time that happens twice, when summer time ends, means the first of the two, in summer time.
 * A time that never happens, when summer time begins, is a fault: the zone or the clock of the source is wrong.
 * @param format  of YYYY, MM, DD, HH, mm, ss and separators, such as `DD.MM.YYYY HH:mm`; missing clock places are 0
 * @param zone    an IANA name
 * @throws RangeError when the format or the zone is not understood
 */
export function localTimeReader(format: string, zone: string): LocalTimeReader {
  const { pattern, units } = compileFormat(format);
  const offsetAt = zoneOffsets(zone);
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return 'invalid';
    const utc = wallClock(units, match);
    if (utc === null) return 'invalid';
    const summer = instantAt(utc, Math.max(offsetAt(utc - DAY_MS), offsetAt(utc + DAY_MS)), offsetAt);
    return (
      summer ?? instantAt(utc, Math.min(offsetAt(utc - DAY_MS), offsetAt(utc + DAY_MS)), offsetAt) ?? 'nonexistent'
    );
  };
}

function compileFormat(format: string): { pattern: RegExp; units: Unit[] } {
  const units = format.match(TOKENS) as Unit[] | null;
  const unknown = /[A-SU-Za-z\\]/.exec(format.replace(TOKENS, ''));
  if (!units || unknown || new Set(units).size !== units.length || !hasWholePlaces(units)) {
    throw new RangeError('A date format is made of YYYY, MM, DD and optionally HH, mm, ss, each once, with separators');
  }
  const source = format.replace(/[.*+?^${}()|[\]/]/g, '\\$&').replace(TOKENS, (token) => `(${DIGITS[token as Unit]})`);
  return { pattern: new RegExp(`^${source}$`), units };
}

function hasWholePlaces(units: readonly Unit[]): boolean {
  const has = (unit: Unit) => units.includes(unit);
  return has('YYYY') && has('MM') && has('DD') && has('HH') === has('mm') && (has('HH') || !has('ss'));
}

/** The wall clock read as if it were UTC, in milliseconds; null when there is no such day or time. */
function wallClock(units: readonly Unit[], match: RegExpExecArray): number | null {
  const place: Record<Unit, number> = { YYYY: 0, MM: 0, DD: 0, HH: 0, mm: 0, ss: 0 };
  units.forEach((unit, index) => (place[unit] = Number(match[index + 1])));
  if (place.YYYY < 2000 || place.YYYY > 2199 || place.HH > 23 || place.mm > 59 || place.ss > 59) return null;
  const utc = Date.UTC(place.YYYY, place.MM - 1, place.DD, place.HH, place.mm, place.ss);
  const made = new Date(utc);
  return made.getUTCMonth() === place.MM - 1 && made.getUTCDate() === place.DD ? utc : null;
}

function instantAt(utc: number, offsetMs: number, offsetAt: (instant: number) => number): Date | null {
  const instant = utc - offsetMs;
  return offsetAt(instant) === offsetMs ? new Date(instant) : null;
}

/** The zone's distance from UTC at an instant, in milliseconds. Days without a change are remembered. */
function zoneOffsets(zone: string): (instant: number) => number {
  const formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const steady = new Map<number, number | null>();
  const measure = (instant: number) => offsetOf(formatter.formatToParts(instant));
  return (instant) => {
    const day = Math.floor(instant / DAY_MS);
    let known = steady.get(day);
    if (known === undefined) {
      const start = measure(day * DAY_MS);
      known = start === measure((day + 1) * DAY_MS) ? start : null;
      if (steady.size >= CACHED_DAYS) steady.clear();
      steady.set(day, known);
    }
    return known ?? measure(instant);
  };
}

function offsetOf(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
