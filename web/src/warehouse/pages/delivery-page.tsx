import { Card, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconForklift } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DeliveryFacts } from '../../shared/deliveries/facts.tsx';
import { DeliveryLines } from '../../shared/deliveries/lines.tsx';
import { DeliveryBadge, Differences, type Delivery } from '../../shared/deliveries/words.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { Counting } from '../deliveries/counting.tsx';
import { keep } from '../deliveries/use-counts.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { useMerchantName } from '../parts/names.ts';

/** One delivery: take it in, count it, put it away, close it. */
export function DeliveryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useApi('GET /goods-in/{id}', { id }, { live: true });
  if (query.data)
    return (
      <>
        <StaleNotice error={query.error} refetch={query.refetch} />
        <Opened delivery={query.data} />
      </>
    );
  return query.error ? <ErrorState error={query.error} onRetry={query.refetch} /> : <Skeleton h={320} radius="lg" />;
}

function Opened({ delivery }: { delivery: Delivery }) {
  const merchant = useMerchantName(delivery.merchantId);
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader
        title={delivery.number}
        back="/warehouse/goods-in"
        aside={<DeliveryBadge state={delivery.state} />}
        lead={`${merchant} · ${delivery.reference}`}
      />
      {delivery.state === 'announced' && <Receive delivery={delivery} />}
      {delivery.note && (
        <Card p="md">
          <Text style={{ whiteSpace: 'pre-line' }}>{delivery.note}</Text>
        </Card>
      )}
      {delivery.state === 'received' ? (
        <Counting key={`${delivery.id} ${delivery.revision}`} delivery={delivery} />
      ) : (
        <>
          <Differences delivery={delivery} />
          <DeliveryLines delivery={delivery} />
          <Card p="md">
            <DeliveryFacts delivery={delivery} />
          </Card>
          {delivery.state === 'closed' && <Reopen delivery={delivery} />}
        </>
      )}
    </Stack>
  );
}

function Receive({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('deliveries');
  const receive = useApiMutation('POST /goods-in/{id}/receive', { onSuccess: keep });
  const cancel = useApiMutation('POST /goods-in/{id}/cancel', { onSuccess: keep });
  const act = async () => {
    await receive.mutateAsync({ id: delivery.id });
    signalSuccess();
  };
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <NetworkButton
          h={60}
          fz="lg"
          flex={1}
          label={t('receive')}
          leftSection={<IconForklift size={24} aria-hidden />}
          onClick={act}
        />
        <ConfirmButton
          h={60}
          label={t('cancel.button')}
          question={t('cancel.question')}
          consequence={t('cancel.consequence')}
          onConfirm={() => cancel.mutateAsync({ id: delivery.id })}
        />
      </Group>
      <Text c="dimmed" fz="sm">
        {t('receiveHint')}
      </Text>
    </Stack>
  );
}

/** What was closed may have been billed, so it takes a reason and somebody who answers for it. */
function Reopen({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('deliveries');
  const user = useUser();
  const reopen = useApiMutation('POST /goods-in/{id}/reopen', { onSuccess: keep });
  const [reason, setReason] = useState('');
  if (!hasRole(user, 'lead', 'finance', 'admin')) return null;
  return (
    <ConfirmButton
      h={52}
      w="fit-content"
      label={t('reopen.button')}
      question={t('reopen.question')}
      consequence={t('reopen.consequence')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => reopen.mutateAsync({ id: delivery.id, reason: reason.trim() })}
    >
      <TextInput
        size="lg"
        label={t('reopen.reason')}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
