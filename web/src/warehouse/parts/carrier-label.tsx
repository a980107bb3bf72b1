import { Button, FileButton, Group } from '@mantine/core';
import { IconFileTypePdf, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { queryClient } from '../../app/api/queries.ts';
import { NetworkButton, useStep } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { openPdf } from './open-pdf.ts';

/** The label of the carrier is kept with the batch, so that it can be printed at any table. */
export function CarrierLabel({ batch }: { batch: Output<'GET /rtv-batches/{id}'> }) {
  const { t } = useTranslation('warehouse');
  const [busy, take] = useStep();
  const keep = async (file: File) => {
    await upload('POST /rtv-batches/{id}/carrier-label', { id: batch.id }, { file, filename: file.name });
    await queryClient.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).includes('/rtv-batches'),
    });
    signalSuccess();
  };
  return (
    <Group>
      <FileButton onChange={(file) => file && take(() => keep(file))} accept="application/pdf,image/png">
        {(props) => (
          <Button {...props} h={52} variant="default" loading={busy} leftSection={<IconUpload size={22} aria-hidden />}>
            {batch.carrierLabel ? t('batch.replaceCarrierLabel') : t('batch.addCarrierLabel')}
          </Button>
        )}
      </FileButton>
      {batch.carrierLabel && (
        <NetworkButton
          h={52}
          variant="default"
          label={t('batch.printCarrierLabel')}
          leftSection={<IconFileTypePdf size={22} aria-hidden />}
          onClick={() => openPdf('GET /rtv-batches/{id}/carrier-label.pdf', { id: batch.id })}
        />
      )}
    </Group>
  );
}
