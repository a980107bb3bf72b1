import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { ShipmentChoice } from './shipment-choice.tsx';

type Line = ItemOf<'GET /carrier-lines'>;

/** Gives a line to another shipment, or back to the worklist; what was charged for it is taken back either way. */
export function CorrectLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const match = useApiMutation('POST /carrier-lines/{id}/match');
  const reopen = useApiMutation('POST /carrier-lines/{id}/reopen');
  const [reason, setReason] = useState('');
  const [shipmentId, setShipmentId] = useState<string>();
  const correct = async () => {
    const said = { id: line.id, reason: reason.trim(), $options: { ifMatch: line.version } };
    await (shipmentId === undefined ? reopen.mutateAsync(said) : match.mutateAsync({ ...said, shipmentId }));
    setReason('');
  };
  return (
    <ConfirmButton
      label={t('correct.label')}
      question={t('correct.question', { number: line.trackingNumber })}
      consequence={t(line.state === 'matched' ? 'correct.consequence' : 'correct.consequenceHouse')}
      canConfirm={reason.trim() !== ''}
      onConfirm={correct}
    >
      <History id={line.id} />
      <TextInput
        label={t('correct.reason')}
        value={reason}
        maxLength={200}
        required
        data-autofocus
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <ShipmentChoice chosen={shipmentId} onChoose={setShipmentId} label={t('correct.order')} focus={false} />
    </ConfirmButton>
  );
}

/** All that was said of the line, by whom and when. */
function History({ id }: { id: string }) {
  const { t } = useTranslation('carriers');
  const line = useApi('GET /carrier-lines/{id}', { id });
  if (!line.data) return null;
  return (
    <Stack gap={2} component="ol" aria-label={t('history.label')} m={0} pl="lg">
      {line.data.history.map(({ outcome, shipment, byHand, reason, at }, index) => (
        <Text component="li" fz="sm" key={index}>
          {shipment
            ? t(byHand ? 'history.matched' : 'history.found', { order: shipment.orderNumber })
            : t(outcome === 'dismissed' ? 'history.dismissed' : 'history.reopened', { reason })}
          {', '}
          <DateTime at={at} />
        </Text>
      ))}
    </Stack>
  );
}
