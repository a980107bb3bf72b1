import { Box, Button, Card, Checkbox, Group, Menu, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconColumns3, IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiList } from '../app/api/queries.ts';
import { saveBlob } from '../app/api/client.ts';
import { toCsv, type CsvValue } from './csv.ts';
import classes from './data-list.module.css';
import { EmptyState, type EmptyStateProps } from './empty-state.tsx';
import { ErrorState } from './error-state.tsx';
import { useErrorText } from './error-text.ts';

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

function Rows<Item>({ list, columns, keyOf, linkOf }: DataListProps<Item>) {
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover={Boolean(linkOf)}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, label, numeric }) => (
              <Table.Th key={key} scope="col" className={numeric ? 'numeric' : undefined}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.items.map((item) => (
            <Table.Tr key={keyOf(item)} className={linkOf && classes.row}>
              {columns.map(({ key, numeric, render }, index) => (
                <Table.Td key={key} className={numeric ? 'numeric' : undefined}>
                  {index === 0 && linkOf ? (
                    <Link to={linkOf(item)} className={classes.link}>
                      {render(item)}
                    </Link>
                  ) : (
                    render(item)
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface RowCardProps<Item> {
  item: Item;
  columns: readonly Column<Item>[];
  link: string | undefined;
}

function RowCard<Item>({ item, columns: [first, ...others], link }: RowCardProps<Item>) {
  return (
    <Card component="li" p="md" className={classes.card}>
      <Text component="div" fw={600} mb={6}>
        {link ? (
          <Link to={link} className={classes.link}>
            {first!.render(item)}
          </Link>
        ) : (
          first!.render(item)
        )}
      </Text>
      <dl className={classes.facts}>
        {others.map(({ key, label, render, numeric }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd className={numeric ? 'tabular' : undefined}>{render(item)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

interface ColumnChoiceProps<Item> {
  columns: readonly Column<Item>[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

function ColumnChoice<Item>({ columns, hidden, onChange }: ColumnChoiceProps<Item>) {
  const { t } = useTranslation();
  const toggle = (key: string) =>
    onChange(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]);
  return (
    <Menu closeOnItemClick={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="subtle" leftSection={<IconColumns3 size={18} aria-hidden />}>
          {t('action.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.slice(1).map(({ key, label }) => (
          <Menu.Item
            key={key}
            role="menuitemcheckbox"
            aria-checked={!hidden.includes(key)}
            onClick={() => toggle(key)}
            leftSection={<Checkbox.Indicator checked={!hidden.includes(key)} aria-hidden />}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Export<Item>({ name, list, columns }: DataListProps<Item>) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const written = columns.filter(({ csv }) => csv);
  if (!written.length) return null;
  const save = async () => {
    setBusy(true);
    try {
      const items = await list.all();
      const rows = items.map((item) => written.map(({ csv }) => csv!(item)));
      saveBlob(
        toCsv(
          written.map(({ label }) => label),
          rows,
        ),
        `${name}.csv`,
      );
      notifications.show({ message: t('list.exported', { count: items.length }) });
    } catch (error) {
      notifications.show({ message: errorText(error), color: 'red' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="subtle"
      loading={busy}
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => void save()}
    >
      {t('action.exportCsv')}
    </Button>
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
