import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';

type Run = ItemOf<'GET /dunning-runs'>['state'];
type Claim = ItemOf<'GET /dunning-claims'>['state'];
const RUNS: Record<Run, Tone> = { proposed: 'warn', issued: 'good', discarded: 'quiet' };
const CLAIMS: Record<Claim, Tone> = { open: 'warn', paid: 'good', waived: 'quiet' };

export function DunningRunBadge({ state }: { state: Run }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={RUNS[state]} label={t(`run.states.${state}`)} />;
}

export function ClaimBadge({ state }: { state: Claim }) {
  const { t } = useTranslation('dunning');
  return <ToneBadge tone={CLAIMS[state]} label={t(`claim.states.${state}`)} />;
}
