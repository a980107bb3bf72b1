import type { InvariantQueries } from '../../../shared/persistence/invariants.ts';
import { sql } from '../../../shared/persistence/sql.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import { INVARIANTS } from '../../../shared/protocol/self-check/index.ts';
import type { PLATFORM_INVARIANTS } from '../../../shared/protocol/self-check/platform.ts';

const SERVICES = [...Object.keys(INVARIANTS), 'identity'];
const SCHEMAS = [...SERVICES, 'messaging'];
const ROLES = SERVICES.map((service) => `kontor_${service}`);

/** What contradicts the invariants of events and of the walls between merchants; sync alone sees every delivery. */
export const platformInvariants: InvariantQueries<typeof PLATFORM_INVARIANTS> = {
  'I21.overdue': () => sql`
    select d.consumer || ':' || d.event_id as id, 'waiting since ' || greatest(e.recorded_at, d.next_at) as detail
    from messaging.delivery d join messaging.event e on e.id = d.event_id
    where d.done_at is null and d.parked_at is null and d.error is null
      and greatest(e.recorded_at, d.next_at) < clock_timestamp() - interval '2 minutes'`,
  'I23.parked': () => sql`
    select d.consumer || ':' || d.event_id as id, coalesce(d.error, '') as detail
    from messaging.delivery d where d.parked_at < clock_timestamp() - interval '1 day'`,
  // a consumer that came later has what its migration back-filled, and everything from its first delivery on
  'I24.deliveries': () => sql`
    select c.consumer || ':' || e.id as id, e.type || ' of ' || e.recorded_at as detail
    from unnest(${Object.keys(CONSUMERS)}::text[], ${Object.values(CONSUMERS)}::text[]) as c (consumer, type)
    cross join lateral (
      select min(first.recorded_at) as at from messaging.delivery d join messaging.event first on first.id = d.event_id where d.consumer = c.consumer) since
    join messaging.event e on e.type = c.type and e.recorded_at >= since.at
    left join messaging.delivery d on d.consumer = c.consumer and d.event_id = e.id
    where d.event_id is null`,
  'I28.walls': () => sql`
    select n.nspname || '.' || c.relname as id, 'row security ' || c.relrowsecurity || ', forced ' || c.relforcerowsecurity as detail
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname = any(${SCHEMAS}::text[]) and not (c.relrowsecurity and c.relforcerowsecurity)
    union all
    select n.nspname || '.' || c.relname, 'the policy ' || p.polname || ' lets everybody in'
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
    where n.nspname = any(${SCHEMAS}::text[]) and p.polpermissive
      and coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'kontor.scope|merchant_id'
    union all
    select rolname, 'this role steps around row security' from pg_roles where rolname = any(${ROLES}::text[]) and (rolsuper or rolbypassrls)`,
};
