import { Card, Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { NetworkButton } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { newId } from '../offline/ids.ts';
import { useDesk, useLocalReturn, useSettings } from '../use-desk.ts';

/** One box, goods of two orders or merchants: what belongs elsewhere becomes a return of its own (A5). */
export function SplitPage() {
  const { t } = useTranslation('warehouse');
  const { id } = useParams({ strict: false }) as { id: string };
  const { outbox } = useDesk();
  const navigate = useNavigate();
  const local = useLocalReturn(id);
  const settings = useSettings();
  // the same split however often it is sent
  const [returnId] = useState(() => newId());
  const [partIds] = useState(() => new Map<string, string>());
  const [pieces, setPieces] = useState<Record<string, number>>({});
  const [merchantId, setMerchantId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const items = local?.view.items.filter(({ state }) => state !== 'expected' && state !== 'missing') ?? [];
  const chosen = items.filter((item) => pieces[item.id]);
  const split = async () => {
    const moved = chosen.map((item) => {
      const quantity = pieces[item.id]!;
      const partId = partIds.get(item.id) ?? newId();
      partIds.set(item.id, partId);
      return { itemId: item.id, quantity, ...(quantity < item.quantity ? { partId } : {}) };
    });
    await callApi('POST /returns/{id}/lock', { id });
    const view = await callApi('POST /returns/{id}/split', {
      id,
      returnId,
      items: moved,
      merchantId,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    });
    const parent = await callApi('GET /returns/{id}', { id });
    await outbox.keep({ putReturns: [view, parent] });
    signalSuccess();
    await navigate({ to: '/warehouse/returns/$id', params: { id: view.id } } as never);
  };
  return (
    <Stack gap="md" w="100%" maw={720} mx="auto">
      <PageHeader title={t('split.title')} lead={t('split.lead')} back={`/warehouse/returns/${id}`} />
      {items.length === 0 && <Text c="dimmed">{t('split.nothing')}</Text>}
      {items.map((item) => (
        <Card key={item.id} p="md">
          <Group justify="space-between" wrap="nowrap">
            <Checkbox
              size="lg"
              label={`${item.quantity} × ${item.name || item.sku}`}
              checked={Boolean(pieces[item.id])}
              onChange={({ currentTarget }) =>
                setPieces({ ...pieces, [item.id]: currentTarget.checked ? item.quantity : 0 })
              }
            />
            {Boolean(pieces[item.id]) && item.quantity > 1 && (
              <NumberInput
                hideControls
                size="lg"
                w={110}
                aria-label={t('split.pieces', { name: item.name || (item.sku ?? '') })}
                min={1}
                max={item.quantity}
                clampBehavior="strict"
                allowDecimal={false}
                value={pieces[item.id]!}
                onChange={(value) => setPieces({ ...pieces, [item.id]: Math.max(1, Number(value) || 1) })}
              />
            )}
          </Group>
        </Card>
      ))}
      <Select
        size="lg"
        searchable
        clearable
        label={t('split.merchant')}
        placeholder={t('return.noMerchant')}
        value={merchantId}
        onChange={setMerchantId}
        data={(settings?.merchants ?? []).map((one) => ({ value: one.merchantId, label: one.name }))}
      />
      <TextInput
        size="lg"
        label={t('split.reason')}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <NetworkButton h={60} fz="lg" label={t('split.submit')} disabled={!chosen.length} onClick={split} />
    </Stack>
  );
}
