import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { returnPolicy, type ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { ReturnRule } from '../domain/disposition-rules.ts';
import type { Lock, Photo, Return } from '../domain/model.ts';
import type { OrderPieces } from '../domain/over-return.ts';
import { orderPieces } from './order-pieces.ts';
import {
  headColumns,
  headColumnsButNumber,
  headOf,
  headRow,
  itemAssignments,
  itemColumns,
  itemOfRow,
  itemRow,
  lockOf,
  parcelColumns,
  parcelOf,
  parcelRow,
  photoOf,
  type JsonRow,
} from './rows.ts';

/** A return with all that its rules look at. */
export interface LoadedReturn {
  parcel: Return;
  photos: Photo[];
  /** The merchant's; none while the merchant is unknown. */
  rules: ReturnRule[];
  /** The merchant's; as shipped while the merchant is unknown. */
  policy: ReturnPolicy;
  /** Groups of the articles of its items, by SKU: rules, photos and prices go by them. */
  groups: ReadonlyMap<string, string | null>;
  /** Of the article that was asked about; `null` where there is nothing to count. */
  orderPieces: OrderPieces | null;
  /** It was split from another return, or another one from it. */
  hasFamily: boolean;
}

interface LoadedRow {
  head: JsonRow;
  seen: { version: number; photos: number };
  items: JsonRow[];
  photos: JsonRow[];
  parcels: JsonRow[];
  merchant: { rules: ReturnRule[]; policy: object } | null;
  groups: Record<string, string | null>;
  inHouse: boolean;
  pieces: OrderPieces | null;
  hasFamily: boolean;
}

/** @throws NotFound when there is none in scope */
export const findReturn = (em: EntityManager, id: string): Promise<LoadedReturn> => load(em, id, false);

/** What a change asks of the database beside the return. */
export interface Asked {
  /** The item whose article is counted over all returns of its order; see {@link orderPieces}. */
  piecesOf?: string;
}

/**
 * The return, locked until the transaction ends, in one statement. Having waited for another transaction, the
 * statement still sees the items of before: then it is read once more, now that the lock is held.
 * @throws NotFound when there is none in scope
 */
export const lockReturn = (em: EntityManager, id: string, asked: Asked = {}): Promise<LoadedReturn> =>
  load(em, id, true, asked);

async function load(em: EntityManager, id: string, lock: boolean, asked: Asked = {}): Promise<LoadedReturn> {
  const query = sql<LoadedRow>`
    select to_jsonb(r) as head,
      (select jsonb_build_object('version', s.version, 'photos', s.photo_count) from returns.return s where s.id = r.id) as seen,
      (select coalesce(jsonb_agg(to_jsonb(i) order by i.position, i.split_from is not null, i.id), '[]')
       from returns.return_item i where i.return_id = r.id) as items,
      (select coalesce(jsonb_agg(to_jsonb(p) order by p.uploaded_at, p.id), '[]')
       from returns.photo p where p.return_id = r.id) as photos,
      (select coalesce(jsonb_agg(to_jsonb(c) order by c.received_at, c.id), '[]')
       from returns.return_parcel c where c.return_id = r.id) as parcels,
      (select jsonb_build_object('rules', m.return_rules, 'policy', m.return_policy)
       from returns.merchant_ref m where m.merchant_id = r.merchant_id) as merchant,
      (select coalesce(jsonb_object_agg(a.sku, a.article_group), '{}') from returns.article_ref a
       where a.merchant_id = r.merchant_id and a.sku in (select i.sku from returns.return_item i where i.return_id = r.id)) as groups,
      (select current_setting('kontor.scope', true)) = 'staff' as "inHouse",
      ${orderPieces(asked.piecesOf)} as pieces,
      (r.parent_id is not null or exists (select 1 from returns.return c where c.parent_id = r.id)) as "hasFamily"
    from returns.return r where r.id = ${id} ${lock ? sql`for update of r` : sql``}`;
  let found = await firstRow(em, query);
  if (found && (found.seen.version !== found.head['version'] || found.seen.photos !== found.head['photo_count']))
    found = await firstRow(em, query);
  if (!found) throw new NotFound('return');
  return {
    parcel: {
      ...headOf(found.head),
      items: found.items.map(itemOfRow),
      parcels: found.parcels.map(parcelOf),
      lock: found.inHouse ? lockOf(found.head) : null,
    },
    photos: found.photos.map(photoOf),
    rules: found.merchant?.rules ?? [],
    policy: returnPolicy.parse(found.merchant?.policy ?? {}),
    groups: new Map(Object.entries(found.groups)),
    orderPieces: found.pieces,
    hasFamily: found.hasFamily,
  };
}

/**
 * Writes a locked return, the items that differ from before, new parcels and a renewed lock, in one statement.
 * @returns the return with its next version
 * @throws RuleViolation `ITEM_ID_TAKEN` when another return has an item with the id of a new one
 */
export async function saveReturn(em: EntityManager, before: Return, after: Return, at: Date): Promise<Return> {
  const saved: Return = { ...after, version: before.version + 1, updatedAt: at };
  const moved = saved.merchantId !== before.merchantId;
  const changed = saved.items.filter((item) => moved || !before.items.includes(item));
  const came = saved.parcels.filter((parcel) => !before.parcels.includes(parcel));
  const written = await firstRow<{ items: string }>(
    em,
    sql`with head as (
          update returns.return set (${headColumns}) =
            (select ${headColumns} from jsonb_populate_record(null::returns.return, ${JSON.stringify(headRow(saved))}::jsonb))
            ${saved.lock === before.lock ? sql`` : sql`, ${lockColumns(saved.lock)}`}
          where id = ${saved.id}),
        came as (
          insert into returns.return_parcel (return_id, merchant_id, ${parcelColumns})
          select return_id, merchant_id, ${parcelColumns}
          from jsonb_populate_recordset(null::returns.return_parcel, ${JSON.stringify(came.map((parcel) => parcelRow(saved, parcel)))}::jsonb)),
        item as (
        insert into returns.return_item (return_id, merchant_id, ${itemColumns})
        select return_id, merchant_id, ${itemColumns}
        from jsonb_populate_recordset(null::returns.return_item, ${JSON.stringify(changed.map((item) => itemRow(saved, item)))}::jsonb)
        on conflict (id) do update set ${itemAssignments} where return_item.return_id = excluded.return_id
        returning 1)
        select count(*) as items from item`,
  );
  if (Number(written?.items) !== changed.length) throw itemIdTaken();
  if (moved)
    await rows(
      em,
      sql`with photo as (update returns.photo set merchant_id = ${saved.merchantId} where return_id = ${saved.id})
          update returns.return_parcel set merchant_id = ${saved.merchantId} where return_id = ${saved.id}`,
    );
  return saved;
}

/** Writes the lock alone: it is no part of the return's version. */
export const saveLock = (em: EntityManager, id: string, lock: Lock | null): Promise<unknown> =>
  rows(em, sql`update returns.return set ${lockColumns(lock)} where id = ${id}`);

const lockColumns = (lock: Lock | null) =>
  sql`locked_by = ${lock?.userId ?? null}, lock_name = ${lock?.name ?? null},
    locked_until = ${lock?.expiresAt.toISOString() ?? null}::timestamptz`;

/**
 * Inserts a return with its items and parcels, in one statement.
 * @returns the return with its number; `undefined` when its id or external number is taken, and then nothing is written
 */
export async function insertReturn(em: EntityManager, parcel: Return, year: string): Promise<Return | undefined> {
  const items = JSON.stringify(parcel.items.map((item) => itemRow(parcel, item)));
  const parcels = JSON.stringify(parcel.parcels.map((came) => parcelRow(parcel, came)));
  const inserted = await firstRow<{ number: string }>(
    em,
    sql`with head as (
          insert into returns.return (number, ${headColumnsButNumber})
          select ${nextNumber('RT', year, 'returns.return_number')}, ${headColumnsButNumber}
          from jsonb_populate_record(null::returns.return, ${JSON.stringify(headRow(parcel))}::jsonb)
          on conflict do nothing returning number),
        items as (
          insert into returns.return_item (return_id, merchant_id, ${itemColumns})
          select return_id, merchant_id, ${itemColumns}
          from jsonb_populate_recordset(null::returns.return_item, ${items}::jsonb) where exists (select 1 from head)),
        came as (
          insert into returns.return_parcel (return_id, merchant_id, ${parcelColumns})
          select return_id, merchant_id, ${parcelColumns}
          from jsonb_populate_recordset(null::returns.return_parcel, ${parcels}::jsonb) where exists (select 1 from head))
        select number from head`,
  );
  return inserted && { ...parcel, number: inserted.number };
}

export const itemIdTaken = (): RuleViolation =>
  new RuleViolation('ITEM_ID_TAKEN', 'An item with this id exists already');

/** `RT-2026-00123`: the number runs on over the years and has no end. */
export const nextNumber = (
  prefix: string,
  year: string,
  sequence: 'returns.return_number' | 'returns.rtv_batch_number',
) =>
  sql`(select ${`${prefix}-${year}-`} || lpad(n, greatest(5, length(n)), '0')
       from (select nextval(${sequence})::text as n offset 0) drawn)`;
