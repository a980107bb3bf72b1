import { Button } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { useMerchantNames } from '../../shared/merchant-names.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { inForce } from '../rate-cards/card.ts';
import { houseToday } from '../runs/cutoffs.ts';

/** Every card: the base card of the house, and those of single merchants. */
export function RateCardsPage() {
  const { t } = useTranslation('finance');
  const list = useApiList('GET /rate-cards', {}, { live: true });
  return (
    <>
      <PageHeader
        title={t('cards.title')}
        lead={t('cards.lead')}
        actions={
          <>
            <Button component={Link} to="/finance/rate-cards/new" leftSection={<IconPlus size={18} aria-hidden />}>
              {t('cards.new')}
            </Button>
            <Button
              component={Link}
              to="/finance/rate-cards/import"
              variant="default"
              leftSection={<IconFileImport size={18} aria-hidden />}
            >
              {t('import.action')}
            </Button>
          </>
        }
      />
      <DataList
        name="rate-cards"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/rate-cards/${id}`}
        empty={{ title: t('cards.emptyTitle'), text: t('cards.emptyText') }}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /rate-cards'>>[] {
  const { t } = useTranslation('finance');
  const { nameOf } = useMerchantNames();
  const today = houseToday();
  const forWhom = ({ isBase, merchantId }: ItemOf<'GET /rate-cards'>) =>
    merchantId ? (nameOf(merchantId) ?? '–') : t(isBase ? 'cards.isBase' : 'cards.byContract');
  return [
    { key: 'name', label: t('cards.name'), render: ({ name }) => name, csv: ({ name }) => name },
    { key: 'code', label: t('cards.code'), render: ({ code }) => code, csv: ({ code }) => code },
    { key: 'for', label: t('cards.for'), render: forWhom, csv: forWhom },
    {
      key: 'version',
      label: t('cards.inForce'),
      render: (card) => inForce(card, today)?.version ?? '–',
      csv: (card) => inForce(card, today)?.version ?? null,
    },
    {
      key: 'from',
      label: t('cards.validFrom'),
      render: (card) => <Day on={inForce(card, today)?.validFrom} />,
      csv: (card) => inForce(card, today)?.validFrom ?? null,
    },
    {
      key: 'count',
      label: t('cards.versions'),
      numeric: true,
      render: ({ versions }) => versions.length,
      csv: ({ versions }) => versions.length,
    },
  ];
}
