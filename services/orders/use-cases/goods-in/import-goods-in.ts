import { readTable } from '../../../../shared/csv/read-table.ts';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { AppError, invalidField } from '../../../../shared/kernel/errors.ts';
import { read, transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertSeesMerchant, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { goodsInActions } from '../../../../shared/protocol/orders/goods-in-actions.ts';
import type { GoodsInFileOutcome, GoodsInMistake } from '../../../../shared/protocol/orders/goods-in.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import { readGoodsInFile } from '../../goods-in-csv/read-goods-in-file.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { announcedByReference, insertGoodsIn, lockAnnouncements, type NewGoodsIn } from '../../persistence/goods-in.ts';
import { knowMerchant } from '../know-merchant.ts';
import { newGoodsIn } from './announce-goods-in.ts';

type Input = InputOf<typeof goodsInActions.importGoodsIn>;

interface Given {
  delivery: NewGoodsIn;
  line: number;
}

const MOST_ERRORS_SHOWN = 100;

/**
 * Announces the deliveries of a CSV file, all or none (D13). The same file again changes nothing; one that says
 * something else about a reference that is announced already is a mistake of that line, because what was announced is
 * changed where it can be seen. What was called off can be announced anew.
 * @throws AppError 422 `GOODS_IN_FILE_INVALID` with `errors` at `lines.<line>.<field>`, unless it is a dry run
 * @throws InvalidInput `MERCHANT_REQUIRED`, an unknown merchant, and what is wrong with the file as a whole
 */
export function importGoodsIn(deps: OrdersDeps, input: Input, actor: Actor): Promise<GoodsInFileOutcome> {
  return takingUpload(deps, input.file, async () => {
    const merchantId = merchantFor(input, actor);
    await knowMerchant(deps, merchantId, actor);
    const file = readGoodsInFile(readTable(await deps.store.read(input.file.uploadKey)), merchantId);
    const { ignoredColumns } = file;
    const now = deps.now();
    const today = localDateOf(now, deps.config.KONTOR_ZONE);
    const given = file.deliveries.map(({ announcement, line }) => ({
      delivery: newGoodsIn(announcement, now, today),
      line,
    }));
    if (input.dryRun === 'true') {
      const { fresh, unchanged, errors } = await read(deps, actor, (em) => compare(em, merchantId, given));
      return { created: fresh.length, unchanged, errors: [...file.errors, ...errors], ignoredColumns };
    }
    if (file.errors.length) throw invalid(file.errors);
    return transact(deps, actor, async (em, _announce, audit) => {
      await lockAnnouncements(em, merchantId);
      const { fresh, unchanged, errors } = await compare(em, merchantId, given);
      if (errors.length) throw invalid(errors);
      for (const delivery of fresh) await record(em, audit, delivery, now);
      return { created: fresh.length, unchanged, errors: [], ignoredColumns };
    });
  });
}

function merchantFor({ merchantId }: Input, actor: Actor): string {
  if (merchantId !== undefined) {
    assertSeesMerchant(actor, merchantId);
    return merchantId;
  }
  if (actor.scope !== 'staff' && actor.scope.length === 1) return actor.scope[0]!;
  throw invalidField('merchantId', 'MERCHANT_REQUIRED', 'Say for which merchant');
}

/** What is new, what is known, and what says something else than before. */
async function compare(
  em: EntityManager,
  merchantId: string,
  given: readonly Given[],
): Promise<{ fresh: NewGoodsIn[]; unchanged: number; errors: GoodsInMistake[] }> {
  const references = given.map(({ delivery }) => delivery.reference);
  const known = Map.groupBy(await announcedByReference(em, merchantId, references), ({ reference }) => reference);
  const isNew = ({ delivery }: Given) => !known.has(delivery.reference);
  const isSame = ({ delivery }: Given) =>
    known.get(delivery.reference)?.some(({ contentHash }) => contentHash === delivery.contentHash) ?? false;
  const differing = given.filter((one) => !isNew(one) && !isSame(one));
  return {
    fresh: given.filter(isNew).map(({ delivery }) => delivery),
    unchanged: given.filter(isSame).length,
    errors: differing.map(({ delivery: { reference }, line }) => ({
      ...{ line, field: 'reference', code: 'GOODS_IN_EXISTS' },
      message: `${reference} is announced already, as ${known.get(reference)![0]!.number}, with other content`,
    })),
  };
}

async function record(em: EntityManager, audit: Audit, delivery: NewGoodsIn, now: Date): Promise<void> {
  await insertGoodsIn(em, delivery, now);
  const { id, merchantId, reference, expectedOn, lines } = delivery;
  audit({
    ...{ action: 'goods-in.announced' as const, entity: 'goods-in', entityId: id, merchantId },
    after: { reference, expectedOn, lines: lines.length, by: 'file' },
  });
}

const invalid = (errors: readonly GoodsInMistake[]): AppError =>
  new AppError(422, 'GOODS_IN_FILE_INVALID', `The file has ${errors.length} mistakes, so nothing of it was stored`, {
    count: errors.length,
    errors: errors.slice(0, MOST_ERRORS_SHOWN).map(({ line, field, code, message }) => ({
      ...{ path: `lines.${line}${field === null ? '' : `.${field}`}`, code, message },
    })),
  });
