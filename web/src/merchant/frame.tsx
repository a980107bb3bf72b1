import { Group, Select, Skeleton } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../shared/empty-state.tsx';
import { ErrorState } from '../shared/error-state.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { MerchantContext, useMerchants } from './merchants.ts';

/** Every page of the desk is for one merchant; whoever has several chooses. */
export function Frame() {
  const { t } = useTranslation('merchant');
  const { merchants, chosen, choose, error, refetch } = useMerchants();
  if (error && !merchants)
    return (
      <>
        <PageHeader title={t('nav.today')} />
        <ErrorState error={error} onRetry={refetch} />
      </>
    );
  if (!merchants) return <Skeleton h={240} radius="md" />;
  if (!chosen)
    return (
      <>
        <PageHeader title={t('nav.today')} />
        <EmptyState icon={IconBuildingStore} title={t('frame.none')} text={t('frame.noneText')} />
      </>
    );
  return (
    <MerchantContext value={chosen}>
      {merchants.length > 1 && (
        <Group justify="flex-end" mb="sm">
          <Select
            aria-label={t('frame.merchant')}
            leftSection={<IconBuildingStore size={18} aria-hidden />}
            data={merchants.map(({ id, number, name }) => ({ value: id, label: `${number} · ${name}` }))}
            value={chosen.id}
            onChange={(id) => id && choose(id)}
            allowDeselect={false}
            searchable={merchants.length > 8}
            w={{ base: '100%', xs: 320 }}
          />
        </Group>
      )}
      <Outlet key={chosen.id} />
    </MerchantContext>
  );
}
