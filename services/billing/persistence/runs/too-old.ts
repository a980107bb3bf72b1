import { sql } from '../../../../shared/persistence/sql.ts';
import type { HoldsBefore } from '../../domain/runs/periods.ts';

/**
 * Whether a charge that is not billed waits for finance at the run that bills its stream.
 * @param table        alias of the charge
 * @param holdsBefore  a stream without a day has no such run
 */
export const isTooOld = (table: string, { fulfilment, monthly }: HoldsBefore) => sql`(
  not ${sql.ref(`${table}.late_exempt`)} and ${sql.ref(`${table}.service_date`)}
    < coalesce(case ${sql.ref(`${table}.stream`)} when 'fulfilment' then ${fulfilment}::date else ${monthly}::date end, '-infinity'))`;
