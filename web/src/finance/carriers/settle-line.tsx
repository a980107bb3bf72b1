import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ShipmentChoice } from './shipment-choice.tsx';

type Line = ItemOf<'GET /carrier-lines'>;

/** Says whose shipment a line is, by the number of its order. */
export function MatchLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const match = useApiMutation('POST /carrier-lines/{id}/match');
  const [shipmentId, setShipmentId] = useState<string>();
  return (
    <ConfirmButton
      label={t('match.label')}
      question={t('match.question', { number: line.trackingNumber })}
      consequence={t('match.consequence')}
      danger={false}
      canConfirm={shipmentId !== undefined}
      onConfirm={() => match.mutateAsync({ id: line.id, shipmentId: shipmentId! })}
    >
      <ShipmentChoice chosen={shipmentId} onChoose={setShipmentId} />
    </ConfirmButton>
  );
}

/** Takes a line off the list that no merchant pays for. */
export function DismissLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const dismiss = useApiMutation('POST /carrier-lines/{id}/dismiss');
  const [reason, setReason] = useState('');
  return (
    <ConfirmButton
      label={t('dismiss.label')}
      question={t('dismiss.question', { number: line.trackingNumber })}
      consequence={t('dismiss.consequence')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => dismiss.mutateAsync({ id: line.id, reason: reason.trim() })}
    >
      <TextInput
        label={t('dismiss.reason')}
        value={reason}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
