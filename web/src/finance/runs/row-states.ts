import type { Output } from '../../app/api/contract.ts';

export type RunRow = Output<'GET /billing-runs/{id}'>['rows'][number];

/** Whether a row is a draft that only waits for its approval. */
export const isApprovable = ({ state, wanted, findings }: Pick<RunRow, 'state' | 'wanted' | 'findings'>): boolean =>
  state === 'draft' && wanted === null && !findings.some(({ blocks }) => blocks);

export const isFinalizable = ({ state, wanted }: Pick<RunRow, 'state' | 'wanted'>): boolean =>
  state === 'approved' && wanted === null;

export const isRedraftable = ({ state, wanted }: Pick<RunRow, 'state' | 'wanted'>): boolean =>
  ['scheduled', 'draft', 'parked'].includes(state) && wanted !== 'draft';

/** Whether a row is out of its run and can be taken up again, which is only done by its name. */
export const isResumable = ({ state, wanted }: Pick<RunRow, 'state' | 'wanted'>): boolean =>
  ['skipped', 'cancelled'].includes(state) && wanted === null;

/** Whether that is because an invoice of it was cancelled, so that it is to be billed anew. */
export const isRebillable = (row: Pick<RunRow, 'state' | 'wanted' | 'invoices'>): boolean =>
  row.state === 'cancelled' && isResumable(row) && row.invoices.some(({ state }) => state === 'cancelled');

/** The credit that was carried over and can be issued instead, in minor units and negative; `null` where there is none. */
export function carriedCredit({
  state,
  wanted,
  issueCredit,
  findings,
}: Pick<RunRow, 'state' | 'wanted' | 'issueCredit' | 'findings'>): number | null {
  if (issueCredit || wanted !== null || !['draft', 'parked', 'skipped'].includes(state)) return null;
  const carried = Number(findings.find(({ code }) => code === 'CARRIED_FORWARD')?.data?.['grossMinor'] ?? 0);
  return carried < 0 ? carried : null;
}
