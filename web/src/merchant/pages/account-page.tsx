import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { AccountSection } from '../account/account-section.tsx';
import { SectionShares } from '../account/section-shares.tsx';
import { useMerchant } from '../merchants.ts';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { Notice } from '../../shared/notice.tsx';

/** What is not billed yet, priced as the next invoice would. */
export function AccountPage() {
  const { t } = useTranslation('merchant');
  const { day } = useFormats();
  const { id } = useMerchant();
  const { data, error, refetch } = useApi('GET /merchants/{id}/account', { id }, { live: ['charges', 'invoices'] });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { sections, netMinor, currency, unrated, held } = data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader title={t('account.title')} lead={t('account.lead', { day: day(data.upTo) })} />
      <Stack gap="lg">
        <Section title={t('account.total')}>
          <Text fz={34} fw={650} lh={1.1}>
            <Money minor={netMinor} currency={currency} />
          </Text>
          <Text c="dimmed" fz="sm">
            {t('account.net')}
          </Text>
          {sections.length > 0 && <SectionShares sections={sections} currency={currency} />}
          {(unrated > 0 || held > 0) && (
            <Notice tone="quiet">
              {[unrated > 0 && t('account.unrated', { count: unrated }), held > 0 && t('account.held', { count: held })]
                .filter(Boolean)
                .join(' ')}
            </Notice>
          )}
        </Section>
        {!sections.length && <EmptyState title={t('account.emptyTitle')} text={t('account.emptyText')} />}
        {sections.map((section) => (
          <AccountSection key={section.section} section={section} currency={currency} />
        ))}
      </Stack>
    </>
  );
}
