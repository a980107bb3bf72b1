import { ApiError } from '../api/errors.ts';

/** A log-out that the server has not heard of yet. */
export interface LogOutDebt {
  isOwed: () => boolean;
  owe: () => void;
  /** There is nothing left to end: another session has taken the place of the one that was left. */
  forgive: () => void;
  /** Tells the server, if it is owed. @throws OfflineError or ApiError when it could not be told; it stays owed */
  settle: () => Promise<void>;
}

/** Where it is marked, for instance `localStorage`: it outlives the tab. */
type Marks = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const KEY = 'kontor.owesLogout';

/** @param send  asks the server to end the session whose cookie this browser has */
export function createLogOutDebt(marks: () => Marks, send: () => Promise<unknown>): LogOutDebt {
  const isOwed = () => marks().getItem(KEY) !== null;
  const forgive = () => marks().removeItem(KEY);
  return {
    isOwed,
    forgive,
    owe: () => marks().setItem(KEY, '1'),
    settle: async () => {
      if (!isOwed()) return;
      try {
        await send();
      } catch (error) {
        // a session that the server knows no more is over
        if (!isSessionOver(error)) throw error;
      }
      forgive();
    },
  };
}

/** Whether the API says that the session is over. A guest network answers 401 and 403 too, and ends nothing. */
export const isSessionOver = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 403) && !error.code.startsWith('HTTP_');
