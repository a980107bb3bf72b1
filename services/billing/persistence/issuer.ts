import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { IssuerProfile } from '../../../shared/protocol/billing/issuer.ts';

export interface Issuer {
  id: string;
  profile: IssuerProfile;
  numberPattern: string;
  billingStartsOn: LocalDate;
  waitDays: number;
  approval: { fourEyes: boolean };
  checks: RunChecks;
  /** Days between an invoice and its direct debit. */
  preNotificationDays: number;
  version: number;
}

/** Bounds of the checks of runs, in percent. */
export interface RunChecks {
  /** Of the usual total; what is above is looked at by a person. */
  aboveUsualPercent: number;
  /** Between a total and that of the run before, of the smaller of the two; told from there on. */
  changePercent: number;
}

/** There is one issuer; a fixed id makes two set-ups at once the same row. */
export const ISSUER_ID = uuidOf('issuer');

const ISSUER = sql`id, profile, number_pattern as "numberPattern", billing_starts_on as "billingStartsOn", wait_days as "waitDays",
  jsonb_build_object('fourEyes', four_eyes) as approval,
  jsonb_build_object('aboveUsualPercent', above_usual_percent, 'changePercent', change_percent) as checks,
  pre_notification_days as "preNotificationDays", version`;

export const theIssuer = sql<Issuer>`select ${ISSUER} from issuer where id = ${ISSUER_ID}`;

/** `undefined` until it is set up. */
export const findIssuer = (em: EntityManager): Promise<Issuer | undefined> => firstRow(em, theIssuer);

export const findIssuerForUpdate = (em: EntityManager): Promise<Issuer | undefined> =>
  firstRow<Issuer>(em, sql`select ${ISSUER} from issuer where id = ${ISSUER_ID} for update`);

export async function saveIssuer(em: EntityManager, issuer: Omit<Issuer, 'id' | 'version'>): Promise<Issuer> {
  const [saved] = await rows<Issuer>(
    em,
    sql`insert into issuer (id, profile, number_pattern, billing_starts_on, wait_days, four_eyes, above_usual_percent, change_percent, pre_notification_days)
        values (${ISSUER_ID}, ${JSON.stringify(issuer.profile)}::jsonb, ${issuer.numberPattern}, ${issuer.billingStartsOn}, ${issuer.waitDays},
          ${issuer.approval.fourEyes}, ${issuer.checks.aboveUsualPercent}, ${issuer.checks.changePercent}, ${issuer.preNotificationDays})
        on conflict (id) do update set profile = excluded.profile, number_pattern = excluded.number_pattern,
          billing_starts_on = excluded.billing_starts_on, wait_days = excluded.wait_days, four_eyes = excluded.four_eyes,
          above_usual_percent = excluded.above_usual_percent, change_percent = excluded.change_percent,
          pre_notification_days = excluded.pre_notification_days, version = issuer.version + 1, updated_at = now()
        returning ${ISSUER}`,
  );
  return saved!;
}
