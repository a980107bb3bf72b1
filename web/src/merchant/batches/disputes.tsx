import { Card, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../shared/date-time.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { Section } from '../parts/section.tsx';
import { useNameOf, type BatchView } from './batch-items.tsx';

const TONES = { found: 'good', credited: 'good', rejected: 'bad' } as const;

/** What is disputed and how it ended; nothing when nothing is. */
export function Disputes({ batch }: { batch: BatchView }) {
  const { t } = useTranslation('merchant');
  const nameOf = useNameOf();
  if (!batch.disputes.length) return null;
  return (
    <Section title={t('dispute.list')}>
      {batch.disputes.map(({ id, itemId, quantity, reason, note, outcome, resolutionNote, openedAt, resolvedAt }) => {
        const item = batch.items.find((one) => one.itemId === itemId);
        return (
          <Card key={id} p="sm">
            <Group justify="space-between" align="flex-start">
              <Stack gap={2}>
                <Text fw={600}>
                  {item ? nameOf(item) : '–'}: {t('batches.pieces', { count: quantity })}
                </Text>
                <Text fz="sm">{[t(`dispute.reasons.${reason}`), note].filter(Boolean).join(': ')}</Text>
                <Text fz="sm" c="dimmed">
                  <DateTime at={openedAt} />
                </Text>
                {resolutionNote && (
                  <Text fz="sm">
                    {t('dispute.answer')}: {resolutionNote} (<DateTime at={resolvedAt} />)
                  </Text>
                )}
              </Stack>
              {outcome ? (
                <ToneBadge tone={TONES[outcome]} label={t(`dispute.outcomes.${outcome}`)} />
              ) : (
                <ToneBadge tone="warn" label={t('dispute.open')} />
              )}
            </Group>
          </Card>
        );
      })}
    </Section>
  );
}
