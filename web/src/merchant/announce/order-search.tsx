import { Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useMerchant } from '../merchants.ts';
import { ListSkeleton } from '../parts/list-skeleton.tsx';

export interface OrderSearchProps {
  /** `null`: without an order. */
  onChoose: (order: ItemOf<'GET /orders'> | null) => void;
}

/** Finds the order that something comes back of; without a number the latest ones. */
export function OrderSearch({ onChoose }: OrderSearchProps) {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const [text, setText] = useState('');
  const [externalNumber, setNumber] = useState('');
  const filters = { merchantId, ...(externalNumber ? { externalNumber } : {}) } as Filters<'GET /orders'>;
  const list = useApiList('GET /orders', filters, { pageSize: 10 });
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setNumber(text.trim());
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t('announce.orderNumber')}
            value={text}
            maxLength={80}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            flex={1}
          />
          <Button type="submit" variant="default" leftSection={<IconSearch size={18} aria-hidden />}>
            {t('announce.find')}
          </Button>
        </Group>
      </form>
      {list.error && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.isPending && <ListSkeleton height={64} />}
      {!list.isPending && !list.items.length && (
        <EmptyState title={t('announce.noOrders')} text={t('announce.noOrdersText')} />
      )}
      <Stack gap="xs">
        {list.items.slice(0, 10).map((order) => (
          <Card key={order.id} p="sm">
            <Group justify="space-between" wrap="nowrap">
              <Stack gap={0} miw={0}>
                <Text fw={600}>{order.externalNumber}</Text>
                <Text fz="sm" c="dimmed" component="div">
                  {[order.consumerName, order.channel].filter(Boolean).join(' · ')} · <DateTime at={order.orderedAt} />
                </Text>
              </Stack>
              <Button
                variant="default"
                flex="none"
                aria-label={t('announce.chooseOrder', { number: order.externalNumber })}
                onClick={() => onChoose(order)}
              >
                {t('announce.choose')}
              </Button>
            </Group>
          </Card>
        ))}
      </Stack>
      <div>
        <Button variant="subtle" onClick={() => onChoose(null)}>
          {t('announce.without')}
        </Button>
      </div>
    </Stack>
  );
}
