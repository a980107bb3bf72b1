import { Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DeliveryFacts } from '../../shared/deliveries/facts.tsx';
import { DeliveryLines } from '../../shared/deliveries/lines.tsx';
import { DeliveryBadge, Differences, type Delivery } from '../../shared/deliveries/words.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { AnnouncementForm } from '../deliveries/announcement-form.tsx';
import { announcementOf } from '../deliveries/lines.ts';
import { useMayDecide } from '../merchants.ts';

/** One delivery as it was announced, and what came of it. */
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
  const { t } = useTranslation('deliveries');
  const mayChange = useMayDecide() && delivery.state === 'announced';
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <PageHeader
        title={delivery.reference}
        back="/merchant/goods-in"
        lead={delivery.number}
        aside={<DeliveryBadge state={delivery.state} />}
        actions={mayChange && !isEditing && <Steps delivery={delivery} onEdit={() => setEditing(true)} />}
      />
      {mayChange && isEditing ? (
        <Edit delivery={delivery} onDone={() => setEditing(false)} />
      ) : (
        <Stack gap="md" maw={860}>
          <Differences delivery={delivery} />
          <Card>
            <DeliveryFacts delivery={delivery} />
          </Card>
          {delivery.note && (
            <Section title={t('facts.note')}>
              <Text style={{ whiteSpace: 'pre-line' }}>{delivery.note}</Text>
            </Section>
          )}
          <Section title={t('merchant.lines')}>
            <DeliveryLines delivery={delivery} />
          </Section>
        </Stack>
      )}
    </>
  );
}

function Steps({ delivery, onEdit }: { delivery: Delivery; onEdit: () => void }) {
  const { t } = useTranslation('deliveries');
  const cancel = useApiMutation('POST /goods-in/{id}/cancel');
  return (
    <Group gap="sm">
      <Button variant="default" onClick={onEdit}>
        {t('merchant.edit')}
      </Button>
      <ConfirmButton
        label={t('cancel.button')}
        question={t('cancel.question')}
        consequence={t('cancel.consequence')}
        onConfirm={() => cancel.mutateAsync({ id: delivery.id })}
      />
    </Group>
  );
}

function Edit({ delivery, onDone }: { delivery: Delivery; onDone: () => void }) {
  const { t } = useTranslation('deliveries');
  const change = useApiMutation('PATCH /goods-in/{id}', { onSuccess: onDone });
  // what somebody else changed meanwhile is not written over
  const [version] = useState(delivery.version);
  return (
    <Stack gap="lg" maw={820}>
      <AnnouncementForm
        announced={announcementOf(delivery)}
        label={t('merchant.save')}
        busy={change.isPending}
        error={change.error}
        onSubmit={(given) => change.mutate({ id: delivery.id, ...given, $options: { ifMatch: version } })}
      />
    </Stack>
  );
}
