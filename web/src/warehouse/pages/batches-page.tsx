import { Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconTruckReturn } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { BATCH_STATES, batchFilters } from '../parts/batch-filters.ts';
import { ChoiceChips } from '../parts/choice-chips.tsx';
import { useMerchantName } from '../parts/names.ts';
import classes from '../parts/parts.module.css';
import { useSettings } from '../use-desk.ts';

/** Unsellable goods on their way back: per merchant one open box, and those that are being sent. */
export function BatchesPage() {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const { values, change } = useUrlFilters(['state', 'merchantId']);
  const settings = useSettings();
  const filters = batchFilters(values);
  const list = useApiList('GET /rtv-batches', filters, { live: ['rtv-batches', 'returns'] });
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader title={t('batch.title')} lead={t('batch.lead')} />
      <ChoiceChips
        label={t('list.state')}
        quiet
        row
        options={BATCH_STATES.map((value) => ({ value, label: c(`states.batch.${value}`) }))}
        value={filters.state}
        onChange={(next) => change({ state: next })}
      />
      <FilterBar
        fields={[
          {
            name: 'merchantId',
            label: t('list.merchant'),
            kind: 'select',
            options: (settings?.merchants ?? []).map((one) => ({ value: one.merchantId, label: one.name })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={() => change({ merchantId: undefined })}
      />
      {list.error && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.isPending && !list.error && <Skeleton h={96} radius="lg" />}
      {list.items.map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
      {list.hasMore && (
        <Button variant="default" h={56} loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {c('action.loadMore')}
        </Button>
      )}
      {!list.isPending && !list.error && !list.items.length && (
        <EmptyState icon={IconTruckReturn} title={t('batch.emptyTitle')} text={t('batch.emptyText')} />
      )}
    </Stack>
  );
}

function BatchCard({ batch }: { batch: ItemOf<'GET /rtv-batches'> }) {
  const { t } = useTranslation('warehouse');
  const merchant = useMerchantName(batch.merchantId);
  const weight = useWeight();
  return (
    <Card component={Link} to={`/warehouse/batches/${batch.id}` as never} p="md" className={classes.target}>
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={2} miw={0}>
          <Text fw={650} fz="lg">
            {merchant}
          </Text>
          <Text c="dimmed">
            {batch.number} · {t('batch.since')} <DateTime at={batch.openedAt} format="relative" />
          </Text>
          <Text>
            {[t('card.pieces', { count: batch.pieces }), weight(batch.weightKnownGrams)].filter(Boolean).join(' · ')}
          </Text>
          {batch.dueAt && (
            <Text c="dimmed" fz="sm">
              {t('batch.due')} <DateTime at={batch.dueAt} house />
            </Text>
          )}
        </Stack>
        <StateBadge of="batch" value={batch.state} />
      </Group>
    </Card>
  );
}

/** Kilograms, or nothing while no weight is known. */
export function useWeight(): (grams: number) => string {
  const { number } = useFormats();
  return (grams) => (grams ? `${number(Math.round(grams / 10) / 100)} kg` : '');
}
