import { Select, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Section } from '../../shared/section.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { latestOf, type Card } from './card.ts';
import { useDiffWords } from './diff-words.ts';
import classes from './rate-cards.module.css';

type Diff = Output<'GET /rate-cards/{id}/diff'>;

/** What two versions of a card say differently, in words (E5). */
export function DiffView({ card }: { card: Card }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const last = latestOf(card).version;
  const [from, setFrom] = useState(String(Math.max(1, last - 1)));
  const [to, setTo] = useState(String(last));
  const versions = card.versions
    .toSorted((a, b) => b.version - a.version)
    .map(({ version, validFrom }) => ({
      value: String(version),
      label: t('explain.versionFrom', { version, from: day(validFrom) }),
    }));
  const query = { id: card.id, from: Number(from), to: Number(to) };
  const { data, error, refetch } = useApi('GET /rate-cards/{id}/diff', query, { enabled: from !== to });
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Select
          label={t('diff.from')}
          data={versions}
          value={from}
          allowDeselect={false}
          onChange={(v) => v && setFrom(v)}
        />
        <Select label={t('diff.to')} data={versions} value={to} allowDeselect={false} onChange={(v) => v && setTo(v)} />
      </Group>
      {from === to && <Text c="dimmed">{t('diff.same')}</Text>}
      {error && !data && from !== to && <ErrorState error={error} onRetry={refetch} />}
      {!data && !error && from !== to && <Skeleton h={160} radius="md" />}
      {data && from !== to && <Differences diff={data} card={card} />}
    </Stack>
  );
}

function Differences({ diff, card }: { diff: Diff; card: Card }) {
  const { t } = useTranslation('finance');
  const parts = ['rules', 'adjustments', 'minimums'] as const;
  const isEqual = parts.every(
    (part) => !diff[part].added.length && !diff[part].removed.length && !diff[part].changed.length,
  );
  if (isEqual) return <Text c="dimmed">{t('diff.none')}</Text>;
  return (
    <>
      {parts.map((part) => (
        <Part key={part} part={part} changes={diff[part]} card={card} />
      ))}
    </>
  );
}

interface PartProps {
  part: 'rules' | 'adjustments' | 'minimums';
  changes: Diff['rules'] | Diff['adjustments'] | Diff['minimums'];
  card: Card;
}

function Part({ part, changes, card }: PartProps) {
  const { t, i18n } = useTranslation('finance');
  const { summaryOf, fieldOf, valueOf } = useDiffWords();
  const { added, removed, changed } = changes;
  if (!added.length && !removed.length && !changed.length) return null;
  const nameOf = ({ label }: { label: { de: string; en: string } }) => label[i18n.language === 'en' ? 'en' : 'de'];
  const named = new Map(card.versions.flatMap((version) => version[part].map((one) => [one.key, nameOf(one)])));
  return (
    <Section title={t(`diff.parts.${part}`)}>
      <ul className={classes.list}>
        {changed.map(({ key, fields }) => (
          <li key={key} className={classes.entry}>
            <Group gap="xs">
              <ToneBadge tone="warn" label={t('diff.changed')} />
              <Text fw={600}>{named.get(key) ?? key}</Text>
              <Text fz="xs" c="dimmed">
                {key}
              </Text>
            </Group>
            {fields.map(({ field, from, to }) => (
              <Text key={field} fz="sm">
                {fieldOf(field)}: <span className={classes.was}>{valueOf(field, from)}</span> →{' '}
                <span className={classes.is}>{valueOf(field, to)}</span>
              </Text>
            ))}
          </li>
        ))}
        {[...added.map((item) => ['added', item] as const), ...removed.map((item) => ['removed', item] as const)].map(
          ([kind, item]) => (
            <li key={`${kind}-${item.key}`} className={classes.entry}>
              <Group gap="xs">
                <ToneBadge tone={kind === 'added' ? 'good' : 'bad'} label={t(`diff.${kind}`)} />
                <Text fw={600}>{nameOf(item)}</Text>
              </Group>
              <Text fz="sm">{summaryOf(item)}</Text>
            </li>
          ),
        )}
      </ul>
    </Section>
  );
}
