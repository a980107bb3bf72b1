import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { BatchTotals, Sized } from '../domain/batch-limits.ts';
import type { Dispute } from '../domain/batch-disputes.ts';
import type { RtvSchedule } from '../domain/batch-schedule.ts';
import type { Grade } from '../domain/model.ts';
import { showsItem } from './photos.ts';

/** An item as it lies in a batch. */
export interface PackedItem extends Sized {
  itemId: string;
  returnId: string;
  returnNumber: string;
  orderNumber: string | null;
  labelNumber: bigint;
  sku: string | null;
  name: string;
  /** It belongs to somebody else, and whoever gets the batch is not told what it is. */
  foreign: boolean;
  state: 'in_rtv_batch' | 'returned_to_merchant';
  grade: Grade | null;
  reason: string | null;
  note: string;
  serialNumbers: string[];
  batchNumber: string | null;
  checkedAt: Date | null;
  photoCount: number;
  /** The first of its photos; a part shows what was photographed before it was split off. */
  photo: { id: string; thumbKey: string } | null;
}

type PackedRow = Omit<PackedItem, 'labelNumber' | 'checkedAt' | 'pieceMm3' | 'photoCount'> & {
  labelNumber: string;
  checkedAt: string | null;
  pieceMm3: string | null;
  photoCount: string;
};

/** What lies in a batch, in the order in which it came in. */
export async function itemsOfBatch(em: EntityManager, batchId: string): Promise<PackedItem[]> {
  const found = await rows(
    em,
    sql<PackedRow>`
      select i.id as "itemId", i.return_id as "returnId", r.number as "returnNumber", r.order_number as "orderNumber",
        i.label_number as "labelNumber", i.sku, i.name, i.origin = 'foreign' as foreign, i.quantity, i.state, i.grade, i.reason, i.note,
        i.serial_numbers as "serialNumbers", i.batch_number as "batchNumber", to_jsonb(c.checked_at) #>> '{}' as "checkedAt",
        a.weight_grams as "pieceGrams", a.volume_mm3 as "pieceMm3",
        (select count(*) from returns.photo p where p.return_id = i.return_id and ${showsItem}) as "photoCount",
        (select jsonb_build_object('id', p.id, 'thumbKey', p.thumb_key) from returns.photo p
         where p.return_id = i.return_id and ${showsItem}
         order by p.item_id = i.id desc, p.uploaded_at, p.id limit 1) as photo
      from returns.return_item i join returns.return r on r.id = i.return_id
        left join returns.rtv_check c on c.item_id = i.id and c.batch_id = i.rtv_batch_id
        left join returns.article_ref a on a.merchant_id = i.merchant_id and a.sku = i.sku
      where i.rtv_batch_id = ${batchId} order by r.inspected_at, r.number, i.position, i.id`,
  );
  return found.map((row) => ({
    ...row,
    labelNumber: BigInt(row.labelNumber),
    checkedAt: row.checkedAt === null ? null : new Date(row.checkedAt),
    pieceMm3: row.pieceMm3 === null ? null : Number(row.pieceMm3),
    photoCount: Number(row.photoCount),
  }));
}

/** The sums that a list shows of a batch, and the schedule of its merchant. */
export interface BatchFigures extends BatchTotals {
  checkedPieces: number;
  disputedPieces: number;
  schedule: RtvSchedule;
}

/** Of each batch; in one statement. */
export async function figuresOf(em: EntityManager, batchIds: readonly string[]): Promise<Map<string, BatchFigures>> {
  if (!batchIds.length) return new Map();
  const found = await rows<
    { id: string; schedule: RtvSchedule } & Record<Exclude<keyof BatchFigures, 'schedule'>, string>
  >(
    em,
    sql`select b.id, m.rtv_schedule as schedule, i.*,
          (select coalesce(sum(d.quantity), 0) from returns.rtv_dispute d
           where d.merchant_id = b.merchant_id and d.batch_id = b.id and d.outcome is null) as "disputedPieces"
        from returns.rtv_batch b join returns.merchant_ref m on m.merchant_id = b.merchant_id, lateral (
          select ${totals}, coalesce(sum(i.quantity) filter (where c.item_id is not null), 0) as "checkedPieces"
          from returns.return_item i
            left join returns.rtv_check c on c.item_id = i.id and c.batch_id = i.rtv_batch_id
            left join returns.article_ref a on a.merchant_id = i.merchant_id and a.sku = i.sku
          where i.rtv_batch_id = b.id) i
        where b.id = any(${batchIds}::uuid[])`,
  );
  return new Map(found.map(({ id, schedule, ...sums }) => [id, { ...numbersOf(sums), schedule }]));
}

/** Sums over items `i` with their articles `a`, as `totalsOf` of the domain makes them. */
export const totals = sql`coalesce(sum(i.quantity), 0) as pieces,
  coalesce(sum(i.quantity * a.weight_grams::bigint), 0) as "weightKnownGrams",
  coalesce(sum(i.quantity) filter (where a.weight_grams is null), 0) as "piecesWithoutWeight",
  coalesce(ceil(sum(i.quantity * a.volume_mm3) / 1000.0), 0) as "volumeCm3",
  coalesce(sum(i.quantity) filter (where a.volume_mm3 is null), 0) as "piecesWithoutVolume"`;

/** PostgreSQL gives sums as text. */
export const numbersOf = <Key extends string>(sums: Record<Key, string>): Record<Key, number> =>
  Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, Number(value)])) as Record<Key, number>;

type DisputeRow = Omit<Dispute, 'openedAt' | 'resolvedAt'> & { openedAt: string; resolvedAt: string | null };

/** What the merchant said about a batch, in the order in which it was said. */
export async function disputesOf(em: EntityManager, batchId: string): Promise<Dispute[]> {
  const found = await rows(
    em,
    sql<DisputeRow>`
      select id, item_id as "itemId", quantity, reason, note, to_jsonb(opened_at) #>> '{}' as "openedAt", outcome,
        resolution_note as "resolutionNote", to_jsonb(resolved_at) #>> '{}' as "resolvedAt"
      from returns.rtv_dispute where batch_id = ${batchId} order by opened_at, id`,
  );
  return found.map(({ openedAt, resolvedAt, ...row }) => ({
    ...row,
    openedAt: new Date(openedAt),
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
  }));
}
