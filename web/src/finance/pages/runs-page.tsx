import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { FinalRun } from '../runs/final-run.tsx';
import { RunCalendar } from '../runs/run-calendar.tsx';
import { LIVE_RUNS } from '../runs/run.ts';
import { StartRun } from '../runs/start-run.tsx';

export function RunsPage() {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const list = useApiList('GET /billing-runs', {}, { live: LIVE_RUNS, pageSize: 24 });
  return (
    <>
      <PageHeader
        title={t('runs.title')}
        lead={t('runs.lead')}
        actions={
          <>
            <StartRun />
            <FinalRun />
          </>
        }
      />
      {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
      {list.isPending && <Skeleton h={320} radius="md" />}
      {!list.isPending && !(list.error && !list.items.length) && (
        <Stack gap="lg">
          <StaleNotice error={list.error} refetch={list.refetch} />
          <RunCalendar runs={list.items} today={houseToday()} />
          {list.hasMore && (
            <Group justify="center">
              <Button variant="default" size="md" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
                {c('action.loadMore')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </>
  );
}
