import { Checkbox, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import type { Column } from '../../shared/data-list.tsx';
import { Money } from '../../shared/money.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Change } from '../parts/change.tsx';
import { changeOf } from './compared-rows.ts';
import { useFindingWords } from './finding-words.ts';
import { Findings } from './findings.tsx';
import classes from './findings.module.css';
import { isApprovable, isFinalizable, isRedraftable, isResumable, type RunRow } from './row-states.ts';
import type { Run } from './run.ts';

export interface RowColumns {
  run: Run;
  /** Net that the same merchants were billed a month before; nothing of those who were billed nothing. */
  before: ReadonlyMap<string, number | undefined>;
  chosen: ReadonlySet<string>;
  onChoose: (merchantId: string, isChosen: boolean) => void;
}

/** The columns of the merchant rows of a run. */
export function useRowColumns({ run, before, chosen, onChoose }: RowColumns): Column<RunRow>[] {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const { number } = useFormats();
  const words = useFindingWords();
  const { currency } = run;
  return [
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      key: 'choose',
      label: t('run.choose'),
      render: (row) =>
        isChoosable(row) && <Choose row={row} isChosen={chosen.has(row.merchantId)} onChoose={onChoose} />,
    },
    {
      key: 'state',
      label: t('run.state'),
      render: (row) => <RowState row={row} />,
      csv: ({ state }) => c(`states.runRow.${state}`),
    },
    {
      key: 'net',
      label: t('run.net'),
      numeric: true,
      render: ({ netMinor }) => <Money minor={netMinor} currency={currency} />,
      csv: ({ netMinor }) => (netMinor === null ? null : netMinor / 100),
    },
    {
      key: 'gross',
      label: t('run.gross'),
      numeric: true,
      render: ({ grossMinor }) => <Money minor={grossMinor} currency={currency} />,
      csv: ({ grossMinor }) => (grossMinor === null ? null : grossMinor / 100),
    },
    {
      key: 'change',
      label: t('run.change'),
      numeric: true,
      render: ({ merchantId, netMinor }) => (
        <Change minor={netMinor} beforeMinor={before.get(merchantId)} currency={currency} />
      ),
      csv: ({ merchantId, netMinor }) => {
        const change = changeOf(netMinor, before.get(merchantId));
        return change === null ? null : change / 100;
      },
    },
    {
      key: 'charges',
      label: t('run.charges'),
      numeric: true,
      render: ({ chargeCount }) => (chargeCount === null ? '–' : number(chargeCount)),
      csv: ({ chargeCount }) => chargeCount,
      hidden: true,
    },
    {
      key: 'findings',
      label: t('run.findings'),
      wide: true,
      render: (row) => (row.findings.length ? <Findings row={row} runId={run.id} cutoff={run.cutoff} /> : '–'),
      csv: ({ findings }) => findings.map(words).join(' | '),
    },
  ];
}

const isChoosable = (row: RunRow): boolean =>
  [isApprovable, isFinalizable, isRedraftable, isResumable].some((can) => can(row));

function Choose({ row, isChosen, onChoose }: { row: RunRow; isChosen: boolean; onChoose: RowColumns['onChoose'] }) {
  const { t } = useTranslation('finance');
  return (
    <Checkbox
      size="md"
      className={classes.ways}
      aria-label={t('run.chooseOne', { name: row.merchantName })}
      checked={isChosen}
      onChange={({ currentTarget }) => onChoose(row.merchantId, currentTarget.checked)}
    />
  );
}

/** The state, and what is being done about it. */
export function RowState({ row: { state, wanted } }: { row: RunRow }) {
  const { t } = useTranslation('finance');
  return (
    <Group gap={6}>
      <StateBadge of="runRow" value={state} />
      {wanted && (
        <Text fz="sm" c="dimmed">
          {t(`wanted.${wanted}`)}
        </Text>
      )}
    </Group>
  );
}
