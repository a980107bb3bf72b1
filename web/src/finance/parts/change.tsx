import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';

export interface ChangeProps {
  minor: number | null | undefined;
  /** Of the period before; nothing where there was none. */
  beforeMinor: number | null | undefined;
  currency?: string;
}

/** How an amount changed against the period before. */
export function Change({ minor, beforeMinor, currency = 'EUR' }: ChangeProps) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const share = useShareOf();
  if (minor === null || minor === undefined) return <>–</>;
  if (beforeMinor === null || beforeMinor === undefined)
    return (
      <Text span c="dimmed" inherit>
        {t('change.none')}
      </Text>
    );
  const words = share(minor, beforeMinor);
  return (
    <span className="tabular" title={t('change.before', { amount: money(beforeMinor, currency) })}>
      {words}
    </span>
  );
}

/** `+12,5 %` of an amount against another one; its words when there is nothing to compare with. */
export function useShareOf() {
  const { t, i18n } = useTranslation('finance');
  const format = new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'de-DE', {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (minor: number, beforeMinor: number): string => {
    if (minor === beforeMinor) return t('change.same');
    return beforeMinor > 0 ? format.format((minor - beforeMinor) / beforeMinor) : t('change.noBase');
  };
}
