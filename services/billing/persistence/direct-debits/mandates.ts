import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { MandateSummary, MandateView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import { usableUntil } from '../../domain/direct-debits/mandates.ts';
import { isOfTheHouse, isSameCreditor } from './due-debits.ts';

export type Mandate = Omit<MandateSummary, 'usableUntil'>;
export type MandateAction = MandateView['history'][number]['action'];

const MANDATE = sql`m.id, m.merchant_id as "merchantId", r.number as "merchantNumber", r.name as "merchantName", m.reference, m.scheme, m.kind,
  m.signed_on as "signedOn", m.iban, m.bic, m.debtor_name as "debtorName", m.pre_notification_days as "preNotificationDays", m.state, m.final,
  m.last_used_on as "lastUsedOn", m.creditor_id as "creditorId", not ${isOfTheHouse(sql`m.creditor_id`)} as "ofOtherCreditor", m.version`;
const SOURCE = sql`mandate m join merchant_ref r on r.merchant_id = m.merchant_id`;

export interface NewMandate {
  id: string;
  merchantId: string;
  creditorId: string;
  reference: string;
  scheme: string;
  kind: string;
  signedOn: string;
  iban: string;
  bic: string | null;
  debtorName: string;
  preNotificationDays: number | null;
  createdAt: Date;
}

/** @returns whether its reference was free: it names one mandate of a creditor */
export async function insertMandate(em: EntityManager, mandate: NewMandate): Promise<boolean> {
  const inserted = await rows(
    em,
    sql`insert into mandate (id, merchant_id, creditor_id, reference, scheme, kind, signed_on, iban, bic, debtor_name, pre_notification_days, state, created_at)
        select ${mandate.id}, ${mandate.merchantId}, ${mandate.creditorId}, ${mandate.reference}, ${mandate.scheme}, ${mandate.kind}, ${mandate.signedOn},
          ${mandate.iban}, ${mandate.bic}, ${mandate.debtorName}, ${mandate.preNotificationDays}, 'active', ${mandate.createdAt.toISOString()}
        where not exists (select 1 from mandate m where m.reference = ${mandate.reference} and ${isSameCreditor(sql`m.creditor_id`, sql`${mandate.creditorId}::text`)})
        on conflict (creditor_id, reference) do nothing returning id`,
  );
  return inserted.length > 0;
}

/** How many mandates a merchant has had so far, for the reference of the next one. */
export async function countMandates(em: EntityManager, merchantId: string): Promise<{ number: string; count: number }> {
  const found = await firstRow<{ number: string; count: number }>(
    em,
    sql`select r.number, (select count(*)::integer from mandate m where m.merchant_id = r.merchant_id) as count
        from merchant_ref r where r.merchant_id = ${merchantId}`,
  );
  if (!found) throw new NotFound('merchant');
  return found;
}

interface MandateFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  state?: string | undefined;
}

export async function listMandates(em: EntityManager, filter: MandateFilter): Promise<Page<MandateSummary>> {
  const after = readTimeCursor(filter.cursor);
  const found = await rows<Mandate & { createdAt: string }>(
    em,
    sql`select ${MANDATE}, m.created_at::text as "createdAt" from ${SOURCE}
        where ${filter.merchantId ? sql`m.merchant_id = ${filter.merchantId}` : sql`true`} and ${filter.state ? sql`m.state = ${filter.state}` : sql`true`}
          and ${after ? sql`(m.created_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by m.created_at desc, m.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ createdAt, id }) => [createdAt, id],
    ({ createdAt: _, ...mandate }) => withEnd(mandate),
  );
}

const withEnd = (mandate: Mandate): MandateSummary => ({ ...mandate, usableUntil: usableUntil(mandate) });

/** @throws NotFound */
export async function mandateView(em: EntityManager, id: string): Promise<MandateView> {
  const found = await firstRow<Mandate>(em, sql`select ${MANDATE} from ${SOURCE} where m.id = ${id}`);
  if (!found) throw new NotFound('mandate');
  const history = await rows<MandateView['history'][number]>(
    em,
    sql`select action, reason, by_whom as by, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from mandate_event where mandate_id = ${id} order by mandate_event.at desc, id desc`,
  );
  return { ...withEnd(found), history };
}

/** Nobody else changes it until the commit. @throws NotFound */
export async function lockMandate(em: EntityManager, id: string): Promise<Mandate> {
  const found = await firstRow<Mandate>(em, sql`select ${MANDATE} from ${SOURCE} where m.id = ${id} for update of m`);
  if (!found) throw new NotFound('mandate');
  return found;
}

export interface MandateChange {
  action: MandateAction;
  reason: string | null;
  by: string;
  at: Date;
  state?: Mandate['state'];
  final?: boolean;
  usedOn?: string;
}

/** Changes a mandate and writes its history, which is never changed. */
export async function changeMandate(
  em: EntityManager,
  { id, merchantId }: { id: string; merchantId: string },
  { action, reason, by, at, state, final, usedOn }: MandateChange,
): Promise<void> {
  await rows(
    em,
    sql`with changed as (
          update mandate set state = coalesce(${state ?? null}, state), final = coalesce(${final ?? null}::boolean, final),
            last_used_on = greatest(last_used_on, ${usedOn ?? null}::date), version = version + 1 where id = ${id})
        ${mandateEvent(id, merchantId, { action, reason, by, at })}`,
  );
}

export const mandateEvent = (
  mandateId: string,
  merchantId: string,
  { action, reason, by, at }: Pick<MandateChange, 'action' | 'reason' | 'by' | 'at'>,
) => sql`insert into mandate_event (id, mandate_id, merchant_id, action, reason, by_whom, at)
         values (${uuidv7(at)}, ${mandateId}, ${merchantId}, ${action}, ${reason}, ${by}, ${at.toISOString()})`;

/** Live mandates that were not used for so long that they lapse; locked, some at a time. */
export async function unusedMandates(em: EntityManager, today: string): Promise<Mandate[]> {
  const found = await rows<Mandate>(
    em,
    // a first, wider condition that the index answers; the day itself is that of the rule
    sql`select ${MANDATE} from ${SOURCE} where m.state in ('active', 'blocked') and coalesce(m.last_used_on, m.signed_on) < ${today}::date - interval '35 months'
        order by coalesce(m.last_used_on, m.signed_on) limit 200 for update of m skip locked`,
  );
  return found.filter((mandate) => usableUntil(mandate) < today);
}
