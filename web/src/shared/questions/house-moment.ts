/**
 * An instant in the zone of the house, which it names: `Freitag, 16.10.2026, 14:30 Uhr (MESZ)`. The mails of the house
 * say it in the very same words, so that whoever reads elsewhere sees one deadline, not two.
 * @param zone  IANA name
 */
export function houseMoment(at: string, zone: string, language: 'de' | 'en'): string {
  const { weekday, day, month, year, hour, minute, timeZoneName } = Object.fromEntries(
    formatFor(zone, language)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  const date =
    language === 'de' ? `${day}.${month}.${year}` : `${Number(day)} ${ENGLISH_MONTHS[Number(month) - 1]} ${year}`;
  return `${weekday}, ${date}, ${hour}:${minute}${language === 'de' ? '\u00A0Uhr' : ''} (${timeZoneName})`;
}

/** As the mails shorten them: `Sep`, where browsers write `Sept`. */
const ENGLISH_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const made = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string, language: 'de' | 'en'): Intl.DateTimeFormat {
  const key = `${zone} ${language}`;
  const known =
    made.get(key) ??
    new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
      ...{ timeZone: zone, weekday: 'long', day: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ hourCycle: 'h23', timeZoneName: 'short', month: '2-digit' },
    } as Intl.DateTimeFormatOptions);
  made.set(key, known);
  return known;
}
