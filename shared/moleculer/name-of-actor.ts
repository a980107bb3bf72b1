import { identityActions } from '../protocol/identity/actions.ts';
import { serviceActor, type Actor } from '../protocol/actor.ts';
import type { Call } from './call.ts';

/**
 * The name that whoever acts has now, for what keeps the name of its author: of a user or an API key. It asks another
 * service, so it runs before the transaction.
 * @throws Error for an actor that is neither
 */
export async function nameOfActor(
  { call, service }: { call: Call; service: string },
  { id, requestId }: Actor,
): Promise<string> {
  const { people } = await call(identityActions.getPeople, { ids: [id] }, serviceActor(service, requestId));
  const [person] = people;
  if (!person) throw new Error(`Nobody has the id ${id}`);
  return person.name;
}
