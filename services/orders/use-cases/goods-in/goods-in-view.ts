import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { GoodsInView } from '../../../../shared/protocol/orders/goods-in.ts';
import { piecesOf } from '../../domain/goods-in.ts';
import { findGoodsIn, findGoodsInForUpdate, linesOfGoodsIn, type GoodsInRow } from '../../persistence/goods-in.ts';

/** @throws NotFound */
export async function goodsInView(em: EntityManager, id: string): Promise<GoodsInView> {
  const row = await findGoodsIn(em, id);
  if (!row) throw new NotFound('delivery');
  const lines = await linesOfGoodsIn(em, id);
  return {
    ...headOf(row),
    ...piecesOf(lines),
    lines: lines.map((line) => ({
      ...line,
      difference: line.receivedQuantity === null ? null : line.receivedQuantity - line.expectedQuantity,
    })),
  };
}

/** A row as it is shown, with instants as the API writes them. */
export function headOf<Row extends GoodsInRow>({ contentHash: _, ...row }: Row) {
  return {
    ...row,
    receivedAt: row.receivedAt && new Date(row.receivedAt).toISOString(),
    closedAt: row.closedAt && new Date(row.closedAt).toISOString(),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

/**
 * The delivery to be changed, locked until the transaction ends.
 * @throws NotFound; AppError 412 when the caller saw an older version
 */
export async function lockGoodsIn(em: EntityManager, id: string, actor: Actor): Promise<GoodsInRow> {
  const row = await findGoodsInForUpdate(em, id);
  if (!row) throw new NotFound('delivery');
  assertVersion(actor, row.version);
  return row;
}
