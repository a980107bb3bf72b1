import { sql } from '../../../../shared/persistence/sql.ts';

/*
 * What merchants are told of a row `x` of `billing.settlement()`. A write-off is the house's own affair: it waives
 * nothing and can be undone, so to its merchant the document is as open as before.
 */

export const TOLD_OPEN = sql`(x.claim_minor - x.settled_minor + x.written_off_minor)`;

/** The axis of `billing.open_item`, without what was written off. @param today  the day of business */
export const toldPayment = (today: string) => sql`case when ${TOLD_OPEN} = 0 then 'paid'
  when ${TOLD_OPEN} > 0 and x.due_date < ${today} then 'overdue'
  when x.settled_minor <> x.written_off_minor then 'partially_paid' else 'open' end`;
