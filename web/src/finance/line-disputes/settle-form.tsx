import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { isWithin } from './credited-amount.ts';

const MAX_LENGTH = 500;
type Outcome = 'credit' | 'reject';

/** How a dispute ends, with the answer that the merchant reads; asked once more, because it is final. */
export function SettleForm({ dispute }: { dispute: Output<'GET /line-disputes/{id}'> }) {
  const { t } = useTranslation('disputes');
  const { money } = useFormats();
  const { id, remainingNetMinor, disputedNetMinor, currency } = dispute;
  const canCredit = remainingNetMinor > 0;
  const [outcome, setOutcome] = useState<Outcome | null>(canCredit ? null : 'reject');
  const [answer, setAnswer] = useState('');
  const [amount, setAmount] = useState<number | null>(
    Math.min(disputedNetMinor ?? remainingNetMinor, remainingNetMinor) / 100,
  );
  const credit = useApiMutation('POST /line-disputes/{id}/credit');
  const reject = useApiMutation('POST /line-disputes/{id}/reject');
  const netMinor = Math.round((amount ?? 0) * 100);
  const said = { id, answer: answer.trim() };
  const act = async () => {
    await (outcome === 'credit' ? credit.mutateAsync({ ...said, netMinor }) : reject.mutateAsync(said));
    notifications.show({ message: t('finance.done') });
  };
  const words = { amount: money(netMinor, currency) };
  const isReady = outcome !== null && said.answer && (outcome === 'reject' || isWithin(amount, remainingNetMinor));
  return (
    <Stack gap="md">
      {canCredit ? (
        <Radio.Group aria-label={t('finance.decide')} value={outcome} onChange={(next) => setOutcome(next as Outcome)}>
          <Stack gap="sm">
            {(['credit', 'reject'] as const).map((value) => (
              <Radio
                key={value}
                size="md"
                value={value}
                label={t(`finance.${value}`)}
                description={t(`finance.${value}Means`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <Text>{t('finance.nothingLeft')}</Text>
      )}
      {outcome === 'credit' && (
        <ExactNumber
          label={t('finance.amount')}
          description={t('finance.amountHint', { amount: money(remainingNetMinor, currency) })}
          value={amount}
          onChange={setAmount}
          min={0.01}
          max={remainingNetMinor / 100}
          places={2}
        />
      )}
      {outcome && (
        <Textarea
          label={t('finance.answer')}
          description={t(outcome === 'credit' ? 'finance.answerCredit' : 'finance.answerReject')}
          size="md"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={MAX_LENGTH}
          value={answer}
          onChange={({ currentTarget }) => setAnswer(currentTarget.value)}
        />
      )}
      {outcome && (
        <ConfirmButton
          w="fit-content"
          variant="filled"
          danger={false}
          disabled={!isReady}
          label={t(`finance.${outcome}`)}
          question={t(`finance.${outcome}Question`, words)}
          consequence={t(`finance.${outcome}Will`, words)}
          onConfirm={act}
        />
      )}
    </Stack>
  );
}
