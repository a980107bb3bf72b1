import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { GoodsInState } from '../../../shared/protocol/orders/goods-in.ts';
import type { GoodsInLine } from '../domain/goods-in.ts';

export interface GoodsInRow {
  id: string;
  version: number;
  merchantId: string;
  number: string;
  reference: string;
  announced: boolean;
  expectedOn: string;
  expectedPallets: number | null;
  expectedCartons: number | null;
  note: string;
  state: GoodsInState;
  receivedAt: string | null;
  closedAt: string | null;
  serviceDate: string | null;
  pallets: number | null;
  cartons: number | null;
  minutes: number | null;
  revision: number;
  createdAt: string;
  contentHash: string;
}

/** The columns of a {@link GoodsInRow}. */
export const GOODS_IN_COLUMNS = sql`g.id, g.version, g.merchant_id as "merchantId", g.number, g.reference, g.announced,
  to_char(g.expected_on, 'YYYY-MM-DD') as "expectedOn", g.expected_pallets as "expectedPallets", g.expected_cartons as "expectedCartons",
  g.note, g.state, g.received_at as "receivedAt", g.closed_at as "closedAt", to_char(g.service_date, 'YYYY-MM-DD') as "serviceDate",
  g.pallets, g.cartons, g.minutes, g.revision, g.created_at as "createdAt", g.content_hash as "contentHash"`;

export type NewGoodsIn = Pick<
  GoodsInRow,
  'id' | 'merchantId' | 'reference' | 'announced' | 'expectedOn' | 'expectedPallets' | 'expectedCartons' | 'note'
> & { contentHash: string; lines: readonly NewLine[] };

export interface NewLine {
  id: string;
  sku: string;
  name: string;
  expectedQuantity: number;
}

/** What has not been announced is received at once. @returns whether the id was free */
export async function insertGoodsIn(em: EntityManager, given: NewGoodsIn, now: Date): Promise<boolean> {
  const at = now.toISOString();
  const made = await firstRow(
    em,
    sql`insert into goods_in (id, merchant_id, number, reference, announced, expected_on, expected_pallets, expected_cartons, note,
          state, received_at, content_hash, created_at, updated_at)
        values (${given.id}, ${given.merchantId}, 'GI-' || nextval('goods_in_number'), ${given.reference}, ${given.announced},
          ${given.expectedOn}, ${given.expectedPallets}, ${given.expectedCartons}, ${given.note},
          ${given.announced ? 'announced' : 'received'}, ${given.announced ? null : at}, ${given.contentHash}, ${at}, ${at})
        on conflict (id) do nothing returning id`,
  );
  if (made) await insertLines(em, given, given.lines);
  return made !== undefined;
}

/** Held by an import until it commits, so that two of the same file announce it once. */
export async function lockAnnouncements(em: EntityManager, merchantId: string): Promise<void> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`orders.goods-in.${merchantId}`}, 0))`);
}

/** What is announced or came in under these references; what was called off does not count. */
export async function announcedByReference(
  em: EntityManager,
  merchantId: string,
  references: readonly string[],
): Promise<Pick<GoodsInRow, 'reference' | 'number' | 'contentHash'>[]> {
  return rows(
    em,
    sql<Pick<GoodsInRow, 'reference' | 'number' | 'contentHash'>>`
      select g.reference, g.number, g.content_hash as "contentHash" from goods_in g
      where g.merchant_id = ${merchantId} and g.reference = any(${[...references]}::text[]) and g.state <> 'cancelled'
      order by g.created_at, g.id`,
  );
}

/** Adds lines behind those that are there. */
export async function insertLines(
  em: EntityManager,
  { id, merchantId }: Pick<GoodsInRow, 'id' | 'merchantId'>,
  lines: readonly NewLine[],
): Promise<void> {
  if (!lines.length) return;
  await rows(
    em,
    sql`insert into goods_in_line (id, merchant_id, goods_in_id, position, sku, name, expected_quantity)
        select n.id, ${merchantId}, ${id}, n.ordinality + (select coalesce(max(position), 0) from goods_in_line where goods_in_id = ${id}),
          n.sku, n.name, n.expected
        from unnest(${lines.map((line) => line.id)}::uuid[], ${lines.map(({ sku }) => sku)}::text[], ${lines.map(({ name }) => name)}::text[],
          ${lines.map(({ expectedQuantity }) => expectedQuantity)}::int[]) with ordinality as n (id, sku, name, expected, ordinality)`,
  );
}

export async function deleteLines(em: EntityManager, id: string): Promise<void> {
  await rows(em, sql`delete from goods_in_line where goods_in_id = ${id}`);
}

export async function saveCounts(
  em: EntityManager,
  id: string,
  counts: readonly Pick<GoodsInLine, 'sku' | 'receivedQuantity' | 'damagedQuantity' | 'putAway'>[],
): Promise<void> {
  await rows(
    em,
    sql`update goods_in_line l set received_quantity = n."receivedQuantity", damaged_quantity = n."damagedQuantity", put_away = n."putAway"
        from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as n (sku text, "receivedQuantity" int, "damagedQuantity" int, "putAway" jsonb)
        where l.goods_in_id = ${id} and l.sku = n.sku`,
  );
}

/** Columns that change; what is not named stays. */
export type GoodsInChange = Partial<
  Pick<
    GoodsInRow,
    | 'reference'
    | 'expectedOn'
    | 'expectedPallets'
    | 'expectedCartons'
    | 'note'
    | 'state'
    | 'receivedAt'
    | 'closedAt'
    | 'serviceDate'
    | 'pallets'
    | 'cartons'
    | 'minutes'
    | 'revision'
  >
>;

/** Writes a locked delivery, with its next version. */
export async function saveGoodsIn(em: EntityManager, row: GoodsInRow, change: GoodsInChange, now: Date): Promise<void> {
  const next = { ...row, ...change };
  await rows(
    em,
    sql`update goods_in set reference = ${next.reference}, expected_on = ${next.expectedOn}, expected_pallets = ${next.expectedPallets},
          expected_cartons = ${next.expectedCartons}, note = ${next.note}, state = ${next.state}, received_at = ${next.receivedAt},
          closed_at = ${next.closedAt}, service_date = ${next.serviceDate}, pallets = ${next.pallets}, cartons = ${next.cartons},
          minutes = ${next.minutes}, revision = ${next.revision}, version = version + 1, updated_at = ${now.toISOString()}
        where id = ${row.id}`,
  );
}

export async function findGoodsIn(em: EntityManager, id: string): Promise<GoodsInRow | undefined> {
  return firstRow<GoodsInRow>(em, sql<GoodsInRow>`select ${GOODS_IN_COLUMNS} from goods_in g where g.id = ${id}`);
}

export async function findGoodsInForUpdate(em: EntityManager, id: string): Promise<GoodsInRow | undefined> {
  return firstRow<GoodsInRow>(
    em,
    sql<GoodsInRow>`select ${GOODS_IN_COLUMNS} from goods_in g where g.id = ${id} for update`,
  );
}

export async function linesOfGoodsIn(em: EntityManager, id: string): Promise<(GoodsInLine & { position: number })[]> {
  return rows(
    em,
    sql`select id, position, sku, name, expected_quantity as "expectedQuantity", received_quantity as "receivedQuantity",
          damaged_quantity as "damagedQuantity", put_away as "putAway"
        from goods_in_line where goods_in_id = ${id} order by position`,
  );
}
