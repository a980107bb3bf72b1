import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../app/api/contract.ts';
import { TONE_ICON, toneColors, type Tone } from './tone.ts';

interface States {
  return: Output<'GET /returns/{id}'>['state'];
  item: Output<'GET /returns/{id}'>['items'][number]['state'];
  batch: Output<'GET /rtv-batches/{id}'>['state'];
  run: Output<'GET /billing-runs/{id}'>['state'];
  /** Of one merchant in a run. */
  runRow: Output<'GET /billing-runs/{id}'>['rows'][number]['state'];
  charge: Output<'GET /charges/{id}'>['state'];
}

/** Every state the API knows; a new one does not compile until it has its tone here and its words in `common`. */
const TONES: { [Kind in keyof States]: Record<States[Kind], Tone> } = {
  return: {
    announced: 'quiet',
    in_transit: 'quiet',
    received: 'info',
    inspecting: 'info',
    inspected: 'info',
    awaiting_decision: 'warn',
    processing: 'info',
    completed: 'good',
    cancelled: 'quiet',
    expired: 'quiet',
    lost: 'bad',
  },
  item: {
    expected: 'quiet',
    received: 'info',
    missing: 'bad',
    graded: 'info',
    disposition_proposed: 'warn',
    decided: 'info',
    restocked: 'good',
    in_rtv_batch: 'info',
    returned_to_merchant: 'good',
    disposed: 'good',
    donated: 'good',
    refurbishing: 'info',
    on_hold: 'warn',
  },
  batch: {
    open: 'info',
    closing: 'info',
    packed: 'info',
    dispatched: 'info',
    delivered: 'warn',
    confirmed: 'good',
    disputed: 'bad',
    resolved: 'good',
    cancelled: 'quiet',
  },
  run: { working: 'info', draft: 'warn', approved: 'info', finalized: 'good', attention: 'bad', empty: 'quiet' },
  runRow: {
    scheduled: 'quiet',
    draft: 'warn',
    approved: 'info',
    finalized: 'good',
    delivered: 'good',
    parked: 'bad',
    skipped: 'quiet',
    cancelled: 'quiet',
  },
  charge: { accrued: 'info', unrated: 'bad', held: 'warn', waived: 'quiet' },
};

/** `<StateBadge of="return" value={state} />` */
export function StateBadge<Kind extends keyof States>({ of, value }: { of: Kind; value: States[Kind] }) {
  const { t } = useTranslation();
  return <ToneBadge tone={TONES[of][value]} label={t(`states.${of}.${value}` as never) as string} />;
}

/** A badge whose meaning stands in its word and its icon, not in its colour alone. */
export function ToneBadge({ tone, label }: { tone: Tone; label: string }) {
  const Glyph = TONE_ICON[tone];
  return (
    <Badge {...toneColors(tone)} leftSection={<Glyph size={14} aria-hidden />} size="lg" fz="sm">
      {label}
    </Badge>
  );
}
