import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type {
  baseRateView,
  DunningSettings,
  dunningStopView,
} from '../../../../shared/protocol/billing/dunning-views.ts';
import { DEFAULT_DUNNING } from '../../domain/dunning/default-settings.ts';
import { ISSUER_ID } from '../issuer.ts';

type Rate = z.output<typeof baseRateView>;
type Stop = z.output<typeof dunningStopView>;

/** The settings in force; version 0 while they are those of the product. */
export async function dunningSettings(em: EntityManager): Promise<{ settings: DunningSettings; version: number }> {
  const found = await firstRow<{ settings: DunningSettings; version: number }>(
    em,
    sql`select settings, version from dunning_settings where issuer_id = ${ISSUER_ID}`,
  );
  return found ?? { settings: DEFAULT_DUNNING, version: 0 };
}

export async function saveSettings(
  em: EntityManager,
  settings: DunningSettings,
): Promise<{ settings: DunningSettings; version: number }> {
  const [saved] = await rows<{ settings: DunningSettings; version: number }>(
    em,
    sql`insert into dunning_settings (issuer_id, settings) values (${ISSUER_ID}, ${JSON.stringify(settings)}::jsonb)
        on conflict (issuer_id) do update set settings = excluded.settings, version = dunning_settings.version + 1, updated_at = now()
        returning settings, version`,
  );
  return saved!;
}

const RATE = sql`valid_from as "validFrom", rate_bp as "rateBasisPoints", source, entered_by as "enteredBy"`;

export async function listRates(
  em: EntityManager,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Rate>> {
  const after = readCursor(cursor, ['day']);
  const found = await rows<Rate>(
    em,
    sql`select ${RATE} from base_rate where ${after ? sql`valid_from < ${after[0]}::date` : sql`true`} order by valid_from desc limit ${limit + 1}`,
  );
  return toPage(
    found,
    limit,
    ({ validFrom }) => [validFrom],
    (rate) => rate,
  );
}

/** The rate of a half-year, which nobody counts with or corrects until the commit. */
export async function lockRate(em: EntityManager, validFrom: string): Promise<Rate> {
  const [found] = await rows<Rate>(em, sql`select ${RATE} from base_rate where valid_from = ${validFrom} for update`);
  return found!;
}

/** @returns `undefined` where the half-year has a rate; whoever enters it in this moment is waited for */
export const enterRate = (em: EntityManager, rate: Rate): Promise<Rate | undefined> =>
  firstRow<Rate>(
    em,
    sql`insert into base_rate (valid_from, rate_bp, source, entered_by) values (${rate.validFrom}, ${rate.rateBasisPoints}, ${rate.source}, ${rate.enteredBy})
        on conflict (valid_from) do nothing returning ${RATE}`,
  );

export async function correctRate(em: EntityManager, rate: Rate): Promise<Rate> {
  const [saved] = await rows<Rate>(
    em,
    sql`update base_rate set rate_bp = ${rate.rateBasisPoints}, source = ${rate.source}, entered_by = ${rate.enteredBy}, entered_at = now()
        where valid_from = ${rate.validFrom} returning ${RATE}`,
  );
  return saved!;
}

const STOP = sql`s.id, s.merchant_id as "merchantId", r.name as "merchantName", s.reason, s.until, s.set_by as "setBy",
  to_char(s.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "setAt"`;
const STOPS = sql`dunning_stop s join merchant_ref r on r.merchant_id = s.merchant_id`;

/** Stops that hold on a day, latest first. */
export async function listStops(
  em: EntityManager,
  filter: { limit: number; cursor?: string | undefined; merchantId?: string | undefined },
  today: string,
): Promise<Page<Stop>> {
  const after = readTimeCursor(filter.cursor);
  const found = await rows<Stop & { key: string }>(
    em,
    sql`select ${STOP}, s.set_at::text as key from ${STOPS}
        where s.lifted_at is null and (s.until is null or s.until >= ${today}) and ${filter.merchantId ? sql`s.merchant_id = ${filter.merchantId}` : sql`true`}
          and ${after ? sql`(s.set_at, s.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by s.set_at desc, s.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ key, id }) => [key, id],
    ({ key: _, ...stop }) => stop,
  );
}

/** @throws NotFound */
export async function stopView(em: EntityManager, id: string): Promise<Stop> {
  const found = await firstRow<Stop>(em, sql`select ${STOP} from ${STOPS} where s.id = ${id}`);
  if (!found) throw new NotFound('dunning stop');
  return found;
}

/** @returns how many were lifted: those of the merchant, or the one */
export const liftStops = (em: EntityManager, of: { merchantId: string } | { id: string }, by: string, at: Date) =>
  rows<{ id: string }>(
    em,
    sql`update dunning_stop set lifted_by = ${by}, lifted_at = ${at.toISOString()}
        where lifted_at is null and ${'id' in of ? sql`id = ${of.id}` : sql`merchant_id = ${of.merchantId}`} returning id`,
  );

export async function insertStop(
  em: EntityManager,
  stop: { id: string; merchantId: string; reason: string; until: string | null; by: string; at: Date },
): Promise<void> {
  await rows(
    em,
    sql`insert into dunning_stop (id, merchant_id, reason, until, set_by, set_at)
        values (${stop.id}, ${stop.merchantId}, ${stop.reason}, ${stop.until}, ${stop.by}, ${stop.at.toISOString()})`,
  );
}
