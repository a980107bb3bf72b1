import { expect, test } from '@jest/globals';
import { ApiError, OfflineError } from '../../../web/src/app/api/errors.ts';
import { stepCharges, type StepName, type SteppedCharge } from '../../../web/src/finance/charges/step-charges.ts';

type State = SteppedCharge['state'];

const chargeOf = (id: string, more: Partial<SteppedCharge> = {}): SteppedCharge => ({
  ...{ id, state: 'accrued', chargeType: 'freight', source: 'shipment', sourceEvent: `event-${id}`, revision: 1 },
  ...more,
});
const TO: Record<StepName, State> = { hold: 'held', release: 'accrued', waive: 'waived' };
const refusal = (status = 409) => new ApiError(status, { code: 'CHARGE_TRANSITION_NOT_ALLOWED' });

/** A server with charges of which some take another one along, and some cannot be changed. */
function server(states: Record<string, State>, { along = {} as Record<string, string>, fails = {} as object } = {}) {
  const asked: string[] = [];
  const act = (step: StepName) => async (id: string) => {
    asked.push(id);
    const failure = (fails as Record<string, unknown>)[id];
    if (failure) throw failure;
    if (states[id] === TO[step]) throw refusal();
    for (const one of [id, along[id]]) if (one) states[one] = TO[step];
  };
  return { asked, calls: (step: StepName) => ({ act: act(step), stateOf: async (id: string) => states[id]! }) };
}
const ids = (charges: readonly SteppedCharge[]) => charges.map(({ id }) => id);

const ORIGINAL = chargeOf('original', { sourceEvent: 'event' });
const TWIN = chargeOf('twin', { sourceEvent: 'event', source: 'shipment-reversal' });
const NEW = chargeOf('new', { sourceEvent: 'event', revision: 2 });
const WHOLE = [ORIGINAL, TWIN, NEW];

test.each(['hold', 'waive'] as const)(
  'a charge, its twin and the new one are all changed, and the twin that went along is not asked for again: %s',
  async (step) => {
    const { asked, calls } = server(
      { original: 'accrued', twin: 'accrued', new: 'accrued' },
      { along: { original: 'twin' } },
    );
    const { done, left } = await stepCharges(step, WHOLE, calls(step));
    expect(ids(done)).toEqual(['original', 'twin', 'new']);
    expect(left).toEqual([]);
    expect(asked).toEqual(['original', 'new']);
  },
);

test('a twin that was released along and has no price then is released', async () => {
  const states: Record<string, State> = { original: 'held', twin: 'held' };
  const act = async () => void Object.assign(states, { original: 'unrated', twin: 'unrated' });
  const { done } = await stepCharges('release', [ORIGINAL, TWIN], { act, stateOf: async (id) => states[id]! });
  expect(ids(done)).toEqual(['original', 'twin']);
});

test('a twin that did not go along is changed by itself', async () => {
  const { asked, calls } = server({ original: 'accrued', twin: 'accrued' });
  const { done } = await stepCharges('hold', [ORIGINAL, TWIN], calls('hold'));
  expect(ids(done)).toEqual(['original', 'twin']);
  expect(asked).toEqual(['original', 'twin']);
});

test('what somebody else changed in the same way meanwhile is done, and what is refused is told while the others go on', async () => {
  const failure = new ApiError(409, { code: 'CHARGE_ON_LINE' });
  const { calls } = server({ a: 'held', b: 'accrued', c: 'accrued' }, { fails: { b: failure } });
  const { done, left } = await stepCharges('hold', [chargeOf('a'), chargeOf('b'), chargeOf('c')], calls('hold'));
  expect(ids(done)).toEqual(['a', 'c']);
  expect(left).toEqual([{ charge: chargeOf('b'), error: failure }]);
});

test.each([new OfflineError(), new ApiError(401), new ApiError(500), new ApiError(429)])(
  'without an answer it ends, and all that was not reached is told: %p',
  async (failure) => {
    const { asked, calls } = server({ a: 'accrued', b: 'accrued', c: 'accrued' }, { fails: { b: failure } });
    const { done, left } = await stepCharges('hold', [chargeOf('a'), chargeOf('b'), chargeOf('c')], calls('hold'));
    expect(ids(done)).toEqual(['a']);
    expect(left.map(({ charge, error }) => [charge.id, error])).toEqual([
      ['b', failure],
      ['c', failure],
    ]);
    expect(asked).toEqual(['a', 'b']);
  },
);
