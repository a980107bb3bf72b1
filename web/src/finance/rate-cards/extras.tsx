import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Adjustment, Minimum } from './card.ts';
import { useRateWords } from './rate-words.ts';
import classes from './rate-cards.module.css';

export interface ExtrasProps<Item> {
  items: readonly Item[];
  errorOf?: (index: number) => string | undefined;
  actions?: (item: Item, index: number) => ReactNode;
}

/** Surcharges and discounts: how much, on what, when. */
export function Adjustments({ items, errorOf, actions }: ExtrasProps<Adjustment>) {
  const { t, i18n } = useTranslation('finance');
  const { scopeOf, valueOfAdjustment, periodOf } = useRateWords();
  if (!items.length) return <Text c="dimmed">{t('adjustment.none')}</Text>;
  return (
    <ul className={classes.list}>
      {items.map((one, index) => (
        <Entry
          key={`${one.key}-${index}`}
          name={one.label[i18n.language === 'en' ? 'en' : 'de']}
          value={valueOfAdjustment(one)}
          text={`${scopeOf(one)} · ${periodOf(one)}`}
          error={errorOf?.(index)}
          actions={actions?.(one, index)}
        />
      ))}
    </ul>
  );
}

/** What has to come together in a month. */
export function Minimums({ items, errorOf, actions }: ExtrasProps<Minimum>) {
  const { t, i18n } = useTranslation('finance');
  const { minimumOf } = useRateWords();
  if (!items.length) return <Text c="dimmed">{t('minimum.none')}</Text>;
  return (
    <ul className={classes.list}>
      {items.map((one, index) => (
        <Entry
          key={`${one.key}-${index}`}
          name={one.label[i18n.language === 'en' ? 'en' : 'de']}
          text={minimumOf(one)}
          error={errorOf?.(index)}
          actions={actions?.(one, index)}
        />
      ))}
    </ul>
  );
}

interface EntryProps {
  name: string;
  value?: string;
  text: string;
  error: string | undefined;
  actions: ReactNode;
}

function Entry({ name, value, text, error, actions }: EntryProps) {
  return (
    <li className={classes.entry}>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>
            {name}
            {value && `: ${value}`}
          </Text>
          <Text fz="sm" c="dimmed">
            {text}
          </Text>
        </div>
        {actions && <Group gap={4}>{actions}</Group>}
      </Group>
      {error && (
        <Text fz="sm" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </li>
  );
}
