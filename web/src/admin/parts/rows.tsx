import { ActionIcon, Button, Collapse, Group, Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconGripVertical,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyed, type Keyed } from './keyed.ts';
import classes from './rows.module.css';

export interface RowsProps<Item> {
  /** What the list is, for screen readers. */
  label: string;
  items: readonly Item[];
  onChange: (items: Item[]) => void;
  /** What one row is called: it names its buttons. */
  nameOf: (item: Item, index: number) => string;
  /** One line that says what the row holds; with it a row is folded until somebody opens it. */
  summaryOf?: (item: Item, index: number) => ReactNode;
  /** The fields of a row. */
  render: (item: Item, change: (item: Item) => void, index: number) => ReactNode;
  /** Whether the order means something: rows can then be dragged and moved by buttons. */
  ordered?: boolean;
  /** Marks a row, for example the one that fits. */
  isMarked?: (item: Item, index: number) => boolean;
  /** A message about a row as a whole. */
  errorOf?: (index: number) => string | undefined;
  addLabel: string;
  make: () => Item;
  max: number;
  readOnly?: boolean;
}

/** A list of things to edit, in an order: rows are added, changed, moved and removed. Nothing is stored here. */
export function Rows<Item>(props: RowsProps<Item>) {
  const { label, items, onChange, addLabel, make, max, readOnly } = props;
  const { rows, actions } = useKeyed(items, onChange);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [dragged, setDragged] = useState<number>();
  const toggle = (key: number) => setOpened((old) => (old.has(key) ? without(old, key) : new Set([...old, key])));
  return (
    <>
      {rows.length > 0 && (
        <ol aria-label={label} className={classes.list}>
          {rows.map((row, index) => (
            <Row
              key={row.key}
              {...props}
              row={row}
              index={index}
              count={rows.length}
              actions={actions}
              opened={!props.summaryOf || opened.has(row.key)}
              onToggle={() => toggle(row.key)}
              dragged={dragged}
              onDrag={setDragged}
            />
          ))}
        </ol>
      )}
      {!readOnly && (
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          disabled={items.length >= max}
          onClick={() => {
            const key = actions.add(make());
            setOpened((old) => new Set([...old, key]));
          }}
          w="fit-content"
        >
          {addLabel}
        </Button>
      )}
    </>
  );
}

interface RowProps<Item> extends RowsProps<Item> {
  row: Keyed<Item>;
  index: number;
  count: number;
  actions: ReturnType<typeof useKeyed<Item>>['actions'];
  opened: boolean;
  onToggle: () => void;
  dragged: number | undefined;
  onDrag: (index: number | undefined) => void;
}

function Row<Item>(props: RowProps<Item>) {
  const { row, index, nameOf, summaryOf, render, ordered, readOnly, opened, actions, dragged, onDrag } = props;
  const element = useRef<HTMLLIElement>(null);
  const error = props.errorOf?.(index);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== undefined && dragged !== index) actions.move(dragged, index);
    onDrag(undefined);
  };
  return (
    <li
      ref={element}
      className={classes.row}
      data-marked={props.isMarked?.(row.item, index) || undefined}
      data-dragged={dragged === index || undefined}
      data-wrong={error ? true : undefined}
      onDragOver={dragged === undefined ? undefined : (event) => event.preventDefault()}
      onDrop={dragged === undefined ? undefined : drop}
    >
      <div className={classes.head}>
        {ordered && !readOnly && (
          <span
            className={classes.grip}
            draggable
            aria-hidden
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setDragImage(element.current!, 16, 16);
              onDrag(index);
            }}
            onDragEnd={() => onDrag(undefined)}
          >
            <IconGripVertical size={20} />
          </span>
        )}
        {ordered && <span className={classes.number}>{index + 1}</span>}
        {summaryOf ? (
          <UnstyledButton className={classes.summary} aria-expanded={opened} onClick={props.onToggle}>
            <span className={classes.words}>{summaryOf(row.item, index)}</span>
            <IconChevronDown size={20} aria-hidden className={classes.chevron} data-opened={opened || undefined} />
          </UnstyledButton>
        ) : (
          <div className={classes.fields}>{render(row.item, (item) => actions.replace(index, item), index)}</div>
        )}
        {!readOnly && <RowButtons {...props} name={nameOf(row.item, index)} />}
      </div>
      {error && (
        <Text c="var(--mantine-color-error)" fz="sm" role="alert">
          {error}
        </Text>
      )}
      {summaryOf && (
        <Collapse expanded={opened}>
          {opened && (
            <div className={classes.body}>{render(row.item, (item) => actions.replace(index, item), index)}</div>
          )}
        </Collapse>
      )}
    </li>
  );
}

function RowButtons<Item>({ index, count, ordered, actions, name }: RowProps<Item> & { name: string }) {
  const { t } = useTranslation('admin');
  return (
    <Group gap={0} wrap="nowrap" className={classes.buttons}>
      {ordered && (
        <>
          <ActionIcon
            aria-label={t('rows.up', { name })}
            disabled={index === 0}
            onClick={() => actions.move(index, index - 1)}
          >
            <IconArrowUp size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon
            aria-label={t('rows.down', { name })}
            disabled={index === count - 1}
            onClick={() => actions.move(index, index + 1)}
          >
            <IconArrowDown size={20} aria-hidden />
          </ActionIcon>
        </>
      )}
      <ActionIcon aria-label={t('rows.remove', { name })} onClick={() => actions.remove(index)}>
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

const without = (keys: ReadonlySet<number>, key: number) => new Set([...keys].filter((one) => one !== key));
