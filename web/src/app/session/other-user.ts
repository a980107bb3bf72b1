import type { Session } from './session.ts';

/**
 * What was fetched for one user is nobody else's: it is forgotten in every tab as soon as the user there changes or
 * is gone, however the session ended.
 * @param forget  called before anybody who subscribes later hears of the change
 */
export function onOtherUser(
  current: () => Pick<Session, 'user'>,
  subscribe: (listener: () => void) => unknown,
  forget: () => void,
): void {
  let before = current().user?.id;
  subscribe(() => {
    const now = current().user?.id;
    if (now === before) return;
    before = now;
    forget();
  });
}
