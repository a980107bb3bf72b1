import { Button, Card, Group, Select, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { useMerchant } from '../merchants.ts';
import { KINDS } from '../returns/kinds.ts';
import { AnnouncedLines } from './announced-lines.tsx';
import { useElsewhere } from './elsewhere.ts';
import { linesOf, toItems, type AnnouncedLine } from './lines.ts';
import { Notice } from '../../shared/notice.tsx';

export interface AnnounceFormProps {
  order: ItemOf<'GET /orders'> | null;
  onBack: () => void;
  onDone: (returnId: string) => void;
}

/** What comes back: pieces of the order's lines, or what somebody writes down. */
export function AnnounceForm({ order, ...props }: AnnounceFormProps) {
  const { data, error, refetch } = useApi('GET /orders/{id}', { id: order?.id ?? '' }, { enabled: order !== null });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (order && !data) return <Skeleton h={240} radius="md" />;
  return <Form {...props} order={order} lines={linesOf(data?.lines)} />;
}

function Form({ order, lines: given, onBack, onDone }: AnnounceFormProps & { lines: AnnouncedLine[] }) {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const [lines, setLines] = useState(given);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('withdrawal');
  const [texts, setTexts] = useState({ externalNumber: '', carrier: '', trackingNumber: '', note: '' });
  // the same number however often the button is pressed, so that a lost answer makes no second return
  const [returnId] = useState(() => crypto.randomUUID());
  const announce = useApiMutation('POST /returns', { onSuccess: ({ id }) => onDone(id) });
  const elsewhere = useElsewhere(order && { id: order.id, number: order.externalNumber });
  const items = toItems(lines);
  const submit = (event: FormEvent<HTMLElement>) => {
    event.preventDefault();
    if (hasNumberFault(event.currentTarget)) return;
    const told = Object.fromEntries(
      Object.entries(texts).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
    );
    announce.mutate({ id: returnId, merchantId, kind, ...(order ? { orderId: order.id } : {}), ...told, items });
  };
  const field = (name: keyof typeof texts, label: string, maxLength: number) => (
    <TextInput
      label={label}
      maxLength={maxLength}
      value={texts[name]}
      onChange={({ currentTarget }) => setTexts({ ...texts, [name]: currentTarget.value })}
      flex={1}
      miw={200}
    />
  );
  return (
    <Stack gap="md" component="form" onSubmit={submit}>
      <Card>
        <Group justify="space-between">
          <Text fw={600}>
            {order ? t('announce.ofOrder', { number: order.externalNumber }) : t('announce.ofNoOrder')}
          </Text>
          <Button variant="subtle" onClick={onBack}>
            {t('announce.otherOrder')}
          </Button>
        </Group>
      </Card>
      <Select
        label={t('returns.kind')}
        data={KINDS.map((value) => ({ value, label: t(`returns.kinds.${value}`) }))}
        value={kind}
        onChange={(chosen) => chosen && setKind(chosen as typeof kind)}
        allowDeselect={false}
      />
      <AnnouncedLines lines={lines} kind={kind} ofOrder={order !== null} elsewhere={elsewhere} onChange={setLines} />
      <Group gap="sm" align="flex-start">
        {field('externalNumber', t('announce.rma'), 80)}
        {field('carrier', t('announce.carrier'), 40)}
        {field('trackingNumber', t('returns.tracking'), 80)}
      </Group>
      <Textarea
        label={t('announce.note')}
        autosize
        minRows={2}
        maxLength={2000}
        value={texts.note}
        onChange={({ currentTarget }) => setTexts({ ...texts, note: currentTarget.value })}
      />
      {announce.error && <ErrorState error={announce.error} />}
      {!items.length && <Notice tone="quiet">{t('announce.chooseLines')}</Notice>}
      <Group>
        <Button type="submit" size="lg" loading={announce.isPending} disabled={!items.length}>
          {t('announce.submit')}
        </Button>
      </Group>
    </Stack>
  );
}
