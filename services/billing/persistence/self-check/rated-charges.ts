import type { RawBuilder } from 'kysely';
import type { ViolatingRow } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import { CHARGE_TYPES } from '../../domain/charge-types/index.ts';

const TYPES = JSON.stringify(CHARGE_TYPES.map(({ key, stream, section }) => ({ key, stream, section })));

/** Rules that bill another quantity than was measured: one for all, or whole packages. */
const COUNTED_OTHERWISE = sql`('flat', 'package', 'percentage', 'costPlus')`;

/**
 * Charges that are not billed and no longer what they were rated as: in another stream or section than their type's, by
 * a price that their rule does not have, or of another quantity than that price makes of what was measured. Lines are
 * compared with their charges and rules by I4.
 */
export const chargesRatedOtherwise = (): RawBuilder<ViolatingRow> => sql`
  select c.id::text as id, c.charge_type || ' in ' || c.stream || ', ' || c.section || ', its type is in ' || t.stream || ', ' || t.section as detail
  from charge c join jsonb_to_recordset(${TYPES}::jsonb) as t (key text, stream text, section text) on t.key = c.charge_type
  where c.line_id is null and (c.stream, c.section) is distinct from (t.stream, t.section)
  union all
  select c.id::text, c.rule_key || ' at ' || (c.trace ->> 'price') || ', its rule is ' || r.key || ' at ' || r.model
  from charge c join rate_rule r on r.id = c.rule_id
  where c.line_id is null and ((c.version_id, c.rule_key) is distinct from (r.version_id, r.key) or (c.trace ? 'price' and c.trace -> 'price' <> r.model))
  union all
  select c.id::text, c.charge_type || ' bills ' || c.quantity || ' of ' || (c.trace ->> 'measured')
  from charge c
  where c.line_id is null and c.trace ? 'price' and c.trace -> 'price' ->> 'type' not in ${COUNTED_OTHERWISE}
    and abs(c.quantity) <> abs((c.trace ->> 'measured')::numeric)`;
