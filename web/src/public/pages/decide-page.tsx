import { Skeleton, Stack } from '@mantine/core';
import { IconClockX, IconLinkOff, IconRefreshAlert, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { publicApi } from '../../app/api/client.ts';
import { ApiError } from '../../app/api/errors.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { DecisionDone } from '../decide/decision-done.tsx';
import { DecisionForm } from '../decide/decision-form.tsx';
import { PublicFrame } from '../frame.tsx';

/** What the link in a mail opens: a merchant answers what becomes of goods, once, without a log-in. Looking decides nothing. */
export function DecidePage() {
  const { token } = useParams({ from: '/public/decide/$token' });
  const asked = useQuery({
    queryKey: ['public', 'GET /decisions/{token}', token],
    queryFn: ({ signal }) => publicApi('GET /decisions/{token}', { token }, { signal }),
    staleTime: 0,
  });
  const { data, error, refetch } = asked;
  if (error && !data)
    return (
      <PublicFrame>
        <NoQuestion error={error} onRetry={refetch} />
      </PublicFrame>
    );
  if (!data)
    return (
      <PublicFrame>
        <Stack>
          <Skeleton h={40} />
          <Skeleton h={320} />
        </Stack>
      </PublicFrame>
    );
  const isOpen = data.answeredAt === null && data.items.some(({ open }) => open);
  return (
    <PublicFrame>{isOpen ? <DecisionForm token={token} asked={data} /> : <DecisionDone answer={data} />}</PublicFrame>
  );
}

const REASONS: Record<string, { icon: Icon; key: 'expired' | 'replaced' | 'unknown' }> = {
  LINK_EXPIRED: { icon: IconClockX, key: 'expired' },
  DECISION_LINK_REPLACED: { icon: IconRefreshAlert, key: 'replaced' },
};

/** Why a link leads to no question. */
function NoQuestion({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  const { t } = useTranslation('public');
  const refused = error instanceof ApiError && error.status < 500 && error.status !== 429;
  if (!refused)
    return (
      <>
        <PageHeader title={t('decide.noAnswerTitle')} />
        <ErrorState error={error} onRetry={onRetry} />
      </>
    );
  const { icon, key } = REASONS[error.code] ?? { icon: IconLinkOff, key: 'unknown' };
  return (
    <>
      <PageHeader title={t(`decide.${key}Title`)} />
      <EmptyState icon={icon} title={t(`decide.${key}Text`)} />
    </>
  );
}
