import type { Attempt } from './crash-load.ts';
import type { TestDatabase } from './database.ts';
import { until } from './product.ts';

/** A run as finance sees it. */
export interface CrashRun {
  id: string;
  state: string;
  rows: {
    merchantId: string;
    state: string;
    wanted: string | null;
    findings: { code: string; blocks: boolean }[];
  }[];
}

/** How finance leads one run to its end, without knowing whether the product stands. */
export interface Finance {
  drafted: () => Promise<unknown>;
  approved: () => Promise<unknown>;
  finalized: () => Promise<unknown>;
}

/** Each step asks again and again, because what came late is drafted anew and wants to be approved again. */
export function finance(attempt: Attempt, cutoff: string, patienceMs: number): Finance {
  const start = () =>
    attempt((api, headers) => api.post<CrashRun>('/billing-runs', { cutoff }, headers), `run ${cutoff}`);
  const look = async (): Promise<CrashRun> => {
    const { id } = await start();
    const run = await attempt((api) => api.get<CrashRun>(`/billing-runs/${id}`), 'look');
    const parked = run.rows.filter(({ state, wanted }) => state === 'parked' && wanted === null);
    const stuck = parked.filter(({ findings }) =>
      findings.some(({ code, blocks }) => blocks && code !== 'ABOVE_USUAL'),
    );
    if (stuck.length) throw new Error(`Parked: ${JSON.stringify(stuck)}`);
    for (const { merchantId } of parked) await accept(id, merchantId);
    return run;
  };
  let asked = 0;
  // how much comes in between two kills is by chance: a month may be far above the usual one
  const accept = (id: string, merchantId: string) => {
    asked += 1;
    const body = { accept: ['ABOVE_USUAL'], reason: 'So much was sent' };
    return attempt(
      (api, headers) => api.post(`/billing-runs/${id}/merchants/${merchantId}/retry`, body, headers),
      `accept ${cutoff} ${asked}`,
    );
  };
  const lead = (from: string, step: string, done: readonly string[]) => () =>
    until(
      `${step} of ${cutoff}`,
      async () => {
        const { id, rows } = await look();
        if (rows.every(({ state }) => done.includes(state))) return true;
        if (!rows.some(({ state, wanted }) => state === from && wanted === null)) return false;
        asked += 1;
        await attempt(
          (api, headers) => api.post(`/billing-runs/${id}/${step}`, {}, headers),
          `${step} ${cutoff} ${asked}`,
        );
        return false;
      },
      patienceMs,
    );
  return {
    drafted: lead('none', 'draft', ['draft', 'approved', 'finalized', 'delivered']),
    approved: lead('draft', 'approve', ['approved', 'finalized', 'delivered']),
    finalized: lead('approved', 'finalize', ['finalized', 'delivered']),
  };
}

/** What a dead process had claimed is taken up when its lease ends; the test does not wait for that. */
export async function endLeases(database: TestDatabase): Promise<void> {
  await database.query(`update billing.invoice_document set next_at = now() where state = 'pending'`);
  await database.query(`update notifications.message set next_at = now() where state <> 'sent' and next_at > now()`);
  await database.query('update sync.self_check set lease = null, lease_until = null');
  await database.query(`update messaging.delivery set next_at = now() where done_at is null and next_at > now()`);
}

/** Which cut-off billed a shipment; `null` while none did. */
export async function billedAt(database: TestDatabase): Promise<Map<string, string | null>> {
  const rows = await database.query<{ number: string; cutoffs: (string | null)[] }>(
    `select o.external_number as number, array_agg(distinct r.cutoff::text) as cutoffs
     from billing.charge c
       join orders.shipment s on s.id = c.source_event join orders."order" o on o.id = s.order_id
       left join billing.invoice_line l on l.id = c.line_id left join billing.invoice i on i.id = l.invoice_id
       left join billing.run r on r.id = i.run_id
     group by 1`,
  );
  const apart = rows.filter(({ cutoffs }) => cutoffs.length !== 1);
  if (apart.length) throw new Error(`Charges of one shipment were billed apart: ${JSON.stringify(apart)}`);
  return new Map(rows.map(({ number, cutoffs }) => [number, cutoffs[0]!]));
}
