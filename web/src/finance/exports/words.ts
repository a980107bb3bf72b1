import { useTranslation } from 'react-i18next';
import { isLocalDate } from '../../../../shared/kernel/dates.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import type { Finding } from './periods.ts';

/** Periods and findings of exports in the words of the reader. */
export function useExportWords() {
  const { t } = useTranslation('exports');
  const { day, money, percent } = useFormats();
  const { monthOf } = useChargeWords();
  const period = (value: string): string =>
    value.includes('Q') ? t('quarter', { number: value.slice(6), year: value.slice(0, 4) }) : monthOf(value);
  /** Of `S 19 %`: the category of EN 16931 and its rate. */
  const vat = (detail: string): string => {
    const [category, rate] = detail.split(' ');
    return t(`settings.category.${category}` as never, { rate: percent(Number(rate) / 100) });
  };
  const finding = ({ code, detail }: Finding): string => {
    const last = detail?.split(' ').at(-1) ?? '';
    if (code === 'NOT_FINALIZED') return t('finding.NOT_FINALIZED', { detail: isLocalDate(last) ? day(last) : last });
    if (code === 'TEXT_CUT') return t('finding.TEXT_CUT', { field: t(`cutFields.${detail}` as never) });
    if (code === 'CHANGED_SINCE_EXPORT') return t('finding.CHANGED_SINCE_EXPORT', { month: period(last) });
    if (code === 'WRITTEN_OFF' || code === 'CREDIT_GRANTED')
      return t(`finding.${code}`, { count: Number.parseInt(detail ?? ''), amount: money(Number(last)) });
    if (code === 'ACCOUNT_MISSING') return t('finding.ACCOUNT_MISSING', { detail: vat(detail ?? '') });
    return t(`finding.${code}`, { detail: detail ?? '' });
  };
  return { period, finding };
}
