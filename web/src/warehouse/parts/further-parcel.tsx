import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOneStep } from '../feedback/local-step.ts';
import { OPEN } from '../offline/reference.ts';
import type { ReturnView } from '../offline/model.ts';
import { isKnownParcel } from './afterwards.ts';
import { CarrierField, TrackingField } from './tracking-fields.tsx';
import type { ReturnWork } from './use-return-work.ts';

export interface FurtherParcelProps {
  view: ReturnView;
  work: Pick<ReturnWork, 'receiveParcel'>;
  onClose: () => void;
}

/** Another parcel of a return (A6); after its inspection it opens the next one, for what was missing. */
export default function FurtherParcel({ view, work, onClose }: FurtherParcelProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const [carrier, setCarrier] = useState('');
  const [trackingNumber, setTrackingNumber] = useState('');
  const { busy, run } = useOneStep();
  const known = isKnownParcel(view, trackingNumber);
  const receive = async (parcelId: string) => {
    const given = { carrier: carrier.trim(), trackingNumber: trackingNumber.trim() };
    await work.receiveParcel({ parcelId, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value)) });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('more.parcel')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': c('action.close'), size: 48 }}
    >
      <Stack gap="md">
        <Text>{t('after.parcelText')}</Text>
        {!OPEN.includes(view.state) && <Text>{t('after.parcelReopens')}</Text>}
        <CarrierField label={t('after.carrier')} value={carrier} onChange={setCarrier} />
        <TrackingField
          label={t('after.tracking')}
          description={t('after.trackingHint')}
          error={known && t('after.parcelKnown')}
          value={trackingNumber}
          onChange={setTrackingNumber}
        />
        <Group justify="flex-end">
          <Button variant="default" h={56} onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button h={56} loading={busy} disabled={known} onClick={() => void run(receive)}>
            {t('after.parcelSubmit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
