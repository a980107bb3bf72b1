import { Group, Image } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMerchant } from '../merchants.ts';

/** What the house knows of the merchant's goods. */
export function ArticlesPage() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['q', 'active']);
  const list = useApiList('GET /articles', { merchantId, ...values } as Filters<'GET /articles'>, { live: true });
  return (
    <>
      <PageHeader title={t('articles.title')} lead={t('articles.lead')} />
      <FilterBar
        fields={[
          { name: 'q', label: t('articles.search'), kind: 'text' },
          {
            name: 'active',
            label: t('articles.active'),
            kind: 'select',
            options: [
              { value: 'true', label: t('articles.yes') },
              { value: 'false', label: t('articles.no') },
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-articles"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/articles/${id}`}
        empty={{ title: t('articles.emptyTitle'), text: t('articles.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /articles'>>[] {
  const { t } = useTranslation('merchant');
  const { number } = useFormats();
  return [
    {
      key: 'name',
      label: t('articles.name'),
      render: ({ name, sku, picture }) => (
        <Group gap="sm" wrap="nowrap" component="span">
          {picture ? (
            <Image src={picture.links.thumb} alt="" w={40} h={40} radius="sm" fit="cover" />
          ) : (
            <IconPhoto size={40} stroke={1} aria-hidden />
          )}
          {name || sku}
        </Group>
      ),
      csv: ({ name }) => name,
    },
    { key: 'sku', label: t('articles.sku'), render: ({ sku }) => sku, csv: ({ sku }) => sku },
    {
      key: 'eans',
      label: t('articles.eans'),
      render: ({ eans }) => eans.join(', ') || '–',
      csv: ({ eans }) => eans.join(' '),
    },
    {
      key: 'weight',
      label: t('articles.weight'),
      numeric: true,
      render: ({ weightGrams }) => (weightGrams ? `${number(weightGrams)} g` : '–'),
      csv: ({ weightGrams }) => weightGrams,
    },
    {
      key: 'condition',
      label: t('articles.condition'),
      render: ({ condition }) => t(`articles.conditions.${condition}`),
      csv: ({ condition }) => t(`articles.conditions.${condition}`),
      hidden: true,
    },
  ];
}
