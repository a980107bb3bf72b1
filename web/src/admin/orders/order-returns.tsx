import { Anchor, Button, Card, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Section } from '../parts/section.tsx';

/** What came back of an order, or is on its way. */
export function OrderReturns({ orderId }: { orderId: string }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const list = useApiList('GET /returns', { orderId }, { live: true, pageSize: 20 });
  if (list.isPending) return null;
  return (
    <Section title={t('orders.returns')}>
      {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
      {!list.error && !list.items.length && <Text c="dimmed">{t('orders.noReturns')}</Text>}
      {list.items.map(({ id, number, state, pieces, createdAt }) => (
        <Card key={id} p="sm" component="article" aria-label={number}>
          <Group justify="space-between" gap="xs">
            <Anchor component={Link} to={`/warehouse/returns/${id}`} fw={600} lh="44px">
              {number}
            </Anchor>
            <StateBadge of="return" value={state} />
          </Group>
          <Text c="dimmed" fz="sm" component="div">
            {t('orders.piecesOf', { count: pieces })} · <DateTime at={createdAt} />
          </Text>
        </Card>
      ))}
      {list.hasMore && (
        <Button variant="default" w="fit-content" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {common('action.loadMore')}
        </Button>
      )}
    </Section>
  );
}
