import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';

export interface ChangeProps {
  minor: number | null | undefined;
  /** Of the period before; nothing where there was none. */
  beforeMinor: number | null | undefined;
  /** The cut-off of the run it is compared with; the month before without it. */
  beforeCutoff?: string | undefined;
  currency?: string;
}

/** How an amount changed against the period before. */
export function Change({ minor, beforeMinor, beforeCutoff, currency = 'EUR' }: ChangeProps) {
  const { t } = useTranslation('finance');
  const { day, money } = useFormats();
  const share = useShareOf();
  if (minor === null || minor === undefined) return <>–</>;
  if (beforeMinor === null || beforeMinor === undefined)
    return (
      <Text span c="dimmed" inherit>
        {t('change.none')}
      </Text>
    );
  const amount = money(beforeMinor, currency);
  const title = beforeCutoff
    ? t('change.beforeRun', { cutoff: day(beforeCutoff), amount })
    : t('change.before', { amount });
  return (
    <span className="tabular" title={title}>
      {share(minor, beforeMinor)}
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
