import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

/** Cancels an invoice in full, after it said what will happen. */
export function CancelInvoice({
  invoice,
}: {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'id' | 'number' | 'grossMinor' | 'currency'>;
}) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const [reason, setReason] = useState('');
  const cancel = useApiMutation('POST /invoices/{id}/cancel');
  const { id, grossMinor, currency } = invoice;
  const number = invoice.number ?? '';
  const confirm = async () => {
    await cancel.mutateAsync({ id, reason: reason.trim() });
    notifications.show({ message: t('corrections.cancelled', { number }) });
  };
  return (
    <ConfirmButton
      label={t('corrections.cancel')}
      question={t('corrections.cancelQuestion', { number })}
      consequence={t('corrections.cancelConsequence', { gross: money(-grossMinor, currency) })}
      canConfirm={reason.trim().length > 0}
      onConfirm={confirm}
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
    </ConfirmButton>
  );
}
