import { Card, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Column, DataListProps } from './data-list.tsx';
import classes from './data-list.module.css';

/** The list on a desk. */
export function Rows<Item>({
  list,
  columns,
  keyOf,
  linkOf,
}: Pick<DataListProps<Item>, 'list' | 'columns' | 'keyOf' | 'linkOf'>) {
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

/** A row on a phone. */
export function RowCard<Item>({ item, columns: [first, ...others], link }: RowCardProps<Item>) {
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
        {others.map(({ key, label, render, numeric, wide }) => {
          const value = render(item);
          if (value === null || value === false || value === '') return null;
          return (
            <div key={key} data-wide={wide || undefined}>
              <dt>{label}</dt>
              <dd className={numeric ? 'tabular' : undefined}>{value}</dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
