import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconListDetails } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { AnnouncedLines } from '../announce/announced-lines.tsx';
import { useElsewhere } from '../announce/elsewhere.ts';
import { linesAnnounced, toAnnounced, type AnnouncedLine } from '../announce/lines.ts';
import type { ReturnView } from './item-list.tsx';

/** What comes back is said anew, until it arrives (C12). */
export function EditItems({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconListDetails size={20} aria-hidden />} onClick={open}>
        {t('return.editItems')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="xl"
        title={t('announce.lines')}
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Loaded parcel={parcel} onClose={close} />
      </Modal>
    </>
  );
}

interface FormProps {
  parcel: ReturnView;
  onClose: () => void;
}

function Loaded({ parcel, onClose }: FormProps) {
  const { orderId } = parcel;
  const order = useApi('GET /orders/{id}', { id: orderId ?? '' }, { enabled: orderId !== null });
  if (order.error && !order.data) return <ErrorState error={order.error} onRetry={order.refetch} />;
  if (orderId !== null && !order.data) return <Skeleton h={160} radius="md" />;
  return <Form parcel={parcel} lines={linesAnnounced(parcel.items, order.data?.lines)} onClose={onClose} />;
}

function Form({ parcel, lines: given, onClose }: FormProps & { lines: AnnouncedLine[] }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [lines, setLines] = useState(given);
  // what somebody else changes meanwhile is not overwritten
  const [version] = useState(parcel.version);
  const save = useApiMutation('PUT /returns/{id}/items', { onSuccess: onClose });
  const items = toAnnounced(lines);
  const form = useRef<HTMLDivElement>(null);
  const { orderId, orderNumber } = parcel;
  const elsewhere = useElsewhere(orderId && orderNumber ? { id: orderId, number: orderNumber } : null, parcel.id);
  return (
    <Stack gap="md" ref={form}>
      <Text c="dimmed">{t('return.editItemsHint')}</Text>
      <AnnouncedLines
        lines={lines}
        kind={parcel.kind}
        ofOrder={orderId !== null}
        elsewhere={elsewhere}
        onChange={setLines}
      />
      {!items.length && <Notice tone="quiet">{t('announce.chooseLines')}</Notice>}
      {save.error && <ErrorState error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {c('action.cancel')}
        </Button>
        <Button
          loading={save.isPending}
          disabled={!items.length}
          onClick={() =>
            hasNumberFault(form.current) || save.mutate({ id: parcel.id, items, $options: { ifMatch: version } })
          }
        >
          {c('action.save')}
        </Button>
      </Group>
    </Stack>
  );
}
