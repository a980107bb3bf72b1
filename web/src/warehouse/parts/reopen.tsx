import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import type { ReturnView } from '../offline/model.ts';
import { useDesk } from '../use-desk.ts';

/** Inspecting once more is the next revision, with its reason (B13). */
export function Reopen({ id }: Pick<ReturnView, 'id'>) {
  const { t } = useTranslation('warehouse');
  const { outbox } = useDesk();
  const [reason, setReason] = useState('');
  const reopen = async () => {
    await outbox.keep({ putReturns: [await callApi('POST /returns/{id}/reopen', { id, reason: reason.trim() })] });
  };
  return (
    <ConfirmButton
      h={60}
      danger={false}
      label={t('finished.reopen')}
      question={t('finished.reopenQuestion')}
      consequence={t('finished.reopenText')}
      canConfirm={reason.trim() !== ''}
      onConfirm={reopen}
    >
      <TextInput
        size="lg"
        label={t('finished.reopenReason')}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
