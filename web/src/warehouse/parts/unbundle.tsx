import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { useRefusal } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { newId } from '../offline/ids.ts';
import type { ArticleHit, Item, ReturnView } from '../offline/model.ts';
import { useDesk } from '../use-desk.ts';
import { useArticle } from './names.ts';
import { claim, type ReturnWork } from './use-return-work.ts';

type Component = ArticleHit['components'][number];

export interface UnbundleProps {
  view: ReturnView;
  item: Item;
  work: ReturnWork;
  /** Of one piece of the bundle. */
  components: readonly Component[];
  onClose: () => void;
}

/** A bundle came in parts: which of them are here (A12). At first all are. */
export default function Unbundle({ view, item, work, components, onClose }: UnbundleProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const { outbox } = useDesk();
  const refuse = useRefusal();
  const whole = components.map(({ sku, quantity }) => ({ sku, quantity: quantity * item.quantity }));
  const [pieces, setPieces] = useState(() => whole.map(({ quantity }) => quantity));
  // the same parts however often it is sent; the first one keeps the id of the bundle
  const [partIds] = useState(() => whole.map(() => newId()));
  const [busy, setBusy] = useState(false);
  const came = whole
    .map(({ sku }, index) => ({ sku, quantity: pieces[index]!, itemId: partIds[index]! }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ itemId, ...part }, index) => (index === 0 ? part : { ...part, itemId }));
  const takeApart = async () => {
    setBusy(true);
    try {
      await claim(view);
      const changed = await callApi('POST /returns/{id}/items/{itemId}/unbundle', {
        id: view.id,
        itemId: item.id,
        components: came,
      });
      await outbox.keep({ putReturns: [changed] });
      work.drafts.forget(item);
      signalSuccess();
      onClose();
    } catch (error) {
      refuse(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('unbundle.title')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': c('action.close'), size: 48 }}
    >
      <Stack gap="md">
        <Text>{t('unbundle.lead')}</Text>
        {whole.map(({ sku, quantity }, index) => (
          <Part
            key={sku}
            merchantId={view.merchantId}
            sku={sku}
            most={quantity}
            pieces={pieces[index]!}
            onChange={(next) => setPieces(pieces.with(index, next))}
          />
        ))}
        <Button h={60} fz="lg" loading={busy} disabled={!came.length} onClick={() => void takeApart()}>
          {t('unbundle.submit')}
        </Button>
      </Stack>
    </Modal>
  );
}

interface PartProps {
  merchantId: string | null;
  sku: string;
  most: number;
  pieces: number;
  onChange: (pieces: number) => void;
}

function Part({ merchantId, sku, most, pieces, onChange }: PartProps) {
  const { t } = useTranslation('warehouse');
  const name = useArticle(merchantId, sku)?.name || sku;
  const step = (label: string, by: number) => (
    <ActionIcon
      size={52}
      variant="default"
      aria-label={label}
      disabled={pieces + by < 0 || pieces + by > most}
      onClick={() => onChange(pieces + by)}
    >
      {by < 0 ? <IconMinus size={24} aria-hidden /> : <IconPlus size={24} aria-hidden />}
    </ActionIcon>
  );
  return (
    <Group justify="space-between" wrap="nowrap" role="group" aria-label={t('unbundle.pieces', { name })}>
      <Stack gap={0} miw={0}>
        <Text fw={600} lh={1.25}>
          {name}
        </Text>
        <Text c="dimmed" fz="sm">
          {t('unbundle.of', { count: most })}
        </Text>
      </Stack>
      <Group gap="xs" wrap="nowrap">
        {step(t('unbundle.fewer', { name }), -1)}
        <Text fz={24} fw={650} miw={36} ta="center" className="tabular" role="status">
          {pieces}
        </Text>
        {step(t('unbundle.more', { name }), 1)}
      </Group>
    </Group>
  );
}
