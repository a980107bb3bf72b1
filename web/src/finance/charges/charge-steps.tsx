import { Group, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

export type Charge = Pick<ItemOf<'GET /charges'>, 'id' | 'state' | 'lineId'>;
type StepName = 'hold' | 'release' | 'waive';

const FROM: Record<StepName, readonly Charge['state'][]> = {
  hold: ['accrued'],
  release: ['held'],
  waive: ['accrued', 'unrated', 'held'],
};

/** Whether anything can be done with a charge: what stands on a line stays as it is. */
export const isOpen = ({ state, lineId }: Charge): boolean => lineId === null && state !== 'waived';

/** Holds, releases and waives charges, one or many at once, with the reason that stays with each of them. */
export function ChargeSteps({ charges, onDone }: { charges: readonly Charge[]; onDone?: () => void }) {
  const hold = useApiMutation('POST /charges/{id}/hold');
  const release = useApiMutation('POST /charges/{id}/release');
  const waive = useApiMutation('POST /charges/{id}/waive');
  const actOf: Record<StepName, (id: string, reason: string) => Promise<unknown>> = {
    hold: (id, reason) => hold.mutateAsync({ id, reason }),
    release: (id) => release.mutateAsync({ id }),
    waive: (id, reason) => waive.mutateAsync({ id, reason }),
  };
  return (
    <Group gap="sm">
      {(['release', 'hold', 'waive'] as const).map((step) => (
        <Step
          key={step}
          step={step}
          charges={charges.filter((charge) => isOpen(charge) && FROM[step].includes(charge.state))}
          act={actOf[step]}
          onDone={onDone}
        />
      ))}
    </Group>
  );
}

interface StepProps {
  step: StepName;
  charges: readonly Charge[];
  act: (id: string, reason: string) => Promise<unknown>;
  onDone: (() => void) | undefined;
}

function Step({ step, charges, act, onDone }: StepProps) {
  const { t } = useTranslation('finance');
  const [reason, setReason] = useState('');
  if (!charges.length) return null;
  const count = charges.length;
  const needsReason = step !== 'release';
  const doAll = async () => {
    // one after the other: a charge may take its twin with it, and the first refusal is told
    for (const { id } of charges) await act(id, reason.trim());
    notifications.show({ message: t(`chargeStep.${step}Done`, { count }) });
    setReason('');
    onDone?.();
  };
  return (
    <ConfirmButton
      label={t(`chargeStep.${step}`, { count })}
      question={t(`chargeStep.${step}Question`, { count })}
      consequence={<Text>{t(`chargeStep.${step}Consequence`)}</Text>}
      danger={step === 'waive'}
      canConfirm={!needsReason || reason.trim().length > 0}
      onConfirm={doAll}
    >
      {needsReason && (
        <Textarea
          label={t('reason')}
          autosize
          minRows={2}
          maxLength={500}
          required
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </ConfirmButton>
  );
}
