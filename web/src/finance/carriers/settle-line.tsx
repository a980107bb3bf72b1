import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { ReasonStep } from '../../shared/reason-step.tsx';
import { ShipmentChoice } from './shipment-choice.tsx';

type Line = ItemOf<'GET /carrier-lines'>;

/** Says whose shipment a line is, by the number of its order. */
export function MatchLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const match = useApiMutation('POST /carrier-lines/{id}/match');
  return (
    <StepButton label={t('match.label')} question={t('match.question', { number: line.trackingNumber })} danger={false}>
      <MatchFields onConfirm={(shipmentId) => match.mutateAsync({ id: line.id, shipmentId })} />
    </StepButton>
  );
}

function MatchFields({ onConfirm }: { onConfirm: (shipmentId: string) => Promise<unknown> }) {
  const { t } = useTranslation('carriers');
  const [shipmentId, setShipmentId] = useState<string>();
  return (
    <StepForm
      consequence={t('match.consequence')}
      canConfirm={shipmentId !== undefined}
      onConfirm={() => onConfirm(shipmentId!)}
    >
      <ShipmentChoice chosen={shipmentId} onChoose={setShipmentId} />
    </StepForm>
  );
}

/** Takes a line off the list that no merchant pays for. */
export function DismissLine({ line }: { line: Line }) {
  const { t } = useTranslation('carriers');
  const dismiss = useApiMutation('POST /carrier-lines/{id}/dismiss');
  return (
    <ReasonStep
      size="md"
      label={t('dismiss.label')}
      question={t('dismiss.question', { number: line.trackingNumber })}
      consequence={t('dismiss.consequence')}
      onConfirm={(reason) => dismiss.mutateAsync({ id: line.id, reason })}
    />
  );
}
