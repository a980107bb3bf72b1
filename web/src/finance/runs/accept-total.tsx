import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import type { RunRow } from './run.ts';

export interface AcceptTotalProps {
  row: Pick<RunRow, 'merchantId' | 'merchantName' | 'netMinor' | 'grossMinor'>;
  runId: string;
  cutoff: string;
}

/**
 * Accepts a total above the usual. The reason stands in the audit trail with it, and stays as an internal note of the
 * merchant: it is what the next person looks for who wonders.
 */
export function AcceptTotal({ row, runId, cutoff }: AcceptTotalProps) {
  const { t } = useTranslation('finance');
  const { money, day } = useFormats();
  const [reason, setReason] = useState('');
  const note = useApiMutation('POST /notes');
  const retry = useApiMutation('POST /billing-runs/{id}/merchants/{merchantId}/retry');
  const { merchantId, merchantName: name, netMinor, grossMinor } = row;
  const gross = money(grossMinor ?? 0);
  const accept = async () => {
    const text = t('accept.note', { cutoff: day(cutoff), gross, reason: reason.trim() });
    const seen = { rows: 1, netMinor: netMinor ?? 0 };
    // what changed since it was seen is refused, and nothing is to be read of it then
    await retry.mutateAsync({ id: runId, merchantId, accept: ['ABOVE_USUAL'], reason: reason.trim(), seen });
    await note.mutateAsync({ subject: 'merchant', subjectId: merchantId, text });
    notifications.show({ message: t('accept.done', { name }) });
  };
  return (
    <ConfirmButton
      size="sm"
      danger={false}
      label={t('accept.action')}
      question={t('accept.question', { name })}
      consequence={t('accept.consequence', { gross })}
      canConfirm={reason.trim().length > 0}
      onConfirm={accept}
    >
      <Textarea
        label={t('reason')}
        description={t('accept.reasonHint')}
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
