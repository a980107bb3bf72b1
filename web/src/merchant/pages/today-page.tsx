import { Card, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPackages, IconTruck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';

const OVER: readonly string[] = ['confirmed', 'resolved', 'cancelled'];

export function TodayPage() {
  const { t } = useTranslation('merchant');
  return (
    <>
      <PageHeader title={t('today.title')} lead={t('today.lead')} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Batches />
        <Returns />
      </SimpleGrid>
    </>
  );
}

function Batches() {
  const { t } = useTranslation('merchant');
  const list = useApiList('GET /rtv-batches', {}, { live: true, pageSize: 20 });
  const open = list.items.filter(({ state }) => !OVER.includes(state));
  return (
    <Section title={t('today.onTheWay')} list={list}>
      {!open.length && <EmptyState icon={IconTruck} title={t('today.noBatches')} />}
      {open.map(({ id, number, state, pieces, trackingNumber }) => (
        <Entry
          key={id}
          title={t('today.batch', { number })}
          text={[
            t('today.pieces', { count: pieces }),
            trackingNumber && t('today.tracking', { number: trackingNumber }),
          ]}
          badge={<StateBadge of="batch" value={state} />}
        />
      ))}
    </Section>
  );
}

function Returns() {
  const { t } = useTranslation('merchant');
  const list = useApiList('GET /returns', {}, { live: true, pageSize: 10 });
  return (
    <Section title={t('today.latest')} list={list}>
      {!list.items.length && <EmptyState icon={IconPackages} title={t('today.noReturns')} />}
      {list.items.slice(0, 10).map(({ id, number, state, orderNumber, photos, createdAt }) => (
        <Entry
          key={id}
          title={number}
          text={[orderNumber && t('today.order', { number: orderNumber }), t('today.photos', { count: photos })]}
          badge={<StateBadge of="return" value={state} />}
          at={createdAt}
        />
      ))}
    </Section>
  );
}

interface SectionProps {
  title: string;
  list: { isPending: boolean; error: Error | null; refetch: () => unknown };
  children: ReactNode;
}

function Section({ title, list, children }: SectionProps) {
  return (
    <Card component="section">
      <Title order={2} size="h4" mb="md">
        {title}
      </Title>
      {list.error ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : list.isPending ? (
        <Skeleton h={160} radius="md" />
      ) : (
        <Stack gap="md">{children}</Stack>
      )}
    </Card>
  );
}

interface EntryProps {
  title: string;
  text: (string | null | false)[];
  badge: ReactNode;
  at?: string;
}

function Entry({ title, text, badge, at }: EntryProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <Stack gap={2} miw={0}>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" fz="sm" component="div">
          {text.filter(Boolean).join(' · ')}
          {at && (
            <>
              {' · '}
              <DateTime at={at} format="relative" />
            </>
          )}
        </Text>
      </Stack>
      {badge}
    </Group>
  );
}
