import { Button, Card, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList, useApiMutation } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';

type DeadEvent = ItemOf<'GET /admin/dead-events'>;

/** What a part of the product could not handle, and the way to try again. */
export function DeadEventsPage() {
  const { t } = useTranslation('admin');
  const list = useApiList('GET /admin/dead-events', {});
  return (
    <>
      <PageHeader title={t('dead.title')} lead={t('dead.lead')} />
      {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.isPending && <Skeleton h={160} />}
      {!list.isPending && !list.error && !list.items.length && (
        <EmptyState title={t('dead.emptyTitle')} text={t('dead.emptyText')} />
      )}
      <Stack gap="sm">
        {list.items.length > 0 && <StaleNotice error={list.error} refetch={list.refetch} />}
        {list.items.map((event) => (
          <Entry key={event.id} event={event} />
        ))}
        {list.hasMore && (
          <Button variant="default" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {t('dead.more')}
          </Button>
        )}
      </Stack>
    </>
  );
}

function Entry({ event }: { event: DeadEvent }) {
  const { t } = useTranslation('admin');
  const retry = useApiMutation('POST /admin/dead-events/{id}/retry', {
    onSuccess: () => void notifications.show({ message: t('dead.retried') }),
  });
  return (
    <Card>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start">
          <div>
            <Text fw={650}>{event.type}</Text>
            <Text c="dimmed" fz="sm">
              {event.consumer} · {t('dead.attempts', { count: event.attempts })}
            </Text>
          </div>
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate({ id: event.id })}>
            {t('dead.retry')}
          </Button>
        </Group>
        {event.error && (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {event.error}
          </Code>
        )}
        <Text c="dimmed" fz="sm" component="div">
          {t('dead.parked')} <DateTime at={event.parkedAt} />
        </Text>
        {retry.error && <ErrorState error={retry.error} />}
      </Stack>
    </Card>
  );
}
