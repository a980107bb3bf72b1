import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList } from '../../shared/data-list.tsx';
import { useLetterColumns } from '../../shared/dunning/letter-columns.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

/** Every letter that was issued, with its document. */
export function DunningLetterList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear } = useUrlFilters(['merchantId']);
  const list = useApiList('GET /dunning-letters', values as Filters<'GET /dunning-letters'>, { live: ['dunning'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[{ name: 'merchantId', label: t('merchant'), kind: 'merchant' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="dunning-letters"
        list={list}
        columns={useLetterColumns({ withMerchant: true })}
        keyOf={({ id }) => id}
        empty={{ title: t('letter.emptyTitle'), text: t('letter.emptyText') }}
        isFiltered={Boolean(values.merchantId)}
        onClearFilters={clear}
      />
    </Stack>
  );
}
