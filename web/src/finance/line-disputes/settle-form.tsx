import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { MoneyInput } from '../../shared/figure-input.tsx';
import type { Typed } from '../../shared/typed-figure.ts';

const MAX_LENGTH = 500;
type Outcome = 'credit' | 'reject';

/** How a dispute ends, with the answer that the merchant reads; asked once more, because it is final. */
export function SettleForm({ dispute }: { dispute: Output<'GET /line-disputes/{id}'> }) {
  const { t } = useTranslation('disputes');
  const { money } = useFormats();
  const { id, remainingNetMinor, disputedNetMinor, currency } = dispute;
  const canCredit = remainingNetMinor > 0;
  const [chosen, setOutcome] = useState<Outcome | null>(null);
  const outcome = canCredit ? chosen : 'reject';
  const [answer, setAnswer] = useState('');
  // as long as nobody typed one, it follows what is left
  const [typed, setTyped] = useState<{ amount: Typed<number> }>();
  const amount = typed ? typed.amount : Math.min(disputedNetMinor ?? remainingNetMinor, remainingNetMinor);
  const credit = useApiMutation('POST /line-disputes/{id}/credit');
  const reject = useApiMutation('POST /line-disputes/{id}/reject');
  const netMinor = typeof amount === 'number' ? amount : undefined;
  // less may be left by now than when it was typed
  const isWithin = netMinor !== undefined && netMinor <= remainingNetMinor;
  const said = { id, answer: answer.trim() };
  const act = async () => {
    if (outcome === 'reject') await reject.mutateAsync(said);
    else if (netMinor !== undefined) await credit.mutateAsync({ ...said, netMinor });
    notifications.show({ message: t('finance.done') });
  };
  const words = { amount: money(netMinor ?? 0, currency) };
  const isReady = outcome !== null && said.answer !== '' && (outcome === 'reject' || isWithin);
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
        <MoneyInput
          size="md"
          label={t('finance.amount')}
          description={t('finance.amountHint', { amount: money(remainingNetMinor, currency) })}
          value={amount}
          onChange={(next) => setTyped({ amount: next })}
          currency={currency}
          maxMinor={remainingNetMinor}
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
          // who is asked about one of them does not agree to the other
          key={outcome}
          w="fit-content"
          variant="filled"
          danger={false}
          disabled={!isReady}
          canConfirm={isReady}
          label={t(`finance.${outcome}`)}
          question={t(`finance.${outcome}Question`, words)}
          consequence={t(`finance.${outcome}Will`, words)}
          onConfirm={act}
        />
      )}
    </Stack>
  );
}
