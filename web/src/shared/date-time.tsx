import { useTranslation } from 'react-i18next';
import { HOUSE_ZONE, useFormats } from '../app/i18n/formats.ts';

export interface DateTimeProps {
  /** ISO instant. */
  at: string | null | undefined;
  /** `relative`: "vor 3 Stunden", with the instant as title. */
  format?: 'full' | 'relative' | 'time';
  /** In the zone of the warehouse, and says so; for where the boundary of a day matters. */
  house?: boolean;
}

/** An instant. */
export function DateTime({ at, format = 'full', house = false }: DateTimeProps) {
  const formats = useFormats();
  const { t } = useTranslation();
  if (!at) return <>–</>;
  if (house)
    return (
      <time dateTime={at} className="tabular" title={`${t('zone.house')} (${HOUSE_ZONE})`}>
        {formats.houseTime(at)}
      </time>
    );
  const shown = { full: formats.dateTime, relative: formats.relative, time: formats.time }[format];
  return (
    <time dateTime={at} className="tabular" title={formats.dateTime(at)}>
      {shown(at)}
    </time>
  );
}

/** A calendar day, `YYYY-MM-DD`; it is the same day everywhere. */
export function Day({ on }: { on: string | null | undefined }) {
  const { day } = useFormats();
  return on ? (
    <time dateTime={on} className="tabular">
      {day(on)}
    </time>
  ) : (
    <>–</>
  );
}
