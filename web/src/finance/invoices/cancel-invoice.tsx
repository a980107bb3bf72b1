import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';

/** Cancels an invoice in full, after it said what will happen. */
export function CancelInvoice({
  invoice,
}: {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'id' | 'number' | 'grossMinor' | 'currency'>;
}) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const cancel = useApiMutation('POST /invoices/{id}/cancel');
  const { id, grossMinor, currency } = invoice;
  const number = invoice.number ?? '';
  const confirm = async (reason: string) => {
    await cancel.mutateAsync({ id, reason });
    notifications.show({ message: t('corrections.cancelled', { number }) });
  };
  return (
    <StepButton label={t('corrections.cancel')} question={t('corrections.cancelQuestion', { number })}>
      <Fields
        consequence={t('corrections.cancelConsequence', { gross: money(-grossMinor, currency) })}
        onConfirm={confirm}
      />
    </StepButton>
  );
}

function Fields({ consequence, onConfirm }: { consequence: string; onConfirm: (reason: string) => Promise<unknown> }) {
  const { t } = useTranslation('finance');
  const [reason, setReason] = useState('');
  return (
    <StepForm
      consequence={consequence}
      canConfirm={reason.trim().length > 0}
      onConfirm={() => onConfirm(reason.trim())}
    >
      <Textarea
        label={t('reason')}
        description={t('corrections.reasonHint')}
        autosize
        minRows={2}
        maxLength={500}
        required
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </StepForm>
  );
}
