import { Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { AnnounceForm } from '../announce/announce-form.tsx';
import { OrderSearch } from '../announce/order-search.tsx';

/** Tells of a return before it comes: by an order, or without one. */
export function AnnouncePage() {
  const { t } = useTranslation('merchant');
  const navigate = useNavigate();
  const [order, setOrder] = useState<ItemOf<'GET /orders'> | null>();
  return (
    <>
      <PageHeader title={t('announce.title')} lead={t('announce.lead')} back="/merchant/returns" />
      <Stack gap="lg" maw={820}>
        {order === undefined ? (
          <OrderSearch onChoose={setOrder} />
        ) : (
          <AnnounceForm
            key={order?.id ?? 'none'}
            order={order}
            onBack={() => setOrder(undefined)}
            onDone={(id) => void navigate({ to: '/merchant/returns/$id', params: { id } })}
          />
        )}
      </Stack>
    </>
  );
}
