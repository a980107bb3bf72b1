import { Card, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { ApiError } from '../../app/api/errors.ts';
import { useApi } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { NetworkButton } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import type { OrderHit } from '../offline/model.ts';
import { useMerchantName } from '../parts/names.ts';
import { useDesk, useLocalReturn, useSettings } from '../use-desk.ts';

/** Whose return is it, and of which order? The label's photo beside the search (A4). */
export function MatchPage() {
  const { t } = useTranslation('warehouse');
  const { id } = useParams({ strict: false }) as { id: string };
  const local = useLocalReturn(id);
  const settings = useSettings();
  const [merchantId, setMerchantId] = useState<string | null>(local?.view.merchantId ?? null);
  const [text, setText] = useState(local?.view.orderNumber ?? '');
  const [code] = useDebouncedValue(text.trim(), 300);
  const [surplus, setSurplus] = useState<string>();
  const match = useMatch(id, surplus, () => setSurplus((given) => given ?? ''));
  const view = local?.view;
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader
        title={t('match.title')}
        lead={[view?.number, view?.trackingNumber].filter(Boolean).join(' · ')}
        back={`/warehouse/returns/${id}`}
      />
      <PhotoGrid
        quiet
        size={140}
        photos={(view?.photos ?? [])
          .filter(({ itemId }) => itemId === null)
          .map((photo) => ({ id: photo.id, urls: photo.links }))}
      />
      <TextInput
        size="lg"
        data-scan
        label={t('match.order')}
        description={t('match.orderHint')}
        value={text}
        maxLength={80}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {surplus !== undefined && (
        <TextInput
          size="lg"
          autoFocus
          label={t('match.surplus')}
          description={t('match.surplusHint')}
          value={surplus}
          maxLength={200}
          onChange={({ currentTarget }) => setSurplus(currentTarget.value)}
        />
      )}
      {code.length > 2 && <Orders code={code} merchantId={merchantId} onMatch={match} />}
      <Card p="md">
        <Stack>
          <Title order={2} size="h4">
            {t('match.withoutOrder')}
          </Title>
          <Group align="flex-end">
            <Select
              flex={1}
              size="lg"
              searchable
              label={t('match.merchant')}
              placeholder={t('match.merchantHint')}
              value={merchantId}
              onChange={setMerchantId}
              data={(settings?.merchants ?? []).map((one) => ({
                value: one.merchantId,
                label: `${one.name} (${one.number})`,
              }))}
            />
            <NetworkButton
              h={56}
              label={t('match.submit')}
              disabled={merchantId === null}
              onClick={() => match({ merchantId: merchantId! })}
            />
          </Group>
        </Stack>
      </Card>
    </Stack>
  );
}

type Match = (to: { merchantId: string; orderId?: string }) => Promise<void>;

/** @param onSurplus  when more was inspected than the order has left, and nobody said why (A14) */
function useMatch(id: string, reason: string | undefined, onSurplus: () => void): Match {
  const { outbox } = useDesk();
  const navigate = useNavigate();
  return async (to) => {
    // a worker may still hold the parcel that was set aside; leads take it over
    await callApi('POST /returns/{id}/lock', { id });
    const why = reason?.trim() ? { reason: reason.trim() } : {};
    const matched = await callApi('POST /returns/{id}/match', { id, ...to, ...why }).catch((error: unknown) => {
      if (error instanceof ApiError && error.errors.some(({ code }) => code === 'MORE_THAN_SHIPPED')) onSurplus();
      throw error;
    });
    await outbox.keep({ putReturns: [matched] });
    signalSuccess();
    await navigate({ to: '/warehouse/returns/$id', params: { id } } as never);
  };
}

interface OrdersProps {
  code: string;
  merchantId: string | null;
  onMatch: (to: { merchantId: string; orderId: string }) => Promise<void>;
}

function Orders({ code, merchantId, onMatch }: OrdersProps) {
  const { t } = useTranslation('warehouse');
  const found = useApi('GET /returns/lookup', { code });
  if (found.error && !found.data) return <ErrorState error={found.error} onRetry={found.refetch} />;
  const orders = (found.data?.orders ?? []).filter((order) => !merchantId || order.merchantId === merchantId);
  if (found.data && !orders.length) return <Text c="dimmed">{t('match.nothing', { code })}</Text>;
  return (
    <Stack gap="sm" aria-live="polite">
      {orders.map((order) => (
        <Order key={order.orderId} order={order} onMatch={onMatch} />
      ))}
    </Stack>
  );
}

function Order({ order, onMatch }: { order: OrderHit; onMatch: OrdersProps['onMatch'] }) {
  const { t } = useTranslation('warehouse');
  const merchant = useMerchantName(order.merchantId);
  return (
    <Card p="md">
      <Group justify="space-between">
        <Stack gap={2} flex={1} miw={220}>
          <Text fw={650} fz="lg">
            {order.orderNumber}
          </Text>
          <Text c="dimmed">
            {merchant} · <DateTime at={order.shippedAt} />
          </Text>
          <Text>{order.lines.map(({ quantity, name, sku }) => `${quantity} × ${name || sku}`).join(', ')}</Text>
        </Stack>
        <NetworkButton
          h={56}
          label={t('match.take')}
          onClick={() => onMatch({ merchantId: order.merchantId, orderId: order.orderId })}
        />
      </Group>
    </Card>
  );
}
