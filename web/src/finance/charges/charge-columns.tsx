import { Checkbox, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import type { Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { referenceOf } from '../../shared/evidence/trace.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import classes from '../runs/findings.module.css';
import { isOpen } from './charge-steps.tsx';

type Charge = ItemOf<'GET /charges'>;

export interface ChargeColumns {
  /** The name of a merchant. */
  nameOf: (merchantId: string) => string | undefined;
  chosen: ReadonlySet<string>;
  onChoose: (id: string, isChosen: boolean) => void;
}

/** The columns of a list of charges of which some can be chosen. */
export function useChargeColumns({ nameOf, chosen, onChoose }: ChargeColumns): Column<Charge>[] {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const words = useChargeWords();
  const sourceOf = ({ reference }: Charge) => words.sourceOf(referenceOf(reference));
  return [
    {
      key: 'source',
      label: t('charges.source'),
      render: sourceOf,
      csv: sourceOf,
    },
    {
      key: 'choose',
      label: t('run.choose'),
      render: (charge) =>
        isOpen(charge) && (
          <Checkbox
            size="md"
            className={classes.ways}
            aria-label={t('charges.chooseOne', { source: sourceOf(charge), type: words.typeOf(charge.chargeType) })}
            checked={chosen.has(charge.id)}
            onChange={({ currentTarget }) => onChoose(charge.id, currentTarget.checked)}
          />
        ),
    },
    {
      key: 'type',
      label: t('charges.type'),
      render: ({ chargeType }) => words.typeOf(chargeType),
      csv: ({ chargeType }) => words.typeOf(chargeType),
    },
    {
      key: 'day',
      label: t('charges.day'),
      render: ({ serviceDate }) => <Day on={serviceDate} />,
      csv: ({ serviceDate }) => serviceDate,
    },
    {
      key: 'merchant',
      label: t('charges.merchant'),
      render: ({ merchantId }) => nameOf(merchantId) ?? '–',
      csv: ({ merchantId }) => nameOf(merchantId) ?? merchantId,
    },
    {
      key: 'section',
      label: t('charges.section'),
      render: ({ section }) => words.sectionOf(section),
      csv: ({ section }) => words.sectionOf(section),
      hidden: true,
    },
    {
      key: 'quantity',
      label: t('charges.quantity'),
      numeric: true,
      render: ({ quantity, unit }) => `${words.quantityOf(quantity)} ${words.unitOf(unit, quantity)}`,
      csv: ({ quantity }) => quantity,
    },
    {
      key: 'net',
      label: t('run.net'),
      numeric: true,
      render: ({ netMinor }) => <Money minor={netMinor} />,
      csv: ({ netMinor }) => (netMinor === null ? null : netMinor / 100),
    },
    {
      key: 'state',
      label: t('charges.state'),
      render: ({ state, stateReason }) => (
        <>
          <StateBadge of="charge" value={state} />
          {stateReason && (
            <Text fz="sm" c="dimmed">
              {words.reasonOf(stateReason)}
            </Text>
          )}
        </>
      ),
      csv: ({ state }) => c(`states.charge.${state}`),
    },
  ];
}
