import type { Announce } from '../../../shared/messaging/transact.ts';
import { merchantAccessChangedV1 } from '../../../shared/protocol/identity/events.ts';
import type { UserRow } from '../persistence/user-account.ts';

/** Whom others count as a user of which merchants; a log-in or a new name changes nothing of it. */
export const accessOf = ({ active, merchantIds }: Pick<UserRow, 'active' | 'merchantIds'>): string[] =>
  active ? merchantIds.toSorted() : [];

/** Tells others that it changed, once the version of the change is known. */
export const tellAccess = (announce: Announce, user: UserRow): void =>
  announce(merchantAccessChangedV1, {
    ...{ userId: user.id, version: user.version },
    ...{ merchantIds: accessOf(user), changedAt: user.updatedAt.toISOString() },
  });
