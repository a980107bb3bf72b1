import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { JobBadge } from '../../shared/jobs/job-badge.tsx';
import { JOB_TONE, useAmount, type Job, type JobItem } from '../../shared/jobs/job.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMerchant } from '../merchants.ts';

const STATES = Object.keys(JOB_TONE) as Job['state'][];

/** Everything the house did, or would like to do, out of the ordinary. */
export function SpecialJobsPage() {
  const { t } = useTranslation('jobs');
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['state']);
  const filters = { merchantId, ...values } as Filters<'GET /special-jobs'>;
  const list = useApiList('GET /special-jobs', filters, { live: true });
  return (
    <>
      <PageHeader title={t('title')} lead={t('merchant.lead')} />
      <FilterBar
        fields={[
          {
            ...{ name: 'state', label: t('catalogue.state'), kind: 'select' as const },
            options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-special-jobs"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/special-jobs/${id}`}
        empty={{ title: t('emptyTitle'), text: t('merchant.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<JobItem>[] {
  const { t } = useTranslation('jobs');
  const { day } = useFormats();
  const amount = useAmount();
  const billed = (job: JobItem) => (job.state === 'signed_off' ? amount(job.quantity, job.unit) : undefined);
  return [
    { key: 'number', label: t('facts.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'description',
      label: t('facts.description'),
      render: ({ description }) => description,
      csv: ({ description }) => description,
    },
    {
      key: 'state',
      label: t('catalogue.state'),
      render: ({ state }) => <JobBadge state={state} toMerchant />,
      csv: ({ state }) => t(`state.${state}`),
    },
    {
      key: 'estimate',
      label: t('facts.estimate'),
      numeric: true,
      render: (job) => amount(job.estimatedQuantity, job.unit),
      csv: (job) => amount(job.estimatedQuantity, job.unit),
    },
    {
      key: 'billed',
      label: t('facts.billed'),
      numeric: true,
      render: (job) => billed(job) ?? '–',
      csv: billed,
    },
    {
      key: 'opened',
      label: t('facts.opened'),
      render: ({ openedOn }) => day(openedOn),
      csv: ({ openedOn }) => openedOn,
    },
    {
      key: 'signedOff',
      label: t('facts.signedOff'),
      render: ({ serviceDate }) => (serviceDate ? day(serviceDate) : '–'),
      csv: ({ serviceDate }) => serviceDate,
    },
  ];
}
