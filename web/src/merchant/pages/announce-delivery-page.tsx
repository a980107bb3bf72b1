import { Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { AnnouncementForm } from '../deliveries/announcement-form.tsx';
import { emptyAnnouncement } from '../deliveries/lines.ts';
import { useMerchant } from '../merchants.ts';

/** Tells the warehouse what is coming. */
export function AnnounceDeliveryPage() {
  const { t } = useTranslation('deliveries');
  const { id: merchantId } = useMerchant();
  const navigate = useNavigate();
  // the same id however often the button is pressed, so that a lost answer makes no second delivery
  const [id] = useState(() => crypto.randomUUID());
  const announce = useApiMutation('POST /goods-in', {
    onSuccess: () => void navigate({ to: `/merchant/goods-in/${id}` } as never),
  });
  return (
    <>
      <PageHeader title={t('merchant.announce')} lead={t('merchant.announceLead')} back="/merchant/goods-in" />
      <Stack gap="lg" maw={820}>
        <AnnouncementForm
          announced={emptyAnnouncement()}
          label={t('merchant.send')}
          busy={announce.isPending}
          error={announce.error}
          onSubmit={({ expectedPallets, expectedCartons, ...given }) =>
            announce.mutate({
              ...{ id, merchantId, ...given },
              ...(expectedPallets === null ? {} : { expectedPallets }),
              ...(expectedCartons === null ? {} : { expectedCartons }),
            })
          }
        />
      </Stack>
    </>
  );
}
