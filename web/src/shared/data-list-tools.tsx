import { Button, Checkbox, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconColumns3, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveBlob } from '../app/api/client.ts';
import { toCsv } from './csv.ts';
import type { Column, DataListProps } from './data-list.tsx';
import { useErrorText } from './error-text.ts';
import { sheetValue } from './sheet-value.ts';

/** Beside the count of the list there is room for both on a phone. */
const NARROW = { base: 'xs', sm: 'md' };

interface ColumnChoiceProps<Item> {
  columns: readonly Column<Item>[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

/** Which columns are seen. */
export function ColumnChoice<Item>({ columns, hidden, onChange }: ColumnChoiceProps<Item>) {
  const { t } = useTranslation();
  const toggle = (key: string) =>
    onChange(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]);
  return (
    <Menu closeOnItemClick={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="subtle" px={NARROW} leftSection={<IconColumns3 size={18} aria-hidden />}>
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

/** A browser keeps the sheet in memory until it is saved. */
const MOST_ROWS = 10_000;

/** Saves all that the filters let through as a sheet. */
export function Export<Item>({ name, list, columns }: DataListProps<Item>) {
  const { t, i18n } = useTranslation();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const written = columns.filter(({ csv }) => csv);
  if (!written.length) return null;
  const save = async () => {
    setBusy(true);
    try {
      const found = await list.all(MOST_ROWS + 1);
      const items = found.slice(0, MOST_ROWS);
      const rows = items.map((item) => written.map(({ csv }) => sheetValue(csv!(item), i18n.language)));
      saveBlob(
        toCsv(
          written.map(({ label }) => label),
          rows,
        ),
        `${name}.csv`,
      );
      const count = items.length;
      if (found.length > count) notifications.show({ message: t('list.exportCut', { count }), autoClose: false });
      else notifications.show({ message: t('list.exported', { count }) });
    } catch (error) {
      notifications.show({ message: errorText(error), color: 'red' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="subtle"
      px={NARROW}
      loading={busy}
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => void save()}
    >
      {t('action.exportCsv')}
    </Button>
  );
}
