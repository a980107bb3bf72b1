import { sql } from '../../../../shared/persistence/sql.ts';

/** When a letter counts as made. */
export interface LetterDays {
  /** A letter that is still to be drawn is made today at the earliest. */
  today: string;
  zone: string;
}

const daysFrom = (made: ReturnType<typeof sql>) => sql`greatest(l.pay_by, ${made} + (l.pay_by - l.issue_date))`;

const madeOn = (zone: string) => sql`(l.ready_at at time zone ${zone})::date`;

/**
 * Until when the letter `l` gives time: so many days as it says from the day it was made, where that is later than the day
 * printed on it. Of one that is parked it is the day printed; whether something follows such a letter a person decides.
 */
export const timeGiven = ({ today, zone }: LetterDays) =>
  daysFrom(sql`case l.state when 'pending' then ${today}::date else ${madeOn(zone)} end`);

/** As {@link timeGiven}, and none of a letter `l` that nobody got: it asked for nothing. */
export const timeGivenByMade = (zone: string) => sql`case when l.state = 'ready' then ${daysFrom(madeOn(zone))} end`;
