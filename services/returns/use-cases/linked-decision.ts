import { createHash } from 'node:crypto';
import { AppError, NotFound } from '../../../shared/kernel/errors.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { decisionActions, LinkedDecision } from '../../../shared/protocol/returns/decision-actions.ts';
import type { LinkedQuestions } from '../decision-links.ts';
import { linkedDecision } from '../decision-views.ts';
import type { Decision } from '../domain/decision.ts';
import type { Return } from '../domain/model.ts';
import { findAnswer, insertAnswer, merchantOfReturn } from '../persistence/decisions.ts';
import { findMerchant } from '../persistence/merchants.ts';
import { findReturn, lockReturn, type LoadedReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { assertDistinct, decideOn } from './decide.ts';
import { asRules, keep, momentOf } from './steps.ts';

type Actions = typeof decisionActions;

/**
 * What a link asks, and what was answered already; looking does not use it up.
 * @throws NotFound for what is none of our links @throws AppError 410 `LINK_EXPIRED`, `DECISION_LINK_REPLACED`
 */
export async function getLinkedDecision(
  deps: ReturnsDeps,
  { token }: InputOf<Actions['getLinkedDecision']>,
  { requestId }: Actor,
): Promise<LinkedDecision> {
  const link = deps.readDecisionLink(token);
  return read(deps, await holderOf(deps, link, requestId), async (em) => {
    const loaded = await findReturn(em, link.returnId);
    assertCurrent(loaded.parcel, link);
    const answer = await findAnswer(em, link.returnId, link.revision);
    return viewOf(deps, em, loaded, answer?.answeredAt ?? null);
  });
}

/**
 * Answers by a link, once per revision of the inspection. A second click on the same answer is harmless; another
 * answer is refused. Errors beside these: domain/decision.ts.
 * @throws AppError 410 `DECISION_LINK_USED`, `DECISION_LINK_REPLACED`, `LINK_EXPIRED` @throws NotFound
 */
export async function answerLinkedDecision(
  deps: ReturnsDeps,
  { token, decisions }: InputOf<Actions['answerLinkedDecision']>,
  { requestId }: Actor,
): Promise<LinkedDecision> {
  const link = deps.readDecisionLink(token);
  assertDistinct(decisions);
  const contentHash = hashOf(decisions);
  const holder = await holderOf(deps, link, requestId);
  return asRules(
    transact(deps, holder, async (em, announce, audit) => {
      const loaded = await lockReturn(em, link.returnId);
      assertCurrent(loaded.parcel, link);
      const earlier = await findAnswer(em, link.returnId, link.revision);
      if (earlier && earlier.contentHash !== contentHash)
        throw new AppError(410, 'DECISION_LINK_USED', 'This link was used already; decide in the portal');
      if (earlier) return viewOf(deps, em, loaded, earlier.answeredAt);
      const moment = momentOf(deps, holder);
      const placed = decisions.map((decision, index) => ({ ...decision, place: `decisions.${index}` }));
      const outcome = await decideOn({ ...loaded, em, announce, moment }, placed, 'link');
      const answer = { contentHash, answeredAt: moment.at };
      await insertAnswer(em, answer, { ...link, merchantId: loaded.parcel.merchantId!, decisions });
      const parcel = await keep(em, announce, audit, loaded.parcel, outcome, moment.at);
      return viewOf(deps, em, { ...loaded, parcel }, moment.at);
    }),
  );
}

/** Whoever has the link: no more than the merchant it was sent to, and known by the link in the audit trail. */
async function holderOf(deps: ReturnsDeps, { returnId }: LinkedQuestions, requestId: string): Promise<Actor> {
  const merchantId = await inTransaction(deps.orm, 'staff', (em) => merchantOfReturn(em, returnId), { readOnly: true });
  if (merchantId === undefined) throw new NotFound('link');
  return { kind: 'link', id: `decide:${returnId}`, roles: [], scope: [merchantId], requestId };
}

function assertCurrent({ revision }: Return, link: LinkedQuestions): void {
  if (revision !== link.revision)
    throw new AppError(410, 'DECISION_LINK_REPLACED', 'The return was inspected again since; this link asks no more');
}

async function viewOf(
  deps: ReturnsDeps,
  em: EntityManager,
  { parcel, photos, policy }: LoadedReturn,
  answeredAt: Date | null,
): Promise<LinkedDecision> {
  const merchant = (await findMerchant(em, parcel.merchantId!))!;
  return linkedDecision(parcel, photos, { merchant, answeredAt, reasons: policy.reasons, links: deps.photoLinks });
}

/** The same for the same answers in any order. */
const hashOf = (decisions: readonly Decision[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        decisions
          .map(({ itemId, disposition, reason = null }) => [itemId, disposition, reason])
          .toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
      ),
    )
    .digest('hex');
