import { useTranslation } from 'react-i18next';
import { IntInput, type IntInputProps } from '../parts/int-input.tsx';

export interface HoursInputProps extends Omit<IntInputProps, 'onChange'> {
  /** A time that has to be there: what is missing the server refuses. */
  onChange: (hours: number) => void;
}

/** Hours, with how many days that is. */
export function HoursInput({ value, onChange, ...input }: HoursInputProps) {
  const { t } = useTranslation('admin');
  const days = value === null ? 0 : Math.round((value / 24) * 10) / 10;
  return (
    <IntInput
      {...input}
      value={value}
      onChange={(hours) => onChange(hours!)}
      rightSectionWidth={130}
      rightSectionPointerEvents="none"
      rightSection={value !== null && value >= 48 ? t('hours.days', { count: days }) : t('hours.hours')}
      maw={280}
    />
  );
}
