import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useMerchantNames } from '../../shared/merchant-names.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { BookMovement } from '../stock/book-movement.tsx';

type Movement = ItemOf<'GET /stock-movements'>;

/** The stock ledger: what came in and what left, and where the house books by hand. */
export function StockPage() {
  const { t } = useTranslation('finance');
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId', 'sku']);
  const list = useApiList('GET /stock-movements', values as Filters<'GET /stock-movements'>, { live: true });
  return (
    <>
      <PageHeader
        title={t('stock.title')}
        back="/finance/storage"
        lead={t('stock.lead')}
        actions={<BookMovement key={values.merchantId ?? ''} merchantId={values.merchantId} />}
      />
      <Stack gap="md">
        <FilterBar
          fields={[
            { name: 'merchantId', label: t('run.merchant'), kind: 'merchant' },
            { name: 'sku', label: t('stock.sku'), kind: 'text' },
          ]}
          values={values}
          onChange={change}
          onClear={clear}
        />
        <DataList
          name="stock-movements"
          list={list}
          columns={useColumns()}
          keyOf={({ id }) => id}
          empty={{ title: t('stock.emptyTitle'), text: t('stock.emptyText') }}
          isFiltered={isFiltered}
          onClearFilters={clear}
        />
      </Stack>
    </>
  );
}

function useColumns(): Column<Movement>[] {
  const { t } = useTranslation('finance');
  const { labelOf } = useMerchantNames();
  const article = ({ sku, name, quality }: Movement) =>
    [sku ?? t('stock.unknown'), name, quality === 'b' && t('stock.quality')].filter(Boolean).join(' · ');
  const from = ({ source, sourceNumber }: Movement) => t(`stock.sources.${source}`, { number: sourceNumber });
  return [
    { key: 'sku', label: t('stock.sku'), render: article, csv: article },
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ merchantId }) => labelOf(merchantId) ?? '–',
      csv: ({ merchantId }) => labelOf(merchantId),
    },
    {
      key: 'day',
      label: t('stock.day'),
      render: ({ serviceDate }) => <Day on={serviceDate} />,
      csv: ({ serviceDate }) => serviceDate,
    },
    {
      key: 'kind',
      label: t('stock.kind'),
      render: ({ kind }) => t(`stock.kinds.${kind}`),
      csv: ({ kind }) => t(`stock.kinds.${kind}`),
    },
    {
      key: 'quantity',
      label: t('stock.quantity'),
      numeric: true,
      render: ({ quantity }) => <Signed value={quantity} />,
      csv: ({ quantity }) => quantity,
    },
    { key: 'source', label: t('stock.source'), render: from, csv: from },
  ];
}

/** What comes has a plus, so that what leaves is seen. */
function Signed({ value }: { value: number }) {
  const { i18n } = useTranslation();
  const locale = i18n.language === 'en' ? 'en-GB' : 'de-DE';
  return new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value);
}
