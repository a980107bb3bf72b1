import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { dunningActions } from '../../../../shared/protocol/billing/dunning-actions.ts';
import type { DunningLetterView } from '../../../../shared/protocol/billing/dunning-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { archivedLetter, letterView, listLetters } from '../../persistence/dunning/letter-views.ts';
import { unparkLetter } from '../../persistence/dunning/letters.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { findBillingMerchant } from '../../persistence/runs/billing-merchant.ts';
import { todayOf } from '../direct-debits/collection-runs.ts';
import { letterParties } from './letter-model.ts';

type Actions = typeof dunningActions;

export const listDunningLetters = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningLetters']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningLetters']>> =>
  read(deps, actor, (em) => listLetters(em, { ...input, readyOnly: !isStaff(actor) }));

/** @throws NotFound; for users of a merchant also while there is no document */
export const getDunningLetter = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<DunningLetterView> =>
  read(deps, actor, (em) => letterView(em, id, !isStaff(actor)));

/** @throws NotFound while there is no document */
export async function getDunningLetterPdf(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getDunningLetterPdf']>> {
  const { objectKey, number } = await read(deps, actor, (em) => archivedLetter(em, id));
  const filename = `${number.replaceAll('/', '-')}.pdf`;
  return { objectKey, contentType: 'application/pdf', filename, disposition: 'inline' };
}

/**
 * Puts a parked letter back to work, with the names and addresses of now: mostly one of them could not be printed. What
 * it demands, its number and its days stay.
 * @throws NotFound; RuleViolation when its document is there already or just being made
 */
export async function retryDunningLetter(
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<DunningLetterView> {
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const { document: state, merchantId } = await letterView(em, id, false);
    const { snapshot } = await findBillingMerchant(em, merchantId, todayOf(deps));
    // there is one since the first letter
    const issuer = (await findIssuer(em))!;
    if (!(await unparkLetter(em, id, letterParties(issuer, snapshot))))
      throw new RuleViolation('DOCUMENT_NOT_PARKED', `The document is ${state}`, { state });
    audit({ action: 'dunning.letter-retried', entity: 'dunning-letter', entityId: id, merchantId });
    return letterView(em, id, false);
  });
  deps.wakers.get('dunning-letters')?.();
  return view;
}
