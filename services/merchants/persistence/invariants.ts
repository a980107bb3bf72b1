import type { InvariantQueries } from '../../../shared/persistence/invariants.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import type { MERCHANTS_INVARIANTS } from '../../../shared/protocol/self-check/orders.ts';

/** What contradicts the invariants of merchants. */
export const merchantsInvariants: InvariantQueries<typeof MERCHANTS_INVARIANTS> = {
  'I24.merchant': () => sql`
    select m.id::text as id, m.number || ' of version ' || m.snapshot_version as detail from merchants.merchant m
    where not exists (select 1 from messaging.event e where e.type = ${merchantChangedV1.type}
      and (e.payload ->> 'merchantId')::uuid = m.id and (e.payload ->> 'version')::int = m.snapshot_version)`,
};
