import type { InvariantQueries } from '../../../../shared/persistence/invariants.ts';
import { sql } from '../../../../shared/persistence/sql.ts';
import type { BILLING_ANSWER_INVARIANTS } from '../../../../shared/protocol/self-check/billing-answers.ts';
import { HOLD_AFTER_DAYS } from '../../domain/runs/periods.ts';
import { isHeldCredit } from '../runs/carrier-credits.ts';

/** What nobody answers for. */
export const answerInvariants: InvariantQueries<typeof BILLING_ANSWER_INVARIANTS> = {
  // a twin is born held with its original; what is too old is held by its run, which names the cut-off and bills the
  // stream, and so is what a carrier gives back of a surcharge that is not billed
  'I30.held': () => sql`
    select c.id::text as id, coalesce(c.state_reason, '') as detail from charge c
    where c.state = 'held' and c.source not like '%-reversal' and not ${isHeldCredit('c')} and not exists (
      select 1 from run_merchant m where m.merchant_id = c.merchant_id
        and c.state_reason = 'Older than ' || ${HOLD_AFTER_DAYS}::text || ' days at the cut-off ' || m.cutoff and c.service_date < m.cutoff - ${HOLD_AFTER_DAYS}::int
        and (c.stream = 'fulfilment' or m.final or extract(day from m.cutoff) <> 15)) and not exists (
      select 1 from messaging.audit_entry a where a.entity = 'charge' and a.entity_id = c.id::text and a.action = 'charge.held' offset 0)`,
  'I30.rate': () => sql`
    select v.id::text as id, k.code || '#' || v.version || ' of ' || v.created_by as detail
    from rate_version v join rate_card k on k.id = v.card_id
    where not exists (
      select 1 from messaging.audit_entry a where a.entity = 'rateCard' and a.entity_id = v.card_id::text and (
        (a.action = 'rate-card.created' and a.after -> 'versions' @> jsonb_build_array(jsonb_build_object('version', v.version)))
        or (a.action = 'rate-card.version-added' and a.after -> 'version' = to_jsonb(v.version))) offset 0)`,
  // as a difference of two sets: the entries of a run are as many as its merchants, and are not to be gone through for each
  'I30.approved': () => sql`
    select m.id::text as id, m.state || ', cut-off ' || m.cutoff || ', by ' || m.approved_by as detail
    from run_merchant m join (
      select run_id::text as run_id, merchant_id from run_merchant where state in ('approved', 'finalized', 'delivered')
      except select entity_id, merchant_id from messaging.audit_entry where entity = 'billing-run' and action = 'billing-run.approved') nobody
      on nobody.run_id = m.run_id::text and nobody.merchant_id = m.merchant_id`,
};
