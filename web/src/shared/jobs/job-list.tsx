import { Button, Card, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { useMerchantNames } from '../merchant-names.ts';
import { PageHeader } from '../page-header.tsx';
import { useUrlFilters } from '../url-filters.ts';
import { JobBadge } from './job-badge.tsx';
import classes from './job-list.module.css';
import { useAmount, useWorked, type JobItem } from './job.ts';

const STATES = ['unfinished', 'awaiting_approval', 'signed_off', 'cancelled'] as const;
type Shown = (typeof STATES)[number];
const isShown = (state: string | undefined): state is Shown => STATES.some((one) => one === state);

/** Special jobs as the house sees them. @param at  path of this list; a job lies below it */
export function StaffJobList({ at, actions }: { at: string; actions?: ReactNode }) {
  const { t } = useTranslation('jobs');
  const { t: c } = useTranslation();
  const { values, change } = useUrlFilters(['state', 'merchantId']);
  const state = isShown(values.state) ? values.state : 'unfinished';
  const merchantId = values.merchantId;
  const { nameOf } = useMerchantNames();
  const list = useApiList('GET /special-jobs', { state, ...(merchantId ? { merchantId } : {}) }, { live: true });
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader title={t('title')} lead={t('lead')} actions={actions} />
      <SegmentedControl
        aria-label={t('show')}
        size="md"
        className={classes.states}
        value={state}
        onChange={(next) => change({ state: next })}
        data={STATES.map((value) => ({ value, label: t(`filter.${value}`) }))}
      />
      <FilterBar
        fields={[{ name: 'merchantId', label: t('form.merchant'), kind: 'merchant' }]}
        values={values}
        onChange={change}
        onClear={() => change({ merchantId: undefined })}
      />
      {list.error && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.isPending && !list.error && <Skeleton h={96} radius="lg" />}
      {list.items.map((job) => (
        <JobCard key={job.id} job={job} to={`${at}/${job.id}`} merchant={nameOf(job.merchantId)} />
      ))}
      {list.hasMore && (
        <Button variant="default" h={56} loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {c('action.loadMore')}
        </Button>
      )}
      {!list.isPending && !list.error && !list.items.length && (
        <EmptyState icon={IconTool} title={t('emptyTitle')} text={t('emptyText')} />
      )}
    </Stack>
  );
}

function JobCard({ job, to, merchant }: { job: JobItem; to: string; merchant: string | undefined }) {
  const { t } = useTranslation('jobs');
  const { day } = useFormats();
  const amount = useAmount();
  const worked = useWorked();
  const soFar = worked(job);
  const done =
    job.state === 'signed_off'
      ? `${t('facts.billed')}: ${amount(job.quantity, job.unit)}`
      : soFar && `${t('facts.worked')}: ${soFar}`;
  return (
    <Card component={Link} to={to as never} p="md" className={classes.card}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Text fw={650} fz="lg">
            {job.description}
          </Text>
          <Text c="dimmed">{[merchant, job.number, day(job.openedOn)].filter(Boolean).join(' · ')}</Text>
          <Text>
            {[`${t('facts.estimate')}: ${amount(job.estimatedQuantity, job.unit)}`, done].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
        <JobBadge state={job.state} />
      </Group>
    </Card>
  );
}
