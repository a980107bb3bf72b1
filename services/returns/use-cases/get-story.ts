import { inTransaction } from '../../../shared/persistence/transaction.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { storyOf } from '../domain/story.ts';
import { peopleBehind } from '../people.ts';
import { findReturn } from '../persistence/returns.ts';
import { tracesOf } from '../persistence/story.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/** What happened to a return. @throws NotFound */
export async function getReturnStory(
  deps: ReturnsDeps,
  { id }: InputOf<typeof returnsActions.getReturnStory>,
  actor: Actor,
): Promise<OutputOf<typeof returnsActions.getReturnStory>> {
  const { parcel } = await read(deps, actor, (em) => findReturn(em, id));
  // whoever sees the return may hear its story; what happened before its merchant was known is the staff's to read
  const traces = await inTransaction(
    deps.orm,
    'staff',
    (em) => tracesOf(em, id, isStaff(actor) ? undefined : parcel.merchantId),
    { readOnly: true },
  );
  const people = await peopleBehind(
    deps,
    traces.map(({ actorId }) => actorId),
    actor.requestId,
  );
  return { entries: storyOf(parcel, traces, people, isStaff(actor)) };
}
