import type { RunRow } from './row-states.ts';

/**
 * The invoices of a row that bill something: those with a number, and its drafts once they are approved. What was
 * parked, carried over or never approved bills nothing, and what corrects an invoice is none of the run.
 */
export function billedInvoices<Invoice extends { state: string; correctsId: string | null }>({
  state,
  invoices,
}: {
  state: RunRow['state'];
  invoices: readonly Invoice[];
}): Invoice[] {
  return invoices.filter(
    (one) => one.correctsId === null && (one.state === 'finalized' || (one.state === 'draft' && state === 'approved')),
  );
}

/** Net that a row billed, in minor units; nothing where it billed nothing. */
export function billedNetOf(row: Pick<RunRow, 'state' | 'invoices'>): number | undefined {
  const billed = billedInvoices(row);
  return billed.length ? billed.reduce((sum, { netMinor }) => sum + netMinor, 0) : undefined;
}

/** Net that rows billed together, in minor units; nothing where none of them billed anything. */
export function billedNetOfAll(rows: readonly Pick<RunRow, 'state' | 'invoices'>[]): number | undefined {
  const nets = rows.map(billedNetOf).filter((net) => net !== undefined);
  return nets.length ? nets.reduce((sum, net) => sum + net, 0) : undefined;
}

/** How an amount changed, in minor units; nothing where one of both is missing. */
export const changeOf = (minor: number | null, beforeMinor: number | undefined): number | null =>
  minor === null || beforeMinor === undefined ? null : minor - beforeMinor;
