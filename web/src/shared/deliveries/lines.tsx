import { Card, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../state-badge.tsx';
import type { Delivery } from './words.tsx';

/** What was announced and what came, article by article. */
export function DeliveryLines({ delivery }: { delivery: Delivery }) {
  return (
    <Stack gap="sm">
      {delivery.lines.map((line) => (
        <LineRow
          key={line.id}
          line={line}
          isCounted={delivery.state !== 'announced' && delivery.state !== 'cancelled'}
        />
      ))}
    </Stack>
  );
}

function LineRow({ line, isCounted }: { line: Delivery['lines'][number]; isCounted: boolean }) {
  const { t } = useTranslation('deliveries');
  const { receivedQuantity: received, difference, damagedQuantity } = line;
  const words = [
    line.name ? line.sku : '',
    line.expectedQuantity
      ? `${t('merchant.announcedQuantity')}: ${t('pieces', { count: line.expectedQuantity })}`
      : t('count.surplusArticle'),
    isCounted &&
      `${t('merchant.counted')}: ${received === null ? t('merchant.nothingCounted') : t('pieces', { count: received })}`,
  ];
  return (
    <Card p="sm" component="article" aria-label={line.name || line.sku}>
      <Group justify="space-between" gap="xs">
        <Stack gap={0} miw={0}>
          <Text fw={600}>{line.name || line.sku}</Text>
          <Text c="dimmed" fz="sm">
            {words.filter(Boolean).join(' · ')}
          </Text>
          {line.putAway.length > 0 && (
            <Text fz="sm">{line.putAway.map(({ bin, quantity }) => `${bin}: ${quantity}`).join(', ')}</Text>
          )}
        </Stack>
        <Group gap="xs">
          {difference !== null && difference < 0 && (
            <ToneBadge tone="bad" label={t('difference.short', { count: -difference })} />
          )}
          {difference !== null && difference > 0 && (
            <ToneBadge tone="warn" label={t('difference.surplus', { count: difference })} />
          )}
          {damagedQuantity > 0 && <ToneBadge tone="bad" label={t('difference.damaged', { count: damagedQuantity })} />}
        </Group>
      </Group>
    </Card>
  );
}
