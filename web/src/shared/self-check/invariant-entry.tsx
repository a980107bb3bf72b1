import { Box, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { DateTime } from '../date-time.tsx';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

type Invariant = Output<'GET /self-check'>['invariants'][number];

const TONES: Record<Invariant['state'], Tone> = { kept: 'good', violated: 'bad', unknown: 'warn', impossible: 'quiet' };

/** One rule: what it says and its state; where it is violated also what that means, what to do, and which rows. */
export function InvariantEntry({ invariant }: { invariant: Invariant }) {
  const { t, i18n } = useTranslation('checks');
  const language = i18n.language.startsWith('en') ? 'en' : 'de';
  const { id, title, by, state, error, checkedAt } = invariant;
  return (
    <Box component="li">
      <Stack gap={4}>
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
          <div>
            <Text>{title[language]}</Text>
            <Text c="dimmed" fz="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
              {[state === 'kept' ? null : id, by !== null && t('by', { by })].filter(Boolean).join(' · ')}
              {checkedAt !== null && state !== 'kept' && (
                <>
                  {' '}
                  · <DateTime at={checkedAt} />
                </>
              )}
            </Text>
          </div>
          <ToneBadge tone={TONES[state]} label={t(`state.${state}`)} />
        </Group>
        {error !== null && (
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {error}
          </Code>
        )}
        {state === 'violated' && <Violation invariant={invariant} language={language} />}
      </Stack>
    </Box>
  );
}

function Violation({ invariant, language }: { invariant: Invariant; language: 'de' | 'en' }) {
  const { t } = useTranslation('checks');
  const { meaning, remedy, count, examples, violatedSince } = invariant;
  return (
    <Stack gap="xs">
      <Text>
        <b>{t('meaning')}:</b> {meaning[language]}
      </Text>
      <Text>
        <b>{t('remedy')}:</b> {remedy[language]}
      </Text>
      <Text fz="sm" c="dimmed" component="div">
        {t('rows', { count: count ?? 0 })} · {t('since')} <DateTime at={violatedSince} />
        {(count ?? 0) > examples.length && ` · ${t('shown', { count: examples.length })}`}
      </Text>
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('row')}</Table.Th>
              <Table.Th>{t('detail')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {examples.map((row) => (
              <Table.Tr key={`${row.id} ${row.detail}`}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.id}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
