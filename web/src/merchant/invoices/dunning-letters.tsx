import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { DataList } from '../../shared/data-list.tsx';
import { useLetterColumns } from '../../shared/dunning/letter-columns.tsx';
import { Notice } from '../../shared/notice.tsx';

/** How the merchant's invoices are paid, and what it was reminded of; nothing where there is neither. */
export function MandateLine({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('merchant');
  const { items } = useApiList('GET /mandates', { merchantId, state: 'active' }, { live: ['direct-debits'] });
  const [mandate] = items;
  if (!mandate) return null;
  const { reference, iban } = mandate;
  return <Notice tone="info">{t('invoices.collected', { reference, iban })}</Notice>;
}

export function DunningLetters({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('dunning');
  const list = useApiList('GET /dunning-letters', { merchantId }, { live: ['dunning'] });
  const columns = useLetterColumns({ forHouse: false });
  if (!list.items.length) return null;
  return (
    <Stack gap="sm" mt="xl" component="section" aria-label={t('letter.title')}>
      <Title order={2} size="h4">
        {t('letter.title')}
      </Title>
      <DataList
        name="merchant-dunning-letters"
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={{ title: t('letter.emptyTitle') }}
      />
    </Stack>
  );
}
