import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import type { Order } from './draft.ts';

/** Cancels an order of which nothing has left the house. */
export function CancelOrder({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  const [reason, setReason] = useState('');
  const cancel = useApiMutation('POST /orders/{id}/cancel');
  const why = reason.trim() ? { reason: reason.trim() } : {};
  return (
    <ConfirmButton
      label={t('orders.cancel')}
      question={t('orders.cancelQuestion', { number: order.externalNumber })}
      consequence={t('orders.cancelText')}
      onConfirm={() => cancel.mutateAsync({ id: order.id, ...why, $options: { ifMatch: order.version } })}
    >
      <TextInput
        label={t('orders.reason')}
        maxLength={200}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
