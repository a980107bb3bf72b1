import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { ReasonField } from '../../shared/reason-step.tsx';
import { ShipmentChoice } from './shipment-choice.tsx';

type Line = ItemOf<'GET /carrier-lines'>;

interface Correction {
  reason: string;
  shipmentId: string | undefined;
}

/** Gives a line to another shipment, or back to the worklist; what was charged for it is taken back either way. */
export function CorrectLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const match = useApiMutation('POST /carrier-lines/{id}/match');
  const reopen = useApiMutation('POST /carrier-lines/{id}/reopen');
  const correct = ({ reason, shipmentId }: Correction) => {
    const said = { id: line.id, reason, $options: { ifMatch: line.version } };
    return shipmentId === undefined ? reopen.mutateAsync(said) : match.mutateAsync({ ...said, shipmentId });
  };
  return (
    <StepButton label={t('correct.label')} question={t('correct.question', { number: line.trackingNumber })}>
      <Fields line={line} onConfirm={correct} />
    </StepButton>
  );
}

function Fields({ line, onConfirm }: { line: Line; onConfirm: (correction: Correction) => Promise<unknown> }) {
  const { t } = useTranslation('carriers');
  const [reason, setReason] = useState('');
  const [shipmentId, setShipmentId] = useState<string>();
  return (
    <StepForm
      consequence={t(line.state === 'matched' ? 'correct.consequence' : 'correct.consequenceHouse')}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => onConfirm({ reason: reason.trim(), shipmentId })}
    >
      <History id={line.id} />
      <ReasonField isFirst value={reason} onChange={setReason} />
      <ShipmentChoice chosen={shipmentId} onChoose={setShipmentId} label={t('correct.order')} focus={false} />
    </StepForm>
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
