import { InvalidInput, invalidField, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import { withCharged } from '../domain/charged.ts';
import { decide, type Decider, type Decision, type DecisionTerms } from '../domain/decision.ts';
import { itemOf } from '../domain/items.ts';
import type { Return } from '../domain/model.ts';
import { isOpen } from '../domain/questions.ts';
import { announceSettled } from '../charge-facts.ts';
import { intoOpenBatch } from './into-open-batch.ts';
import type { Change, Outcome } from './steps.ts';

/** A decision and where it stands in the request, when there are several. */
export type PlacedDecision = Decision & { place?: string };

/**
 * Decisions on items of one locked return, with all that follows: what is restocked or disposed of is told, what goes
 * back to the merchant joins the open batch. Errors: domain/decision.ts.
 * @param decisions  at least one
 */
export async function decideOn(
  change: Pick<Change, 'parcel' | 'rules' | 'policy' | 'groups' | 'em' | 'announce' | 'moment'>,
  decisions: readonly PlacedDecision[],
  by: Decider,
): Promise<Outcome> {
  const { parcel, rules, policy, groups, em, announce, moment } = change;
  const terms = { at: moment.at, handling: { rules, policy, groups }, by };
  const decided = decisions.reduce((at, decision) => decideAt(at, decision, terms), parcel);
  for (const { itemId } of decisions) announceSettled(announce, decided, itemOf(decided, itemId), moment, groups);
  const told = decided.inspectedAt === null ? decided : withCharged(decided, true);
  const [first, ...further] = decisions.map(({ itemId }) => ({
    reason: itemOf(decided, itemId).dispositionReason ?? undefined,
    detail: { item: traceOf(parcel, decided, itemId) },
  }));
  return { parcel: await intoOpenBatch(em, told, policy, moment), action: 'item.decided', ...first!, further };
}

function traceOf(before: Return, after: Return, itemId: string) {
  const [was, is] = [itemOf(before, itemId), itemOf(after, itemId)];
  const { disposition, dispositionSource } = is;
  return {
    ...{ id: itemId, disposition, dispositionSource, from: was.disposition },
    ...(isOpen(was) ? { askedAt: was.askedAt, decisionDueAt: was.decisionDueAt } : {}),
  };
}

/** A refusal names the place of the decision it is about. */
function decideAt(parcel: Return, { place, ...decision }: PlacedDecision, terms: DecisionTerms): Return {
  try {
    return decide(parcel, decision, terms);
  } catch (error) {
    if (place === undefined) throw error;
    if (error instanceof RuleViolation) {
      const errors = [{ path: place, code: error.type, message: error.message }];
      throw new RuleViolation(error.type, error.message, { ...error.data, itemId: decision.itemId, errors });
    }
    if (error instanceof InvalidInput)
      throw new InvalidInput(
        (error.data['errors'] as FieldError[]).map((wrong) => ({ ...wrong, path: `${place}.${wrong.path}` })),
      );
    throw error;
  }
}

/** @throws InvalidInput `DUPLICATE` */
export function assertDistinct(decisions: readonly Decision[]): void {
  const known = new Set<string>();
  for (const [index, { itemId }] of decisions.entries()) {
    if (known.has(itemId)) throw invalidField(`decisions.${index}.itemId`, 'DUPLICATE', 'Every item is decided once');
    known.add(itemId);
  }
}
