import { Anchor, Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Day } from '../date-time.tsx';
import { ErrorState } from '../error-state.tsx';
import { Money } from '../money.tsx';
import { StateBadge } from '../state-badge.tsx';
import { ChargeEvidence } from './charge-evidence.tsx';
import classes from './evidence.module.css';
import { Unfold } from './unfold.tsx';
import { isReversal, referenceOf } from './trace.ts';
import { useChargeWords } from './words.ts';

type Charge = ItemOf<'GET /charges'>;

export interface ChargeListProps {
  /** Of a line of an invoice, of a return, … */
  filters: Filters<'GET /charges'>;
  /** Where the pages of returns and batches are; the desk of whoever looks. Finance opens the charge itself. */
  desk: '/merchant' | '/warehouse' | '/finance';
  /** Says what all of them come to. */
  withSum?: boolean;
  /** Leaves the cause out where it is the same for all. */
  sameCause?: boolean;
}

/** Charges, each of which opens what caused it and how its price came about: the way from money to photos (X2). */
export function ChargeList({ filters, desk, withSum = false, sameCause = false }: ChargeListProps) {
  const { t } = useTranslation('records');
  const { t: c } = useTranslation();
  const list = useApiList('GET /charges', filters, { live: true, pageSize: 50 });
  if (list.error && !list.items.length) return <ErrorState error={list.error} onRetry={list.refetch} />;
  if (list.isPending) return <Skeleton h={96} radius="md" />;
  if (!list.items.length) return <Text c="dimmed">{t('evidence.empty')}</Text>;
  return (
    <Stack gap="xs">
      {withSum && !list.hasMore && <Sum charges={list.items} />}
      <Stack gap="xs" component="ul" className={classes.list}>
        {list.items.map((charge) => (
          <ChargeRow key={charge.id} charge={charge} desk={desk} sameCause={sameCause} />
        ))}
      </Stack>
      {list.hasMore && (
        <Button variant="default" mx="auto" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {c('action.loadMore')}
        </Button>
      )}
    </Stack>
  );
}

function Sum({ charges }: { charges: readonly Charge[] }) {
  const { t } = useTranslation('records');
  const { money } = useFormats();
  const known = charges.filter(({ netMinor }) => netMinor !== null);
  const amount = money(known.reduce((sum, { netMinor }) => sum + netMinor!, 0));
  const rest = charges.length - known.length;
  return (
    <Text fw={600} className="tabular">
      {rest ? t('evidence.sumWithout', { amount, count: rest }) : t('evidence.sum', { amount })}
    </Text>
  );
}

interface ChargeRowProps {
  charge: Charge;
  desk: ChargeListProps['desk'];
  sameCause: boolean;
}

function ChargeRow({ charge, desk, sameCause }: ChargeRowProps) {
  const { t } = useTranslation('records');
  const words = useChargeWords();
  const [opened, setOpened] = useState(false);
  const reference = referenceOf(charge.reference);
  const what = words.typeOf(charge.chargeType);
  const cause = words.sourceOf(reference);
  return (
    <Card component="li" p="sm" className={classes.row}>
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <Text fw={600}>{sameCause ? what : cause}</Text>
        <Text fw={600}>
          <Money minor={charge.netMinor} />
        </Text>
      </Group>
      <Group justify="space-between" gap="xs" wrap="nowrap" mih={36}>
        <Text fz="sm" c="dimmed" component="div">
          {!sameCause && <>{what} · </>}
          <Day on={charge.serviceDate} /> · {words.quantityOf(charge.quantity)}{' '}
          {words.unitOf(charge.unit, charge.quantity)} · {charge.lineId ? t('evidence.billed') : t('evidence.unbilled')}
          {isReversal(charge) && ` · ${t('evidence.reversal')}`}
        </Text>
        <Unfold
          opened={opened}
          onToggle={() => setOpened(!opened)}
          label={t('evidence.open')}
          of={`${cause}, ${what}`}
        />
      </Group>
      {charge.state !== 'accrued' && <StateBadge of="charge" value={charge.state} />}
      {opened && (
        <div className={classes.detail}>
          <ChargeEvidence id={charge.id} desk={desk === '/finance' ? undefined : desk} />
          {desk === '/finance' && (
            <Anchor component={Link} to={`/finance/charges/${charge.id}`} fz="sm" underline="always" py={6}>
              {t('evidence.openCharge')}
            </Anchor>
          )}
        </div>
      )}
    </Card>
  );
}
