import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../../shared/protocol/actor.ts';
import type { dunningActions } from '../../../../shared/protocol/billing/dunning-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { claimView, dunningOf, listClaims, settleClaim, type Claim } from '../../persistence/dunning/claims.ts';
import { archivedLetter, listLetters } from '../../persistence/dunning/letter-views.ts';

type Actions = typeof dunningActions;

export const listDunningClaims = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningClaims']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningClaims']>> => read(deps, actor, (em) => listClaims(em, input));

/** @throws NotFound; RuleViolation for one that is settled */
export const payDunningClaim = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<Claim> =>
  settle(deps, id, actor, 'paid', null);

/** @throws NotFound; RuleViolation for one that is settled */
export const waiveDunningClaim = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['waiveDunningClaim']>,
  actor: Actor,
): Promise<Claim> => settle(deps, id, actor, 'waived', reason);

async function settle(
  deps: BillingDeps,
  id: string,
  actor: Actor,
  state: 'paid' | 'waived',
  reason: string | null,
): Promise<Claim> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const claim = await claimView(em, id);
    if (!(await settleClaim(em, id, { state, by: actor.id, at: deps.now(), reason })))
      throw new RuleViolation('CLAIM_SETTLED', `The claim is ${claim.state}`, { state: claim.state });
    audit({
      action: state === 'paid' ? 'dunning.claim-paid' : 'dunning.claim-waived',
      ...{ entity: 'dunning-claim', entityId: id, merchantId: claim.merchantId },
      after: { kind: claim.kind, amountMinor: claim.amountMinor },
      ...(reason === null ? {} : { reason }),
    });
    return claimView(em, id);
  });
}

export const listDunningLetters = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningLetters']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningLetters']>> =>
  read(deps, actor, (em) => listLetters(em, { ...input, readyOnly: !isStaff(actor) }));

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

/** @throws NotFound */
export const getInvoiceDunning = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<OutputOf<Actions['getInvoiceDunning']>> => read(deps, actor, (em) => dunningOf(em, id));
