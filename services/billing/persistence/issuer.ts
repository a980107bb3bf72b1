import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { InvoiceKind } from '../../../shared/protocol/billing/runs-actions.ts';
import type { IssuerProfile } from '../../../shared/protocol/billing/issuer.ts';
import type { NumberReader } from '../domain/invoices/number.ts';

export interface Issuer {
  id: string;
  profile: IssuerProfile;
  numberPattern: string;
  cancellationPattern: string;
  creditNotePattern: string;
  billingStartsOn: LocalDate;
  waitDays: number;
  approval: { fourEyes: boolean };
  checks: RunChecks;
  /** Days between an invoice and its direct debit. */
  preNotificationDays: number;
  /** A JPEG under its hash; set by itself, so that who saves the rest keeps it. */
  logo: Logo | null;
  version: number;
}

export interface Logo {
  objectKey: string;
  sha256: string;
}

/** Bounds of the checks of runs, in percent. */
export interface RunChecks {
  /** Of the usual total; what is above is looked at by a person. */
  aboveUsualPercent: number;
  /** Between a total and that of the run before, of the smaller of the two; told from there on. */
  changePercent: number;
}

/** The pattern of the numbers that documents of a kind get. */
export const patternOf = (issuer: IssuerPatterns, kind: InvoiceKind): string => issuer[PATTERN_OF[kind]];

/** The field of the issuer that holds the pattern of each kind. */
export const PATTERN_OF = {
  invoice: 'numberPattern',
  cancellation: 'cancellationPattern',
  creditNote: 'creditNotePattern',
} as const satisfies Record<InvoiceKind, keyof Issuer>;
export type IssuerPatterns = Pick<Issuer, (typeof PATTERN_OF)[InvoiceKind]>;

/** There is one issuer; a fixed id makes two set-ups at once the same row. */
export const ISSUER_ID = uuidOf('issuer');

const ISSUER = sql`id, profile, number_pattern as "numberPattern", cancellation_pattern as "cancellationPattern", credit_note_pattern as "creditNotePattern",
  billing_starts_on as "billingStartsOn", wait_days as "waitDays",
  jsonb_build_object('fourEyes', four_eyes) as approval,
  jsonb_build_object('aboveUsualPercent', above_usual_percent, 'changePercent', change_percent) as checks,
  pre_notification_days as "preNotificationDays",
  case when logo_object_key is not null then jsonb_build_object('objectKey', logo_object_key, 'sha256', logo_sha256) end as logo, version`;

export const theIssuer = sql<Issuer>`select ${ISSUER} from issuer where id = ${ISSUER_ID}`;

/** `undefined` until it is set up. */
export const findIssuer = (em: EntityManager): Promise<Issuer | undefined> => firstRow(em, theIssuer);

export const findIssuerForUpdate = (em: EntityManager): Promise<Issuer | undefined> =>
  firstRow<Issuer>(em, sql`select ${ISSUER} from issuer where id = ${ISSUER_ID} for update`);

export async function saveIssuer(em: EntityManager, issuer: Omit<Issuer, 'id' | 'version' | 'logo'>): Promise<Issuer> {
  const [saved] = await rows<Issuer>(
    em,
    sql`insert into issuer (id, profile, number_pattern, cancellation_pattern, credit_note_pattern, billing_starts_on, wait_days, four_eyes, above_usual_percent, change_percent,
          pre_notification_days)
        values (${ISSUER_ID}, ${JSON.stringify(issuer.profile)}::jsonb, ${issuer.numberPattern}, ${issuer.cancellationPattern}, ${issuer.creditNotePattern}, ${issuer.billingStartsOn}, ${issuer.waitDays},
          ${issuer.approval.fourEyes}, ${issuer.checks.aboveUsualPercent}, ${issuer.checks.changePercent}, ${issuer.preNotificationDays})
        on conflict (id) do update set profile = excluded.profile, number_pattern = excluded.number_pattern,
          cancellation_pattern = excluded.cancellation_pattern, credit_note_pattern = excluded.credit_note_pattern,
          billing_starts_on = excluded.billing_starts_on, wait_days = excluded.wait_days, four_eyes = excluded.four_eyes,
          above_usual_percent = excluded.above_usual_percent, change_percent = excluded.change_percent,
          pre_notification_days = excluded.pre_notification_days, version = issuer.version + 1, updated_at = now()
        returning ${ISSUER}`,
  );
  return saved!;
}

/** A number of another kind of document that a regular expression fits. */
export async function numberOfOthers(
  em: EntityManager,
  kind: InvoiceKind,
  expression: string,
): Promise<string | undefined> {
  const found = await firstRow<{ number: string }>(
    em,
    sql`select number from invoice where issuer_id = ${ISSUER_ID} and kind <> ${kind} and number ~* ${expression} limit 1`,
  );
  return found?.number;
}

/**
 * A number that a kind of document has already and would get once more: the counter has not come so far yet in its year.
 * @param reader    of the numbers to come
 * @param fromYear  the first year in which they are given
 */
export async function numberToComeAgain(
  em: EntityManager,
  kind: InvoiceKind,
  { expression, yearAt, counterAt, width }: NumberReader,
  fromYear: number,
): Promise<string | undefined> {
  const found = await firstRow<{ number: string }>(
    em,
    sql`select g.number
        from (select number, regexp_match(number, ${expression}, 'i') as parts from invoice where issuer_id = ${ISSUER_ID} and kind = ${kind} and number is not null) g
        cross join lateral (select parts[${yearAt}::integer]::integer as year, parts[${counterAt}::integer] as counter) read
        left join number_series s on s.issuer_id = ${ISSUER_ID} and s.kind = ${kind} and s.year = read.year
        where read.year >= ${fromYear} and read.counter::numeric > coalesce(s.last_number, 0)
          and (length(read.counter) = ${width} or length(read.counter) > ${width} and read.counter not like '0%') limit 1`,
  );
  return found?.number;
}

/** Sets the logo or takes it away. */
export async function saveLogo(em: EntityManager, logo: Logo | null): Promise<Issuer> {
  const [saved] = await rows<Issuer>(
    em,
    sql`update issuer set logo_object_key = ${logo?.objectKey ?? null}, logo_sha256 = ${logo?.sha256 ?? null},
          version = version + 1, updated_at = now()
        where id = ${ISSUER_ID} returning ${ISSUER}`,
  );
  return saved!;
}
