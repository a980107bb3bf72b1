import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ACCOUNT_TOPICS } from '../../shared/account/account.ts';
import { AccountView } from '../../shared/account/account-view.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useMerchant } from '../merchants.ts';
import { PageError } from '../parts/page-error.tsx';

/** What is not billed yet, priced as the next invoice would, and what the month is expected to come to. */
export function AccountPage() {
  const { t } = useTranslation('merchant');
  const { day } = useFormats();
  const { id } = useMerchant();
  const { data, error, refetch } = useApi('GET /merchants/{id}/account', { id }, { live: ACCOUNT_TOPICS });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader title={t('account.title')} lead={t('account.lead', { day: day(data.upTo) })} />
      <AccountView account={data} desk="/merchant" />
    </>
  );
}
