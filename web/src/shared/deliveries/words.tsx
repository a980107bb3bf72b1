import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ItemOf, Output } from '../../app/api/contract.ts';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

export type Delivery = Output<'GET /goods-in/{id}'>;
export type DeliveryItem = ItemOf<'GET /goods-in'>;

const TONES: Record<Delivery['state'], Tone> = {
  announced: 'quiet',
  received: 'info',
  closed: 'good',
  cancelled: 'quiet',
};

export function DeliveryBadge({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation('deliveries');
  return <ToneBadge tone={TONES[state]} label={t(`states.${state}`)} />;
}

type Counted = Pick<Delivery, 'state' | 'shortPieces' | 'surplusPieces' | 'damagedPieces'>;

/** What came otherwise than announced; nothing before it is counted. */
export function useDifferences(): (delivery: Counted) => { tone: Tone; label: string }[] {
  const { t } = useTranslation('deliveries');
  return ({ state, shortPieces, surplusPieces, damagedPieces }) => {
    const found: { tone: Tone; label: string }[] = [
      ...(shortPieces ? [{ tone: 'bad' as const, label: t('difference.short', { count: shortPieces }) }] : []),
      ...(surplusPieces ? [{ tone: 'warn' as const, label: t('difference.surplus', { count: surplusPieces }) }] : []),
      ...(damagedPieces ? [{ tone: 'bad' as const, label: t('difference.damaged', { count: damagedPieces }) }] : []),
    ];
    return found.length || state !== 'closed' ? found : [{ tone: 'good', label: t('difference.none') }];
  };
}

export function Differences({ delivery }: { delivery: Counted }) {
  const differences = useDifferences()(delivery);
  if (!differences.length) return null;
  return (
    <Group gap="xs">
      {differences.map(({ tone, label }) => (
        <ToneBadge key={label} tone={tone} label={label} />
      ))}
    </Group>
  );
}

/** "2 Paletten, 14 Kartons"; empty when neither is known. */
export function useLoad(): (pallets: number | null, cartons: number | null) => string {
  const { t } = useTranslation('deliveries');
  return (pallets, cartons) =>
    [pallets === null ? '' : t('pallets', { count: pallets }), cartons === null ? '' : t('cartons', { count: cartons })]
      .filter(Boolean)
      .join(', ');
}
