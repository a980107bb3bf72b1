import { Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useAuditWords } from './audit-words.ts';
import { differences, type Difference } from './differences.ts';
import { TrailValue } from './trail-value.tsx';
import classes from './trail.module.css';

export type AuditEntry = ItemOf<'GET /audit'>;

/** Who did what, newest first. @param filters  of one thing, of a merchant, or nothing for everything */
export function Trail(filters: Filters<'GET /audit'>) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const list = useApiList('GET /audit', filters, { pageSize: 30 });
  if (list.error && !list.items.length) return <ErrorState error={list.error} onRetry={list.refetch} />;
  if (list.isPending) return <Skeleton h={240} />;
  if (!list.items.length) return <EmptyState title={t('trail.emptyTitle')} text={t('trail.emptyText')} />;
  return (
    <Stack gap="sm">
      <StaleNotice error={list.error} refetch={list.refetch} />
      <ol className={classes.list} aria-label={t('trail.title')}>
        {list.items.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {list.hasMore && (
        <Group justify="center">
          <Button variant="default" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {common('action.loadMore')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('admin');
  const { actionOf } = useAuditWords();
  const changes = differences(entry.before, entry.after);
  return (
    <Card component="li" p="md">
      <Group justify="space-between" gap="xs" align="baseline">
        <Text fw={650}>{actionOf(entry.action)}</Text>
        <Text c="dimmed" fz="sm" component="span">
          <DateTime at={entry.at} />
        </Text>
      </Group>
      <Text c="dimmed" fz="sm">
        {t(`trail.by.${byOf(entry.actorKind)}`, { name: entry.actorName ?? entry.actorId })}
      </Text>
      {entry.reason && <Text mt={4}>{t('trail.reason', { reason: entry.reason })}</Text>}
      {changes.length > 0 && (
        <dl className={classes.changes}>
          {changes.map((change) => (
            <Change key={change.path} change={change} entity={entry.entity} />
          ))}
        </dl>
      )}
    </Card>
  );
}

function Change({ change: { path, before, after }, entity }: { change: Difference; entity: string }) {
  const { t } = useTranslation('admin');
  const { fieldOf } = useAuditWords();
  const shown = (value: string) => <TrailValue path={path} entity={entity} value={value} />;
  return (
    <div>
      <dt title={path}>{fieldOf(path)}</dt>
      <dd>
        {before !== undefined && <del aria-label={t('trail.before')}>{shown(before)}</del>}
        {before !== undefined && after !== undefined && ' → '}
        {after !== undefined && <ins aria-label={t('trail.after')}>{shown(after)}</ins>}
      </dd>
    </div>
  );
}

const byOf = (kind: string) => (kind === 'user' ? 'user' : kind === 'apiKey' ? 'apiKey' : 'system');
