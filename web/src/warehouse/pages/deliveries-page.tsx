import { Box, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconForklift } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiList, type ApiList } from '../../app/api/queries.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';
import { Day } from '../../shared/date-time.tsx';
import { DeliveryBadge, Differences, useLoad, type DeliveryItem } from '../../shared/deliveries/words.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { Arrival } from '../deliveries/arrival.tsx';
import { ChoiceChips } from '../parts/choice-chips.tsx';
import { useMerchantName } from '../parts/names.ts';
import classes from '../parts/parts.module.css';

const VIEWS = ['open', 'closed', 'cancelled'] as const;

/** What is at the dock and what is coming; or what is done. */
export function DeliveriesPage() {
  const { t } = useTranslation('deliveries');
  const { values, change } = useUrlFilters(['state']);
  const view = VIEWS.find((one) => one === values.state) ?? 'open';
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader title={t('title')} lead={t('lead')} actions={<Arrival />} />
      <ChoiceChips
        label={t('show')}
        quiet
        row
        options={VIEWS.map((value) => ({ value, label: value === 'open' ? t('open') : t(`states.${value}`) }))}
        value={view}
        onChange={(next) => change({ state: next === 'open' ? undefined : next })}
      />
      {view === 'open' ? <OpenDeliveries /> : <Ended state={view} />}
    </Stack>
  );
}

function OpenDeliveries() {
  const { t } = useTranslation('deliveries');
  const counting = useApiList('GET /goods-in', { state: 'received', sort: 'expectedOn' }, { live: true });
  const announced = useApiList('GET /goods-in', { state: 'announced', sort: 'expectedOn' }, { live: true });
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: HOUSE_ZONE }).format(new Date());
  const due = announced.items.filter(({ expectedOn }) => expectedOn <= today);
  const later = announced.items.filter(({ expectedOn }) => expectedOn > today);
  const isEmpty = !counting.items.length && !announced.items.length && !counting.isPending && !announced.isPending;
  return (
    <>
      <Problems lists={[counting, announced]} />
      <Cards title={t('counting')} items={counting.items} />
      <More list={counting} />
      <Cards title={t('today')} items={due} />
      <Cards title={t('later')} items={later} />
      <More list={announced} />
      {isEmpty && !counting.error && !announced.error && <Nothing />}
    </>
  );
}

function Ended({ state }: { state: 'closed' | 'cancelled' }) {
  const { t } = useTranslation('deliveries');
  const list = useApiList('GET /goods-in', { state, sort: '-expectedOn' }, { live: true });
  return (
    <>
      <Problems lists={[list]} />
      <Cards title={t(`states.${state}`)} items={list.items} />
      <More list={list} />
      {!list.items.length && !list.isPending && !list.error && <Nothing />}
    </>
  );
}

function Problems({ lists }: { lists: readonly ApiList<DeliveryItem>[] }) {
  const failed = lists.find(({ error }) => error);
  if (failed?.error) return <ErrorState error={failed.error} onRetry={failed.refetch} />;
  return lists.some(({ isPending }) => isPending) ? <Skeleton h={96} radius="lg" /> : null;
}

function More({ list }: { list: ApiList<DeliveryItem> }) {
  const { t: c } = useTranslation();
  if (!list.hasMore) return null;
  return (
    <Button variant="default" h={56} loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
      {c('action.loadMore')}
    </Button>
  );
}

function Nothing() {
  const { t } = useTranslation('deliveries');
  return <EmptyState icon={IconForklift} title={t('emptyTitle')} text={t('emptyText')} />;
}

function Cards({ title, items }: { title: string; items: readonly DeliveryItem[] }) {
  if (!items.length) return null;
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title} ({items.length})
      </Title>
      {items.map((item) => (
        <DeliveryCard key={item.id} item={item} />
      ))}
    </Stack>
  );
}

function DeliveryCard({ item }: { item: DeliveryItem }) {
  const { t } = useTranslation('deliveries');
  const merchant = useMerchantName(item.merchantId);
  const load = useLoad();
  const facts = [
    load(item.expectedPallets, item.expectedCartons),
    t('articles', { count: item.lines }),
    t('pieces', { count: item.state === 'announced' ? item.expectedPieces : item.receivedPieces }),
  ];
  return (
    <Card component={Link} to={`/warehouse/goods-in/${item.id}` as never} p="md" className={classes.target}>
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={650} fz="lg" miw={0}>
            {merchant}
          </Text>
          <Box style={{ flex: 'none' }}>
            <DeliveryBadge state={item.state} />
          </Box>
        </Group>
        <Text c="dimmed">
          {item.reference} · {item.number}
        </Text>
        <Text>
          {item.announced ? t('expected') : t('unannounced')} <Day on={item.expectedOn} />
        </Text>
        <Text>{facts.filter(Boolean).join(' · ')}</Text>
        <Differences delivery={item} />
      </Stack>
    </Card>
  );
}
