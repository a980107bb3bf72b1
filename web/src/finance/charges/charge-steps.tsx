import { Group, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useErrorText } from '../../shared/error-text.ts';
import { referenceOf } from '../../shared/evidence/trace.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Notice } from '../../shared/notice.tsx';
import { ReasonStep } from '../../shared/reason-step.tsx';
import { stepCharges, type StepName, type StepOutcome, type SteppedCharge } from './step-charges.ts';

export type Charge = SteppedCharge & Pick<ItemOf<'GET /charges'>, 'lineId' | 'reference'>;
type Outcome = StepOutcome<Charge> & { step: StepName };

const FROM: Record<StepName, readonly Charge['state'][]> = {
  hold: ['accrued'],
  release: ['held'],
  waive: ['accrued', 'unrated', 'held'],
};

/** Whether anything can be done with a charge: what stands on a line stays as it is. */
export const isOpen = ({ state, lineId }: Pick<Charge, 'state' | 'lineId'>): boolean =>
  lineId === null && state !== 'waived';

/** Holds, releases and waives charges, one or many at once, with the reason that stays with each of them. */
export function ChargeSteps({ charges, onDone }: { charges: readonly Charge[]; onDone?: () => void }) {
  const [partly, setPartly] = useState<Outcome>();
  const hold = useApiMutation('POST /charges/{id}/hold');
  const release = useApiMutation('POST /charges/{id}/release');
  const waive = useApiMutation('POST /charges/{id}/waive');
  const actOf: Record<StepName, (id: string, reason: string) => Promise<unknown>> = {
    hold: (id, reason) => hold.mutateAsync({ id, reason }),
    release: (id) => release.mutateAsync({ id }),
    waive: (id, reason) => waive.mutateAsync({ id, reason }),
  };
  const end = (outcome: Outcome) => {
    setPartly(outcome.left.length ? outcome : undefined);
    onDone?.();
  };
  return (
    <Stack gap="sm">
      <Group gap="sm">
        {(['release', 'hold', 'waive'] as const).map((step) => (
          <Step
            key={step}
            step={step}
            charges={charges.filter((charge) => isOpen(charge) && FROM[step].includes(charge.state))}
            act={actOf[step]}
            onEnd={end}
          />
        ))}
      </Group>
      {partly && <Partly outcome={partly} onClose={() => setPartly(undefined)} />}
    </Stack>
  );
}

interface StepProps {
  step: StepName;
  charges: readonly Charge[];
  act: (id: string, reason: string) => Promise<unknown>;
  onEnd: (outcome: Outcome) => void;
}

function Step({ step, charges, act, onEnd }: StepProps) {
  const { t } = useTranslation('finance');
  if (!charges.length) return null;
  const count = charges.length;
  const doAll = async (reason = '') => {
    const outcome = await stepCharges(step, charges, {
      act: (id) => act(id, reason),
      stateOf: async (id) => (await callApi('GET /charges/{id}', { id })).state,
    });
    // where nothing was done at all the question stays, so that it can be tried again
    if (!outcome.done.length) throw outcome.left[0]!.error;
    if (!outcome.left.length) notifications.show({ message: t(`chargeStep.${step}Done`, { count }) });
    onEnd({ ...outcome, step });
  };
  const asks = {
    label: t(`chargeStep.${step}`, { count }),
    question: t(`chargeStep.${step}Question`, { count }),
    consequence: <Text>{t(`chargeStep.${step}Consequence`)}</Text>,
    danger: step === 'waive',
  };
  if (step === 'release') return <ConfirmButton {...asks} onConfirm={() => doAll()} />;
  return <ReasonStep {...asks} size="md" isLong onConfirm={doAll} />;
}

/** What of a step over many charges was done, and what was not with the reason. */
function Partly({ outcome: { step, done, left }, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { t } = useTranslation('finance');
  const words = useChargeWords();
  const errorText = useErrorText();
  return (
    <Notice tone="warn" role="alert" title={t('chargeStep.partly', { count: left.length })} onClose={onClose}>
      <List>
        {left.map(({ charge, error }) => (
          <List.Item key={charge.id}>
            {words.sourceOf(referenceOf(charge.reference))}, {words.typeOf(charge.chargeType)}: {errorText(error)}
          </List.Item>
        ))}
      </List>
      <Text mt="xs">{t(`chargeStep.${step}Done`, { count: done.length })}</Text>
    </Notice>
  );
}
