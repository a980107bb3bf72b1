import { localDateOf } from '../../../shared/kernel/dates.ts';
import { date, type Language } from '../../../shared/documents/formats.ts';

const DAYS: Record<Language, readonly string[]> = {
  de: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const LOCALES: Record<Language, string> = { de: 'de-DE', en: 'en-GB' };
const clocks = new Map<string, Intl.DateTimeFormat>();

/** An instant as people say it: `Freitag, 16.10.2026, 14:30 Uhr (MESZ)`, `Friday, 16 Oct 2026, 14:30 (CEST)`. */
export function moment(at: Date, zone: string, language: Language): string {
  const day = localDateOf(at, zone);
  const weekday = DAYS[language][new Date(`${day}T00:00:00Z`).getUTCDay()]!;
  const { hour, minute, timeZoneName } = Object.fromEntries(
    clock(zone, language)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${weekday}, ${date(day, language)}, ${hour}:${minute}${language === 'de' ? '\u00A0Uhr' : ''} (${timeZoneName})`;
}

function clock(zone: string, language: Language): Intl.DateTimeFormat {
  const key = `${zone} ${language}`;
  let made = clocks.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(LOCALES[language], {
      ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' },
    });
    clocks.set(key, made);
  }
  return made;
}
