import { Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Money } from '../../shared/money.tsx';
import { CorrectLine } from './correct-line.tsx';
import { DismissLine, MatchLine } from './settle-line.tsx';

type Line = ItemOf<'GET /carrier-lines'>;
const PAUSE_MS = 300;
const SETTLED = ['matched', 'dismissed'] as const;

/** The worklist: lines whose shipment nobody could tell by its number, or that were given to a wrong one. */
export function WaitingLines() {
  const { t } = useTranslation('carriers');
  const list = useApiList('GET /carrier-lines', { state: 'waiting' });
  const why = ({ candidates, reason }: Line) => {
    if (reason !== null) return t('takenBack', { reason });
    return candidates ? t('ambiguous', { count: candidates }) : t('unknown');
  };
  const { facts, origin } = useLineColumns();
  const columns: Column<Line>[] = [
    ...facts,
    { key: 'why', label: t('why'), render: why, csv: why },
    ...origin,
    {
      key: 'steps',
      label: t('steps'),
      render: (line) => (
        <Group gap="xs">
          <MatchLine line={line} />
          <DismissLine line={line} />
        </Group>
      ),
    },
  ];
  return (
    <DataList
      name="carrier-lines"
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      empty={{ title: t('emptyTitle'), text: t('emptyText') }}
    />
  );
}

/** What has its shipment or is the affair of the house, to be corrected where that was wrong. */
export function SettledLines() {
  const { t } = useTranslation('carriers');
  const [state, setState] = useState<(typeof SETTLED)[number]>('matched');
  const [typed, setTyped] = useState('');
  const [trackingNumber] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const list = useApiList('GET /carrier-lines', { state, ...(trackingNumber ? { trackingNumber } : {}) });
  const { facts, origin } = useLineColumns();
  const order = ({ shipment }: Line) => shipment?.orderNumber ?? '–';
  const reason = (line: Line) => line.reason ?? '–';
  const columns: Column<Line>[] = [
    ...facts,
    state === 'matched'
      ? { key: 'order', label: t('match.order'), render: order, csv: order }
      : { key: 'reason', label: t('dismiss.reason'), render: reason, csv: reason },
    ...origin,
    { key: 'steps', label: t('correct.column'), render: (line) => <CorrectLine line={line} /> },
  ];
  return (
    <Stack gap="md">
      <Group align="end">
        <TextInput
          label={t('number')}
          value={typed}
          maxLength={80}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('settled')}
          value={state}
          onChange={(next) => setState(SETTLED.find((one) => one === next)!)}
          data={SETTLED.map((value) => ({ value, label: t(value) }))}
        />
      </Group>
      <DataList
        name="carrier-lines-settled"
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        isFiltered={trackingNumber !== ''}
        onClearFilters={() => setTyped('')}
        empty={{ title: t('settledNone'), text: t('settledNoneText') }}
      />
    </Stack>
  );
}

/** What a line says itself, and where it stood. */
function useLineColumns(): { facts: Column<Line>[]; origin: Column<Line>[] } {
  const { t } = useTranslation('carriers');
  return {
    facts: [
      { key: 'number', label: t('number'), render: (line) => line.trackingNumber, csv: (line) => line.trackingNumber },
      {
        key: 'kind',
        label: t('kind'),
        render: ({ kind }) => t(`kinds.${kind}`),
        csv: ({ kind }) => t(`kinds.${kind}`),
      },
      {
        key: 'amount',
        label: t('amount'),
        numeric: true,
        render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
        csv: ({ amountMinor }) => amountMinor / 100,
      },
    ],
    origin: [
      { key: 'text', label: t('text'), render: ({ text }) => text || '–', csv: ({ text }) => text },
      {
        key: 'invoice',
        label: t('invoice'),
        render: ({ carrier, invoiceNumber }) => `${carrier} ${invoiceNumber}`,
        csv: ({ carrier, invoiceNumber }) => `${carrier} ${invoiceNumber}`,
      },
    ],
  };
}
