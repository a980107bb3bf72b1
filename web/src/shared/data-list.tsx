import { Box, Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiList } from '../app/api/queries.ts';
import type { CsvValue } from './csv.ts';
import classes from './data-list.module.css';
import { RowCard, Rows } from './data-list-rows.tsx';
import { ColumnChoice, Export } from './data-list-tools.tsx';
import { EmptyState, type EmptyStateProps } from './empty-state.tsx';
import { ErrorState } from './error-state.tsx';
import { StaleNotice } from './stale-notice.tsx';

export interface Column<Item> {
  key: string;
  label: string;
  render: (item: Item) => ReactNode;
  /** Right-aligned, in tabular figures. */
  numeric?: boolean;
  /** What the export writes; a column without it is left out there. */
  csv?: (item: Item) => CsvValue;
  /** Shown only when somebody chooses it. */
  hidden?: boolean;
  /** Takes the whole width of its card on a phone. */
  wide?: boolean;
}

export interface DataListProps<Item> {
  /** Names the list: its saved choice of columns and its export. */
  name: string;
  list: ApiList<Item>;
  /** The first one names the row: on a phone it is the head of its card. */
  columns: readonly Column<Item>[];
  keyOf: (item: Item) => string;
  /** Address of what a row stands for. */
  linkOf?: (item: Item) => string;
  empty: EmptyStateProps;
  isFiltered?: boolean;
  onClearFilters?: () => void;
}

/** A list of the API: a table on a desk, cards on a phone; grows by "load more", exports all that the filters let through. */
export function DataList<Item>(props: DataListProps<Item>) {
  const { list, columns, name } = props;
  const { t } = useTranslation();
  const [hidden, setHidden] = useLocalStorage<string[]>({
    key: `kontor.columns.${name}`,
    defaultValue: columns.filter((column) => column.hidden).map(({ key }) => key),
  });
  const shown = columns.filter(({ key }, index) => index === 0 || !hidden.includes(key));
  if (list.error && !list.items.length) return <ErrorState error={list.error} onRetry={list.refetch} />;
  if (list.isPending) return <Loading />;
  if (!list.items.length) return <Nothing {...props} />;
  const count = list.items.length;
  return (
    <Stack gap="sm">
      <StaleNotice error={list.error} refetch={list.refetch} />
      <Group justify="space-between">
        <Text c="dimmed" fz="sm" role="status">
          {list.hasMore ? t('list.shownMore', { count }) : t('list.shown', { count })}
        </Text>
        <Group gap="xs">
          <ColumnChoice columns={columns} hidden={hidden} onChange={setHidden} />
          <Export {...props} />
        </Group>
      </Group>
      <Card p={0} visibleFrom="sm" className={classes.frame}>
        <Rows {...props} columns={shown} />
      </Card>
      <Stack gap="sm" hiddenFrom="sm" component="ul" className={classes.cards}>
        {list.items.map((item) => (
          <RowCard key={props.keyOf(item)} item={item} columns={shown} link={props.linkOf?.(item)} />
        ))}
      </Stack>
      {list.hasMore && (
        <Group justify="center">
          <Button variant="default" size="md" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {t('action.loadMore')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Nothing<Item>({ isFiltered, onClearFilters, empty }: DataListProps<Item>) {
  const { t } = useTranslation();
  if (!isFiltered) return <EmptyState {...empty} />;
  return (
    <EmptyState title={t('list.emptyFiltered')} text={t('list.emptyFilteredText')}>
      {onClearFilters && (
        <Button variant="default" onClick={onClearFilters}>
          {t('action.clearFilters')}
        </Button>
      )}
    </EmptyState>
  );
}

function Loading() {
  return (
    <Box aria-busy>
      <Stack gap="sm">
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} h={52} radius="md" />
        ))}
      </Stack>
    </Box>
  );
}
