import { Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../confirm-button.tsx';

/** Calls a picked shipment back; its order is open again, and the merchant does not pay for what never left. */
export function CallBack({ shipment }: { shipment: ItemOf<'GET /shipments'> }) {
  const { t } = useTranslation('shipments');
  const client = useQueryClient();
  const cancel = useApiMutation('POST /orders/{id}/shipments/{shipmentId}/cancel', {
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /shipments') }),
  });
  const [reason, setReason] = useState('');
  const [restocked, setRestocked] = useState(true);
  return (
    <ConfirmButton
      label={t('callBack.label')}
      question={t('callBack.question', { order: shipment.orderNumber })}
      consequence={t('callBack.consequence')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() =>
        cancel.mutateAsync({ id: shipment.orderId, shipmentId: shipment.id, reason: reason.trim(), restocked })
      }
    >
      <TextInput
        label={t('callBack.reason')}
        value={reason}
        maxLength={200}
        required
        data-autofocus
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Switch
        label={t('callBack.restocked')}
        description={t('callBack.restockedHint')}
        checked={restocked}
        onChange={({ currentTarget }) => setRestocked(currentTarget.checked)}
      />
    </ConfirmButton>
  );
}
