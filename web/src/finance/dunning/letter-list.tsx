import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList } from '../../shared/data-list.tsx';
import { useLetterColumns } from '../../shared/dunning/letter-columns.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

const DELIVERIES = ['queued', 'sent', 'bounced'] as const;
const DOCUMENTS = ['pending', 'ready', 'parked'] as const;

/** Every letter that was issued, with its document. */
export function DunningLetterList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear } = useUrlFilters(['merchantId', 'document', 'delivery']);
  const list = useApiList('GET /dunning-letters', values as Filters<'GET /dunning-letters'>, {
    // deliveries are told with those of invoices
    live: ['dunning', 'invoices'],
  });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('merchant'), kind: 'merchant' },
          {
            ...{ name: 'delivery', label: t('letter.delivery'), kind: 'select' },
            options: DELIVERIES.map((value) => ({ value, label: t(`letter.deliveries.${value}`) })),
          },
          {
            ...{ name: 'document', label: t('letter.document'), kind: 'select' },
            options: DOCUMENTS.map((value) => ({ value, label: t(`letter.documents.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="dunning-letters"
        list={list}
        columns={useLetterColumns({ forHouse: true })}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/dunning-letters/${id}`}
        empty={{ title: t('letter.emptyTitle'), text: t('letter.emptyText') }}
        isFiltered={Boolean(values.merchantId ?? values.document ?? values.delivery)}
        onClearFilters={clear}
      />
    </Stack>
  );
}
