import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { serviceActor } from '../../shared/protocol/actor.ts';
import type { ReturnsDeps } from './returns.deps.ts';

export interface SomeoneKnown {
  name: string;
  /** Of the house; false for users and keys of merchants. */
  house: boolean;
}

const ACCOUNT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Names of users and API keys, asked of identity; never from inside a transaction.
 * @param ids  what the audit trail knows people by; others than accounts are left out
 */
export async function peopleBehind(
  deps: Pick<ReturnsDeps, 'call'>,
  ids: readonly string[],
  requestId: string,
): Promise<Map<string, SomeoneKnown>> {
  const accounts = [...new Set(ids)].filter((id) => ACCOUNT.test(id));
  if (!accounts.length) return new Map();
  const { people } = await deps.call(identityActions.getPeople, { ids: accounts }, serviceActor('returns', requestId));
  return new Map(people.map(({ id, ...known }) => [id, known]));
}
