import { Button, Group, Text } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useMayDecide } from '../merchants.ts';
import { Section } from '../parts/section.tsx';
import type { BatchView } from './batch-items.tsx';
import { DisputeForm } from './dispute-form.tsx';

const ON_ITS_WAY: readonly BatchView['state'][] = ['dispatched', 'delivered'];

/** Whether all of a batch came: confirmed as a whole, or disputed piece by piece. */
export function Receipt({ batch }: { batch: BatchView }) {
  const { t } = useTranslation('merchant');
  const { mutateAsync: confirm } = useApiMutation('POST /rtv-batches/{id}/confirm');
  const [disputing, setDisputing] = useState(false);
  const mayAnswer = useMayDecide();
  const mayDispute = [...ON_ITS_WAY, 'disputed'].includes(batch.state);
  if (!mayAnswer || !mayDispute) return null;
  if (disputing)
    return (
      <Section title={t('dispute.title')}>
        <DisputeForm batch={batch} onClose={() => setDisputing(false)} />
      </Section>
    );
  return (
    <Section title={t('receipt.title')}>
      <Text>{t(batch.state === 'disputed' ? 'receipt.disputed' : 'receipt.text')}</Text>
      <Group gap="sm">
        {ON_ITS_WAY.includes(batch.state) && (
          <ConfirmButton
            label={t('receipt.confirm')}
            question={t('receipt.question', { number: batch.number })}
            consequence={t('receipt.will', { count: batch.pieces })}
            variant="filled"
            danger={false}
            onConfirm={() => confirm({ id: batch.id, $options: { ifMatch: batch.version } })}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconMoodSad size={20} aria-hidden />}
          onClick={() => setDisputing(true)}
        >
          {t('receipt.dispute')}
        </Button>
      </Group>
    </Section>
  );
}
