import { ZodError } from 'zod';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { inTransaction } from '../../../../shared/persistence/transaction.ts';
import { serviceActor } from '../../../../shared/protocol/actor.ts';
import { dunningLetterReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import type { StoredObject } from '../../../../shared/storage/object-store.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { dunningLetterModel, type DunningLetterModel } from '../../documents/dunning/dunning-letter-model.ts';
import {
  archiveLetter,
  claimLetter,
  noteLetterFailure,
  type PendingLetter,
} from '../../persistence/dunning/letters.ts';
import { failureOf } from '../invoices/document-finding.ts';
import { archivedLogo } from '../issuer/archived-logo.ts';

/** Longer than the deadline of the renderer. */
const LEASE_MS = 40_000;

/**
 * Draws the next letter, archives its bytes under their hash and announces it, so that it is mailed. As with invoices a
 * kill between any two steps repeats them, and only the first to archive it announces it.
 * @returns 1 when a letter was worked on, 0 when none is pending
 */
export async function renderNextLetter(deps: BillingDeps): Promise<number> {
  const pending = await inTransaction(deps.orm, 'staff', (em) => claimLetter(em, LEASE_MS));
  if (!pending) return 0;
  try {
    const model = dunningLetterModel.parse(pending.model);
    const { logo } = model.seller;
    const pdf = await deps.letters.render({ model, ...(logo ? { logo: await archivedLogo(deps.store, logo) } : {}) });
    await archive(deps, pending, model, await deps.store.putContent('dunning-letters', pdf, 'pdf'));
  } catch (error) {
    await recordFailure(deps, pending, error);
  }
  return 1;
}

async function archive(
  deps: BillingDeps,
  { id, merchantId, invoiceIds }: PendingLetter,
  model: DunningLetterModel,
  { key: objectKey, sha256, bytes }: StoredObject,
): Promise<void> {
  const actor = serviceActor('billing', `letter-${uuidv7(deps.now())}`);
  await transact(deps, actor, async (em, announce) => {
    if (!(await archiveLetter(em, id, { key: objectKey, sha256, bytes }, deps.now()))) return;
    const { number, level, language, currency, issueDate, payBy, openMinor, claimsMinor, totalMinor } = model;
    announce(dunningLetterReadyV1, {
      ...{ letterId: id, merchantId, number, level, language, currency, issueDate, payBy },
      ...{ openMinor, claimsMinor, totalMinor, issuerName: model.seller.name },
      invoices: model.invoices.map((invoice, index) => ({
        invoiceId: invoiceIds[index]!,
        ...{ number: invoice.number, dueDate: invoice.dueDate, openMinor: invoice.openMinor },
        level: invoice.level,
      })),
      pdf: { objectKey, sha256, bytes, filename: `${number.replaceAll('/', '-')}.pdf` },
    });
  });
}

/** Parked until someone looks, or tried again as {@link failureOf} says. */
async function recordFailure(deps: BillingDeps, letter: PendingLetter, error: unknown): Promise<void> {
  const { id } = letter;
  const failure = failureOf(error, letter, deps.random());
  const parked = failure.finding !== undefined || error instanceof ZodError;
  deps.log.error({ err: error, letter: id, parked }, 'a dunning letter could not be made');
  await inTransaction(deps.orm, 'staff', (em) => noteLetterFailure(em, id, { ...failure, parked }));
}
