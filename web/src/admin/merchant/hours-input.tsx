import { useTranslation } from 'react-i18next';
import { IntInput, type IntInputProps } from '../../shared/int-input.tsx';

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
      min={1}
      max={365 * 24}
      suffix={t('hours.hours')}
      rightSectionWidth={100}
      rightSectionPointerEvents="none"
      rightSection={days >= 2 && t('hours.days', { count: days })}
      maw={280}
    />
  );
}
