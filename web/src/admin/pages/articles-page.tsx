import { Image } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { NewArticle } from '../articles/new-article.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';

type Article = ItemOf<'GET /articles'>;
const FILTERS = ['q', 'group', 'active', 'merchantId'] as const;

export function ArticlesPage() {
  const { t } = useTranslation('admin');
  const { values, change, clear, isFiltered } = useUrlFilters(FILTERS);
  const list = useApiList('GET /articles', values as Filters<'GET /articles'>, { live: true });
  return (
    <>
      <PageHeader
        title={t('articles.title')}
        lead={t('articles.lead')}
        actions={<NewArticle {...(values.merchantId ? { merchantId: values.merchantId } : {})} />}
      />
      <MerchantSelect
        label={t('articles.merchant')}
        placeholder={t('articles.everyMerchant')}
        value={values.merchantId ?? null}
        onChange={(merchantId) => change({ merchantId })}
        clearButtonProps={{ 'aria-label': t('articles.everyMerchant') }}
        maw={420}
        mb="sm"
      />
      <FilterBar
        fields={[
          { name: 'q', label: t('articles.search'), kind: 'text' },
          { name: 'group', label: t('articles.group'), kind: 'text' },
          {
            name: 'active',
            label: t('articles.state'),
            kind: 'select',
            options: [
              { value: 'true', label: t('articles.active') },
              { value: 'false', label: t('articles.inactive') },
            ],
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="articles"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/admin/articles/${id}`}
        empty={{ title: t('articles.emptyTitle'), text: t('articles.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<Article>[] {
  const { t } = useTranslation('admin');
  const state = ({ active }: Article) => t(active ? 'articles.active' : 'articles.inactive');
  return [
    { key: 'sku', label: t('articles.sku'), render: ({ sku }) => sku, csv: ({ sku }) => sku },
    {
      key: 'name',
      label: t('articles.name'),
      render: ({ name }) => name || t('articles.unnamed'),
      csv: ({ name }) => name,
    },
    {
      key: 'picture',
      label: t('articles.picture'),
      render: ({ picture }) =>
        picture ? <Image src={picture.links.thumb} alt="" w={40} h={40} radius="sm" fit="cover" /> : '–',
    },
    {
      key: 'eans',
      label: t('articles.eans'),
      render: ({ eans }) => eans.join(', '),
      csv: ({ eans }) => eans.join(' '),
    },
    { key: 'group', label: t('articles.group'), render: ({ group }) => group ?? '–', csv: ({ group }) => group },
    {
      key: 'weight',
      label: t('articles.weight'),
      numeric: true,
      render: ({ weightGrams }) => (weightGrams === null ? '–' : `${weightGrams} g`),
      csv: ({ weightGrams }) => weightGrams,
    },
    {
      key: 'active',
      label: t('articles.state'),
      render: (article) => <ToneBadge tone={article.active ? 'good' : 'quiet'} label={state(article)} />,
      csv: state,
    },
  ];
}
