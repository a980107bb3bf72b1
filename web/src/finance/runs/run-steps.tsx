import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { isApprovable, isFinalizable, isRebillable, isRedraftable, isResumable, type RunRow } from './row-states.ts';
import { grossOf, netOf, type Run } from './run.ts';

export interface RunStepsProps {
  run: Run;
  /** Ids of merchants; none means all. */
  chosen: readonly string[];
  onDone?: () => void;
}

/** What can be done with a run, or with the chosen of its rows; each step says how many and how much before it is done. */
export function RunSteps({ run, chosen, onDone }: RunStepsProps) {
  const { t } = useTranslation('finance');
  const rows = chosen.length ? run.rows.filter(({ merchantId }) => chosen.includes(merchantId)) : run.rows;
  const approve = useApiMutation('POST /billing-runs/{id}/approve');
  const finalize = useApiMutation('POST /billing-runs/{id}/finalize');
  const recalculate = useApiMutation('POST /billing-runs/{id}/recalculate');
  const parked = rows.filter(({ state, wanted }) => state === 'parked' && wanted === null);
  const drafts = rows.filter((row) => isRedraftable(row) && row.state !== 'parked');
  const isPart = chosen.length > 0;
  const done = (message: string) => {
    notifications.show({ message });
    onDone?.();
  };
  return (
    <Group gap="sm">
      <Step
        step="finalize"
        rows={rows.filter(isFinalizable)}
        isPart={isPart}
        onConfirm={(merchantIds) =>
          finalize.mutateAsync({ id: run.id, merchantIds }).then(() => done(t('step.finalizeAsked')))
        }
      />
      <Step
        step="approve"
        rows={rows.filter(isApprovable)}
        isPart={isPart}
        onConfirm={(merchantIds, seen) =>
          approve.mutateAsync({ id: run.id, merchantIds, seen }).then(() => done(t('step.approveAsked')))
        }
      />
      <Step
        step="retry"
        rows={parked}
        isPart={isPart}
        onConfirm={(merchantIds) =>
          recalculate.mutateAsync({ id: run.id, merchantIds }).then(() => done(t('step.retryAsked')))
        }
      />
      <Step
        step="rebill"
        rows={isPart ? rows.filter(isRebillable) : []}
        isPart={isPart}
        onConfirm={(merchantIds) =>
          recalculate.mutateAsync({ id: run.id, merchantIds }).then(() => done(t('step.recalculateAsked')))
        }
      />
      <Step
        step="resume"
        rows={isPart ? rows.filter((row) => isResumable(row) && !isRebillable(row)) : []}
        isPart={isPart}
        onConfirm={(merchantIds) =>
          recalculate.mutateAsync({ id: run.id, merchantIds }).then(() => done(t('step.recalculateAsked')))
        }
      />
      <Step
        step="recalculate"
        rows={drafts}
        isPart={isPart}
        onConfirm={(merchantIds) =>
          recalculate.mutateAsync({ id: run.id, merchantIds }).then(() => done(t('step.recalculateAsked')))
        }
      />
    </Group>
  );
}

interface StepProps {
  step: 'approve' | 'finalize' | 'recalculate' | 'retry' | 'resume' | 'rebill';
  /** Those it is about; without any there is no button. */
  rows: readonly RunRow[];
  isPart: boolean;
  onConfirm: (merchantIds: string[], seen: { rows: number; netMinor: number }) => Promise<unknown>;
}

function Step({ step, rows, isPart, onConfirm }: StepProps) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  if (!rows.length) return null;
  const isMain = step === 'approve' || step === 'finalize' || step === 'rebill';
  const values = { count: rows.length, net: money(netOf(rows)), gross: money(grossOf(rows)) };
  const label =
    isPart || step === 'resume' || step === 'rebill' ? t(`step.${step}Chosen`, values) : t(`step.${step}`, values);
  return (
    <ConfirmButton
      variant={isMain ? 'filled' : 'default'}
      danger={false}
      label={label}
      question={t(`step.${step}Question`, values)}
      consequence={<Text>{t(`step.${step}Consequence`, values)}</Text>}
      onConfirm={() =>
        onConfirm(
          rows.map(({ merchantId }) => merchantId),
          { rows: rows.length, netMinor: netOf(rows) },
        )
      }
    />
  );
}
