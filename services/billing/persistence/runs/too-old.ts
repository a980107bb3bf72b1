import { sql } from '../../../../shared/persistence/sql.ts';
import type { HoldsBefore } from '../../domain/runs/periods.ts';
import { isWaitingCredit } from './carrier-credits.ts';
import { isPair } from './pairs.ts';

/**
 * Whether a charge that is not billed waits for finance at the run that bills its stream (docs/decisions/018): it is too
 * old, and costs the merchant something. What takes back something billed never waits. A charge and its negative twin
 * that are both unbilled come to nothing together, so they wait together, or neither of them.
 * @param table        alias of the charge
 * @param holdsBefore  a stream without a day has no such run
 */
export const isTooOld = (table: string, { fulfilment, monthly }: HoldsBefore) => sql`(
  not ${sql.ref(`${table}.late_exempt`)} and ${sql.ref(`${table}.service_date`)}
    < coalesce(case ${sql.ref(`${table}.stream`)} when 'fulfilment' then ${fulfilment}::date else ${monthly}::date end, '-infinity')
  and coalesce(
    (select pair.state = 'held' or not pair.late_exempt from charge pair
     where ${isPair(table, 'pair')} and pair.line_id is null and pair.state in ('accrued', 'held')),
    ${sql.ref(`${table}.quantity`)} > 0))`;

/** What the run that bills a stream holds: what is too old, and what a carrier gives back of it or of what else is held. */
export const isHeldBack = (table: string, holdsBefore: HoldsBefore) => sql`(
  ${isTooOld(table, holdsBefore)} or ${isWaitingCredit(table, holdsBefore.fulfilment)})`;
