import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  addMonths,
  firstDayOf,
  localDateOf,
  monthOf,
  type LocalDate,
  type LocalMonth,
} from '../../../../shared/kernel/dates.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';

const EVER = 'ever';
const MONTHS_BACK = 13;

/** In the zone of the house. */
export const thisMonth = (): LocalMonth => monthOf(localDateOf(new Date(), HOUSE_ZONE));

export interface TaxedFromProps {
  /** First day of a month; `null` for all months. */
  value: LocalDate | null;
  onChange: (from: LocalDate | null) => void;
  error: string | undefined;
}

/** From which month on services are taxed as chosen beside it. */
export function TaxedFrom({ value, onChange, error }: TaxedFromProps) {
  const { t, i18n } = useTranslation('admin');
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const next = addMonths(thisMonth(), 1);
  const months = Array.from({ length: MONTHS_BACK + 2 }, (_, index) => firstDayOf(addMonths(next, -index)));
  const days = value === null || months.includes(value) ? months : [...months, value].toSorted().toReversed();
  return (
    <Select
      label={t('record.taxedFrom')}
      description={t('record.taxedFromHint')}
      data={[
        ...days.map((day) => ({ value: day, label: month.format(new Date(day)) })),
        { value: EVER, label: t('record.taxedEver') },
      ]}
      value={value ?? EVER}
      allowDeselect={false}
      onChange={(day) => onChange(day === EVER ? null : day)}
      error={error}
    />
  );
}
