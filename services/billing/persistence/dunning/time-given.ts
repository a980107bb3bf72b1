import { sql } from '../../../../shared/persistence/sql.ts';

/** When a letter counts as made. */
export interface LetterDays {
  /** A letter that is still to be drawn is made today at the earliest. */
  today: string;
  zone: string;
}

const daysFrom = (made: ReturnType<typeof sql>) => sql`greatest(l.pay_by, ${made} + (l.pay_by - l.issue_date))`;

const madeOn = (zone: string) => sql`(l.ready_at at time zone ${zone})::date`;

/** The first day on which a mail server took the letter `l`, of what did not come back. */
const arrivedOn = (zone: string) => sql`(select min((k.outcome_at at time zone ${zone})::date) from dunning_delivery k
  where k.merchant_id = l.merchant_id and k.letter_id = l.id and k.outcome = 'sent')`;

/**
 * Until when the letter `l` gives time: so many days as it says from the day it arrived, where that is later than the day
 * printed on it. Of one that is parked it is the day printed, and of one whose mails came back, or none of which went
 * out yet, they count from the day it was made; whether something follows such a letter a person decides.
 */
export const timeGiven = ({ today, zone }: LetterDays) =>
  daysFrom(sql`case l.state when 'pending' then ${today}::date else coalesce(${arrivedOn(zone)}, ${madeOn(zone)}) end`);

/** As {@link timeGiven}, and none of a letter `l` that nobody got: it asked for nothing (§ 286 Abs. 1, § 130 BGB). */
export const timeGivenByArrived = (zone: string) =>
  sql`(select ${daysFrom(sql`arrived.on_day`)} from (select ${arrivedOn(zone)} as on_day) arrived where arrived.on_day is not null)`;
