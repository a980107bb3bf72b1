import { Skeleton, Stack } from '@mantine/core';
import { IconClockX, IconRefreshAlert } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { publicApi } from '../../app/api/client.ts';
import { DecisionDone } from '../decide/decision-done.tsx';
import { DecisionForm } from '../decide/decision-form.tsx';
import { PublicFrame } from '../frame.tsx';
import { RefusedLink, type Reasons } from '../refused-link.tsx';

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

const REASONS: Reasons<'expired' | 'replaced' | 'unknown'> = {
  LINK_EXPIRED: { icon: IconClockX, key: 'expired' },
  DECISION_LINK_REPLACED: { icon: IconRefreshAlert, key: 'replaced' },
};

/** Why a link leads to no question. */
function NoQuestion({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  const { t } = useTranslation('public');
  const say = (key: 'expired' | 'replaced' | 'unknown') => [t(`decide.${key}Title`), t(`decide.${key}Text`)] as const;
  return <RefusedLink error={error} onRetry={onRetry} reasons={REASONS} unknown="unknown" say={say} />;
}
