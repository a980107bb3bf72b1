import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconPackageOff, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../shared/date-time.tsx';
import { useOneStep } from '../feedback/local-step.ts';
import { signalSuccess } from '../feedback/signals.ts';
import { firstReceipt } from '../offline/arrival.ts';
import { newId } from '../offline/ids.ts';
import type { OrderHit, ReturnKind } from '../offline/model.ts';
import { startReturn } from '../offline/work.ts';
import { useDesk } from '../use-desk.ts';
import { useMerchantName } from './names.ts';

/** A shipped order: what comes back of it becomes a return with one tap. */
export function OrderCard({ order }: { order: OrderHit }) {
  const { t } = useTranslation('warehouse');
  const { busy, begin } = useBegin();
  const merchant = useMerchantName(order.merchantId);
  const start = (kind: ReturnKind) =>
    begin({
      kind,
      merchantId: order.merchantId,
      orderId: order.orderId,
      orderNumber: order.orderNumber,
      channel: order.channel,
      items: order.lines.map(({ sku, name, quantity }) => ({ id: newId(), sku, name, quantity })),
    });
  return (
    <Card p="md">
      <Stack gap="sm">
        <Stack gap={2}>
          <Text fw={650} fz="lg">
            {order.orderNumber}
          </Text>
          <Text c="dimmed">
            {merchant} · <DateTime at={order.shippedAt} />
          </Text>
          <Text>{order.lines.map(({ quantity, name, sku }) => `${quantity} × ${name || sku}`).join(', ')}</Text>
        </Stack>
        <Group grow preventGrowOverflow={false} gap="sm">
          <Button h={56} px="sm" loading={busy} onClick={() => void start('withdrawal')}>
            {t('home.takeIn')}
          </Button>
          <Button h={56} px="sm" variant="default" disabled={busy} onClick={() => void start('undeliverable')}>
            {t('home.undeliverable')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

/** Nobody knows the parcel: it is taken in all the same (A2). */
export function Unknown({ code, prominent }: { code: string; prominent: boolean }) {
  const { t } = useTranslation('warehouse');
  const { busy, begin } = useBegin();
  return (
    <Card p="md" data-prominent={prominent || undefined}>
      <Stack gap="sm" align={prominent ? 'center' : 'stretch'} ta={prominent ? 'center' : undefined}>
        {prominent && (
          <>
            <IconPackageOff size={44} aria-hidden />
            <Title order={2} size="h3">
              {t('home.unknown')}
            </Title>
            <Text c="dimmed">{t('home.unknownText', { code })}</Text>
          </>
        )}
        <Button
          fullWidth
          loading={busy}
          h={60}
          px="sm"
          variant={prominent ? 'filled' : 'default'}
          leftSection={<IconPlus size={24} aria-hidden />}
          onClick={() => void begin({ trackingNumber: code })}
        >
          {t('home.takeInUnknown')}
        </Button>
      </Stack>
    </Card>
  );
}

/** Begins a return on this device and opens it, once per card; the server hears of it when it can. */
function useBegin() {
  const desk = useDesk();
  const navigate = useNavigate();
  const { busy, run } = useOneStep();
  const begin = (create: Parameters<typeof startReturn>[3]) =>
    run(async (id) => {
      await startReturn(desk.outbox, desk.author(), id, create, firstReceipt());
      signalSuccess();
      await navigate({ to: `/warehouse/returns/${id}`, replace: true } as never);
    });
  return { busy, begin };
}
