import type { Charge } from './charges.ts';
import { decimal, ONE, roundedQuotient } from './decimal.ts';
import type { Delivery, SpecialJob } from './facts.ts';

const MINUTES_PER_HOUR = 60n;

/** A job by its quantity on the day of its sign-off; one that is not signed off costs nothing, whatever became of it. */
export function* jobCharges(job: SpecialJob): Generator<Charge> {
  const { merchant, reference, signedOffOn, unit, code, corrections = [] } = job;
  if (signedOffOn === undefined) return;
  const base = {
    ...{ merchant, reference, chargeType: 'special_job', serviceDate: signedOffOn },
    ...(unit === undefined ? {} : { unit }),
    ...(code === undefined ? {} : { code }),
  };
  yield* inRevisions([{ quantity: job.quantity, knownOn: job.knownOn ?? signedOffOn }, ...corrections], (one) => [
    { ...base, quantity: decimal(one.quantity) },
  ]);
}

/** A closed delivery in every way that it can be charged; it stands open which of them the cards price. */
export function* deliveryCharges(delivery: Delivery): Generator<Charge> {
  const { merchant, reference, closedOn, corrections = [] } = delivery;
  const first = { ...delivery, knownOn: delivery.knownOn ?? closedOn };
  yield* inRevisions([first, ...corrections], ({ pallets, cartons, pieces, minutes, tags }) => {
    const ways: [string, bigint][] = [
      ['goods_in_receipt', ONE],
      ['goods_in_pallet', BigInt(pallets) * ONE],
      ['goods_in_carton', BigInt(cartons) * ONE],
      ['goods_in_item', BigInt(pieces) * ONE],
      ['goods_in_hour', roundedQuotient(BigInt(minutes) * ONE, MINUTES_PER_HOUR)],
    ];
    const taken = ways.filter(([, quantity]) => quantity > 0n);
    return taken.map(([chargeType, quantity]) => ({
      ...{ merchant, reference, chargeType, quantity, serviceDate: closedOn, ways: taken.map(([type]) => type) },
      ...(tags === undefined ? {} : { tags }),
    }));
  });
}

/** What was told first, and each correction in the place of what was told before it, known on its own day. */
function* inRevisions<Told extends { knownOn: string }>(
  revisions: readonly Told[],
  chargesOf: (told: Told) => Omit<Charge, 'knownOn'>[],
): Generator<Charge> {
  let before: Charge[] = [];
  for (const told of revisions) {
    const { knownOn } = told;
    for (const charge of before) yield { ...charge, knownOn, takesBack: charge.knownOn, quantity: -charge.quantity };
    before = chargesOf(told)
      .filter(({ quantity }) => quantity !== 0n)
      .map((charge) => ({ ...charge, knownOn }));
    yield* before;
  }
}
