import { Button, SegmentedControl, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { ListSkeleton } from '../parts/list-skeleton.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ManyAtOnce } from '../decisions/many-at-once.tsx';
import { OneByOne } from '../decisions/one-by-one.tsx';
import { TakenNotice } from '../decisions/taken-notice.tsx';
import { useMayDecide, useMerchant } from '../merchants.ts';

/** Everything that waits for the merchant, one after the other or many at once. */
export function DecisionsPage() {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const { id: merchantId } = useMerchant();
  const mayDecide = useMayDecide();
  const [taken, setTaken] = useState(false);
  const { values, change } = useUrlFilters(['view']);
  const list = useApiList('GET /decisions', { merchantId }, { live: ['returns'], pageSize: 100 });
  const view = values.view === 'many' && mayDecide ? 'many' : 'one';
  const hear = (outcome: 'done' | 'taken') => setTaken(outcome === 'taken');
  return (
    <>
      <PageHeader
        title={t('decisions.title')}
        lead={t('decisions.lead')}
        actions={
          mayDecide &&
          list.items.length > 1 && (
            <SegmentedControl
              size="md"
              aria-label={t('decisions.view')}
              value={view}
              onChange={(chosen) => change({ view: chosen === 'many' ? 'many' : undefined })}
              data={[
                { value: 'one', label: t('decisions.one') },
                { value: 'many', label: t('decisions.many') },
              ]}
            />
          )
        }
      />
      <Stack gap="md">
        {taken && <TakenNotice onClose={() => setTaken(false)} />}
        {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
        {list.isPending && <ListSkeleton />}
        {!list.isPending && !list.error && !list.items.length && (
          <EmptyState icon={IconCircleCheck} title={t('today.nothingToDecide')} text={t('today.nothingToDecideText')} />
        )}
        {list.items.length > 0 &&
          (view === 'one' ? (
            <OneByOne questions={list.items} onDone={hear} />
          ) : (
            <ManyAtOnce questions={list.items} onDone={hear} />
          ))}
        {list.hasMore && (
          <Button variant="default" mx="auto" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {c('action.loadMore')}
          </Button>
        )}
      </Stack>
    </>
  );
}
