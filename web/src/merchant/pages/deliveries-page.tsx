import { Button, Group } from '@mantine/core';
import { IconFileSpreadsheet, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import {
  DeliveryBadge,
  Differences,
  useDifferences,
  useLoad,
  type DeliveryItem,
} from '../../shared/deliveries/words.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMayDecide, useMerchant } from '../merchants.ts';

const STATES = ['announced', 'received', 'closed', 'cancelled'] as const;

/** What the merchant sends to the warehouse, and what came of it. */
export function DeliveriesPage() {
  const { t } = useTranslation('deliveries');
  const { id: merchantId } = useMerchant();
  const mayAnnounce = useMayDecide();
  const { values, change, clear, isFiltered } = useUrlFilters(['state']);
  const list = useApiList('GET /goods-in', { merchantId, ...values } as Filters<'GET /goods-in'>, { live: true });
  return (
    <>
      <PageHeader
        title={t('merchant.title')}
        lead={t('merchant.lead')}
        actions={
          mayAnnounce && (
            <Group gap="xs">
              <Button
                component={Link}
                to={'/merchant/goods-in/import' as never}
                variant="default"
                leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
              >
                {t('merchant.file')}
              </Button>
              <Button
                component={Link}
                to={'/merchant/goods-in/announce' as never}
                leftSection={<IconPlus size={18} aria-hidden />}
              >
                {t('merchant.announce')}
              </Button>
            </Group>
          )
        }
      />
      <FilterBar
        fields={[
          {
            name: 'state',
            label: t('facts.state'),
            kind: 'select',
            options: STATES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-deliveries"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/goods-in/${id}`}
        empty={{ title: t('merchant.emptyTitle'), text: t('merchant.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<DeliveryItem>[] {
  const { t } = useTranslation('deliveries');
  const { number } = useFormats();
  const load = useLoad();
  const differences = useDifferences();
  return [
    {
      key: 'reference',
      label: t('facts.reference'),
      render: ({ reference }) => reference,
      csv: ({ reference }) => reference,
    },
    {
      key: 'expectedOn',
      label: t('facts.expectedOn'),
      render: ({ expectedOn }) => <Day on={expectedOn} />,
      csv: ({ expectedOn }) => expectedOn,
    },
    {
      key: 'state',
      label: t('facts.state'),
      render: ({ state }) => <DeliveryBadge state={state} />,
      csv: ({ state }) => t(`states.${state}`),
    },
    {
      key: 'pieces',
      label: t('facts.pieces'),
      numeric: true,
      render: ({ state, expectedPieces, receivedPieces }) =>
        number(state === 'closed' ? receivedPieces : expectedPieces),
      csv: ({ state, expectedPieces, receivedPieces }) => (state === 'closed' ? receivedPieces : expectedPieces),
    },
    {
      key: 'differences',
      label: t('facts.differences'),
      render: (one) => differences(one).length > 0 && <Differences delivery={one} />,
      csv: (one) =>
        differences(one)
          .map(({ label }) => label)
          .join(', '),
    },
    {
      key: 'load',
      label: t('facts.announcedLoad'),
      render: (one) => load(one.expectedPallets, one.expectedCartons) || '–',
      csv: (one) => load(one.expectedPallets, one.expectedCartons),
    },
    { key: 'number', label: t('facts.number'), render: ({ number }) => number, csv: ({ number }) => number },
  ];
}
