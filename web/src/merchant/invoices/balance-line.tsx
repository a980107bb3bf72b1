import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Notice } from '../../shared/notice.tsx';

/** What the house owes the merchant, while it does. */
export function BalanceLine({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const { data } = useApi('GET /merchants/{id}/credit-balance', { id: merchantId }, { live: ['invoices'] });
  if (!data?.balanceMinor) return null;
  return <Notice tone="good">{t('pay.balance', { amount: money(data.balanceMinor, data.currency) })}</Notice>;
}
