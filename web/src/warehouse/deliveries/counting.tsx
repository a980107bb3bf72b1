import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../shared/deliveries/words.tsx';
import { ScanField } from '../scan/scan-field.tsx';
import { CloseDelivery } from './close-delivery.tsx';
import { countOf, emptyCount, type Count } from './counts.ts';
import { LineCard } from './line-card.tsx';
import { useCounts } from './use-counts.ts';
import { useScannedArticle } from './use-scanned-article.ts';

/** Counting: scan after scan, or numbers by hand; every change is saved by itself. */
export function Counting({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('deliveries');
  const { drafts, set, add, state } = useCounts(delivery);
  const [latest, setLatest] = useState<string>();
  const [unknown, setUnknown] = useState('');
  const change = (count: Count) => {
    setLatest(count.sku);
    set(count);
  };
  const scannedPiece = (sku: string, name: string) => {
    setLatest(sku);
    add(sku, name);
  };
  useScannedArticle(delivery, drafts, scannedPiece, setUnknown);
  const known = delivery.lines.map((line) => ({ line, count: drafts[line.sku]?.count ?? countOf(line) }));
  const added = Object.values(drafts)
    .map(({ count }) => ({ line: undefined, count }))
    .filter(({ count }) => !delivery.lines.some(({ sku }) => sku === count.sku));
  const all = [...known, ...added].map(({ line, count }) => ({
    ...{ line, count },
    isCounted: count.sku in drafts || (line?.receivedQuantity ?? null) !== null,
  }));
  // the one at hand comes first
  const shown = all.toSorted((a, b) => Number(b.count.sku === latest) - Number(a.count.sku === latest));
  return (
    <Stack gap="md">
      <Card p="md">
        <ScanField label={t('scan')} description={t('scanHint')} focus />
        <Text c="dimmed" fz="sm" mt="xs" role="status">
          {t(`count.${state}`)}
        </Text>
      </Card>
      <Title order={2} size="h4">
        {t('articles', { count: all.length })}
      </Title>
      {shown.map((one) => (
        <LineCard key={one.count.sku} {...one} isLatest={one.count.sku === latest} set={change} />
      ))}
      <AddArticle key={unknown} sku={unknown} onAdd={change} />
      <CloseDelivery
        delivery={delivery}
        uncounted={all.filter(({ isCounted }) => !isCounted).length}
        isEmpty={!all.length}
        isSaved={Object.keys(drafts).length === 0}
      />
    </Stack>
  );
}

/** For what has no code, or one that nobody knows. */
function AddArticle({ sku: given, onAdd }: { sku: string; onAdd: (count: Count) => void }) {
  const { t } = useTranslation('deliveries');
  const [open, setOpen] = useState(given !== '');
  const [sku, setSku] = useState(given);
  const [name, setName] = useState('');
  if (!open)
    return (
      <Button variant="default" h={56} onClick={() => setOpen(true)}>
        {t('add.button')}
      </Button>
    );
  const add = () => {
    onAdd({ ...emptyCount(sku.trim(), name.trim()), receivedQuantity: 1 });
    setSku('');
    setName('');
    setOpen(false);
  };
  return (
    <Card p="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          size="lg"
          label={t('add.sku')}
          maxLength={80}
          value={sku}
          onChange={({ currentTarget }) => setSku(currentTarget.value)}
        />
        <TextInput
          size="lg"
          flex={1}
          miw={180}
          label={t('add.name')}
          maxLength={300}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button h={50} disabled={!sku.trim()} onClick={add}>
          {t('add.take')}
        </Button>
      </Group>
    </Card>
  );
}
