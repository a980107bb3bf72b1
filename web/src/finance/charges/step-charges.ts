import type { ItemOf } from '../../app/api/contract.ts';
import { ApiError } from '../../app/api/errors.ts';

export type StepName = 'hold' | 'release' | 'waive';
export type SteppedCharge = Pick<
  ItemOf<'GET /charges'>,
  'id' | 'state' | 'chargeType' | 'source' | 'sourceEvent' | 'revision'
>;
type ChargeState = SteppedCharge['state'];

export interface StepOutcome<Charge> {
  /** Those that are where the step leads to, also when somebody else took them there. */
  done: Charge[];
  /** Those that stayed as they were, each with the reason. */
  left: { charge: Charge; error: unknown }[];
}

export interface StepCalls {
  act: (id: string) => Promise<unknown>;
  stateOf: (id: string) => Promise<ChargeState>;
}

/** Whether a charge in a state has the step behind it; one that is released may turn out to have no price. */
const HAS: Record<StepName, (state: ChargeState) => boolean> = {
  hold: (state) => state === 'held',
  release: (state) => state === 'accrued' || state === 'unrated',
  waive: (state) => state === 'waived',
};
const REFUSALS = [404, 409, 422];

/**
 * Takes charges through a step, one after the other. One that its twin took along is left alone, and what is refused
 * does not stop the others; what cannot be asked at all does.
 */
export async function stepCharges<Charge extends SteppedCharge>(
  step: StepName,
  charges: readonly Charge[],
  { act, stateOf }: StepCalls,
): Promise<StepOutcome<Charge>> {
  const done: Charge[] = [];
  const left: StepOutcome<Charge>['left'] = [];
  for (const [index, charge] of charges.entries())
    try {
      const mayBeThere = done.some((one) => pairOf(one) === pairOf(charge));
      if (!mayBeThere || !HAS[step](await stateOf(charge.id))) await act(charge.id);
      done.push(charge);
    } catch (error) {
      if (!isRefusal(error))
        return { done, left: [...left, ...charges.slice(index).map((one) => ({ charge: one, error }))] };
      const state = await stateOf(charge.id).catch(() => undefined);
      if (state && HAS[step](state)) done.push(charge);
      else left.push({ charge, error });
    }
  return { done, left };
}

/** A charge and its negative twin come of the same event and differ by the end of their source only. */
const pairOf = ({ sourceEvent, chargeType, revision, source }: SteppedCharge): string =>
  JSON.stringify([sourceEvent, chargeType, revision, source.replace(/-reversal$/, '')]);

const isRefusal = (error: unknown): boolean => error instanceof ApiError && REFUSALS.includes(error.status);
