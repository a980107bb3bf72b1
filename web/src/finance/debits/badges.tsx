import { useTranslation } from 'react-i18next';
import type { ItemOf, Output } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';

type Debit = ItemOf<'GET /direct-debits'>['state'];
type Run = ItemOf<'GET /collection-runs'>['state'];
type Item = Output<'GET /collection-runs/{id}'>['entries'][number]['state'];
type Mandate = ItemOf<'GET /mandates'>['state'];

const DEBITS: Record<Debit, Tone> = {
  announced: 'info',
  held: 'warn',
  disputed: 'warn',
  undelivered: 'bad',
  collecting: 'info',
  settled: 'good',
};
const RUNS: Record<Run, Tone> = { proposed: 'warn', approved: 'info', submitted: 'good', discarded: 'quiet' };
const ITEMS: Record<Item, Tone> = { open: 'info', collected: 'good', returned: 'bad', removed: 'quiet' };
const MANDATES: Record<Mandate, Tone> = { active: 'good', blocked: 'bad', revoked: 'quiet', lapsed: 'quiet' };

export function DebitBadge({ state }: { state: Debit }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={DEBITS[state]} label={t(`debits.states.${state}`)} />;
}

export function CollectionBadge({ state }: { state: Run }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={RUNS[state]} label={t(`runs.states.${state}`)} />;
}

export function ItemBadge({ state }: { state: Item }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={ITEMS[state]} label={t(`runs.itemStates.${state}`)} />;
}

export function MandateBadge({ state }: { state: Mandate }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={MANDATES[state]} label={t(`mandates.states.${state}`)} />;
}
