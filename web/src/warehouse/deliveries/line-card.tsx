import { ActionIcon, Box, Button, Card, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../shared/deliveries/words.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Count } from './counts.ts';

export interface LineCardProps {
  count: Count;
  /** What the server knows of it; nothing of an article that was just added. */
  line: Delivery['lines'][number] | undefined;
  isCounted: boolean;
  /** The one that was counted last stands out. */
  isLatest: boolean;
  set: (count: Count) => void;
}

/** One article of a delivery: how many came, how many are broken, and where the good ones go. */
export function LineCard({ count, line, isCounted, isLatest, set }: LineCardProps) {
  const name = count.name || count.sku;
  const expected = line?.expectedQuantity ?? 0;
  return (
    <Card
      p="md"
      component="article"
      aria-label={name}
      {...(isLatest ? { bd: '2px solid var(--mantine-primary-color-filled)' } : {})}
    >
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={0} miw={0}>
            <Text fw={650} fz="lg">
              {name}
            </Text>
            <Text c="dimmed">{count.name ? count.sku : ''}</Text>
          </Stack>
          <Box style={{ flex: 'none' }}>
            <LineBadge {...{ count, expected, isCounted }} />
          </Box>
        </Group>
        <Received {...{ count, expected, name, set }} isCounted={isCounted} />
        {isCounted && count.receivedQuantity > 0 && <PutAway count={count} name={name} set={set} />}
      </Stack>
    </Card>
  );
}

function LineBadge({ count, expected, isCounted }: { count: Count; expected: number; isCounted: boolean }) {
  const { t } = useTranslation('deliveries');
  const difference = count.receivedQuantity - expected;
  if (!isCounted) return null;
  if (!expected) return <ToneBadge tone="warn" label={t('count.surplusArticle')} />;
  if (!difference) return <ToneBadge tone="good" label={t('difference.none')} />;
  return difference < 0 ? (
    <ToneBadge tone="bad" label={t('difference.short', { count: -difference })} />
  ) : (
    <ToneBadge tone="warn" label={t('difference.surplus', { count: difference })} />
  );
}

interface PartProps {
  count: Count;
  name: string;
  set: (count: Count) => void;
}

function Received({ count, expected, name, isCounted, set }: PartProps & { expected: number; isCounted: boolean }) {
  const { t } = useTranslation('deliveries');
  const received = (value: number | null) => set({ ...count, receivedQuantity: Math.max(0, value ?? 0) });
  return (
    <>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <ActionIcon
          variant="default"
          size={56}
          aria-label={t('count.less', { name })}
          disabled={!count.receivedQuantity}
          onClick={() => received(count.receivedQuantity - 1)}
        >
          <IconMinus size={26} aria-hidden />
        </ActionIcon>
        <ExactNumber
          hideControls
          size="xl"
          w={92}
          labelProps={{ fz: 'sm' }}
          label={
            expected ? `${t('count.received')} (${t('count.ofExpected', { count: expected })})` : t('count.received')
          }
          aria-label={t('count.receivedOf', { name })}
          min={0}
          max={1_000_000}
          value={isCounted ? count.receivedQuantity : null}
          onChange={received}
        />
        <ActionIcon
          variant="filled"
          size={56}
          c="var(--mantine-primary-color-contrast)"
          aria-label={t('count.more', { name })}
          onClick={() => received(count.receivedQuantity + 1)}
        >
          <IconPlus size={26} aria-hidden />
        </ActionIcon>
        {isCounted && count.receivedQuantity > 0 && (
          <ExactNumber
            hideControls
            size="xl"
            w={92}
            labelProps={{ fz: 'sm' }}
            label={t('count.damaged')}
            aria-label={t('count.damagedOf', { name })}
            min={0}
            value={count.damagedQuantity || null}
            onChange={(value) => set({ ...count, damagedQuantity: value ?? 0 })}
            error={count.damagedQuantity > count.receivedQuantity && t('count.tooManyDamaged')}
          />
        )}
      </Group>
      {!isCounted && (
        <Group gap="sm">
          {expected > 0 && (
            <Button variant="default" h={48} onClick={() => received(expected)}>
              {t('count.asExpected', { count: expected })}
            </Button>
          )}
          <Button variant="subtle" h={48} onClick={() => received(0)}>
            {t('count.none')}
          </Button>
        </Group>
      )}
    </>
  );
}

function PutAway({ count, name, set }: PartProps) {
  const { t } = useTranslation('deliveries');
  const good = count.receivedQuantity - count.damagedQuantity;
  const placed = count.putAway.reduce((sum, { quantity }) => sum + quantity, 0);
  const change = (index: number, patch: Partial<Count['putAway'][number]>) =>
    set({ ...count, putAway: count.putAway.map((one, at) => (at === index ? { ...one, ...patch } : one)) });
  return (
    <Stack gap="xs">
      {count.putAway.map(({ bin, quantity }, index) => (
        // a row has no name of its own while its bin is being typed
        <Group key={index} gap="sm" align="flex-end" wrap="nowrap">
          <TextInput
            size="lg"
            flex={1}
            miw={0}
            label={t('count.bin')}
            aria-label={t('count.binOf', { name })}
            maxLength={80}
            autoCapitalize="characters"
            value={bin}
            onChange={({ currentTarget }) => change(index, { bin: currentTarget.value })}
          />
          <ExactNumber
            hideControls
            size="lg"
            w={96}
            label={t('count.binQuantity')}
            aria-label={t('count.binQuantityOf', { name })}
            min={0}
            value={quantity}
            onChange={(value) => change(index, { quantity: value ?? 0 })}
          />
          <ActionIcon
            variant="subtle"
            size={48}
            aria-label={t('count.removeBin', { bin })}
            onClick={() => set({ ...count, putAway: count.putAway.filter((_, at) => at !== index) })}
          >
            <IconTrash size={22} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {placed > good && <Text c="var(--k-bad)">{t('count.tooMany')}</Text>}
      {placed < good && (
        <Group gap="sm">
          <Button
            variant="default"
            h={48}
            onClick={() => set({ ...count, putAway: [...count.putAway, { bin: '', quantity: good - placed }] })}
          >
            {count.putAway.length ? t('count.anotherBin') : t('count.bin')}
          </Button>
          <Text c="dimmed">{t('count.toPlace', { count: good - placed })}</Text>
        </Group>
      )}
    </Stack>
  );
}
