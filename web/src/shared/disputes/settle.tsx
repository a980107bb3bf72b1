import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../confirm-button.tsx';
import { settlementOf, type Claim, type Outcome } from './claims.ts';

const OUTCOMES = ['found', 'credited', 'rejected'] as const satisfies readonly Outcome[];
const MAX_LENGTH = 1_000;

export interface SettleProps {
  claim: Claim;
  /** Of the goods. */
  name: string;
  batchId: string;
}

/** How a dispute ends, with the answer that the merchant reads; asked once more, because it is final. */
export function Settle({ claim: { dispute, isLast }, name, batchId }: SettleProps) {
  const { t } = useTranslation('records');
  const [draft, setDraft] = useState<{ outcome: Outcome | null; note: string }>({ outcome: null, note: '' });
  const resolve = useApiMutation('POST /rtv-batches/{id}/resolve');
  const settlement = settlementOf(dispute.id, draft);
  const act = async () => {
    if (!settlement) return;
    await resolve.mutateAsync({ id: batchId, ...settlement });
    notifications.show({ message: t('claim.done') });
  };
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('claim.how')}
        value={draft.outcome}
        onChange={(outcome) => setDraft({ ...draft, outcome: outcome as Outcome })}
      >
        <Stack gap="sm" mt={6}>
          {OUTCOMES.map((outcome) => (
            <Radio
              key={outcome}
              size="md"
              value={outcome}
              label={t(`claim.outcomes.${outcome}`)}
              description={t(`claim.means.${outcome}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('claim.answer')}
        description={t('claim.answerHint')}
        size="md"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={MAX_LENGTH}
        value={draft.note}
        onChange={({ currentTarget }) => setDraft({ ...draft, note: currentTarget.value })}
      />
      <ConfirmButton
        h={52}
        variant="filled"
        danger={false}
        label={t('claim.settle')}
        disabled={!settlement}
        question={t('claim.question', { name })}
        consequence={
          <Stack gap="xs">
            {draft.outcome && (
              <Text>
                <Text span fw={600}>
                  {t(`claim.outcomes.${draft.outcome}`)}.
                </Text>{' '}
                {t(`claim.means.${draft.outcome}`)}
              </Text>
            )}
            <Text>{t(isLast ? 'claim.last' : 'claim.final')}</Text>
          </Stack>
        }
        onConfirm={act}
      />
    </Stack>
  );
}
