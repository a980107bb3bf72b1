import { RuleViolation } from '../../../shared/kernel/errors.ts';
import type { Lock, Return } from './model.ts';

/** How long a lock lives after the last thing its holder did (A9). */
const LOCK_MS = 10 * 60_000;

/** Who wants to work on a return. */
export interface LockWish {
  userId: string;
  name: string;
  /** Takes it from whoever holds it. */
  takeOver: boolean;
}

/** The lock as it stands at an instant; one that has ended is none. */
export const lockAt = (lock: Lock | null, at: Date): Lock | null => (lock && lock.expiresAt > at ? lock : null);

/**
 * The lock of whoever wants it.
 * @throws RuleViolation `RETURN_LOCKED`
 */
export function take({ lock }: Pick<Return, 'lock'>, { userId, name, takeOver }: LockWish, at: Date): Lock {
  const held = lockAt(lock, at);
  if (held && held.userId !== userId && !takeOver) throw lockedBy(held);
  return { userId, name, expiresAt: endAfter(at) };
}

/**
 * No lock any more.
 * @param force  also that of somebody else
 * @throws RuleViolation `RETURN_LOCKED`
 */
export function release({ lock }: Pick<Return, 'lock'>, userId: string, force: boolean, at: Date): null {
  const held = lockAt(lock, at);
  if (held && held.userId !== userId && !force) throw lockedBy(held);
  return null;
}

/** Every change by the holder gives the lock its whole time again; an ended lock is not revived. */
export function renew<Parcel extends Pick<Return, 'lock'>>(parcel: Parcel, userId: string, at: Date): Parcel {
  const held = lockAt(parcel.lock, at);
  return held?.userId === userId ? { ...parcel, lock: { ...held, expiresAt: endAfter(at) } } : parcel;
}

/** @throws RuleViolation `RETURN_LOCKED` when somebody else works on it */
export function assertNotLocked({ lock }: Pick<Return, 'lock'>, userId: string, at: Date): void {
  const held = lockAt(lock, at);
  if (held && held.userId !== userId) throw lockedBy(held);
}

const endAfter = (at: Date): Date => new Date(at.getTime() + LOCK_MS);

function lockedBy({ userId, name, expiresAt }: Lock): RuleViolation {
  const until = expiresAt.toISOString();
  return new RuleViolation('RETURN_LOCKED', `${name} works on this return until ${until}`, {
    ...{ userId, name, expiresAt: until },
    errors: [
      { path: 'lock.userId', code: 'LOCKED', message: userId },
      { path: 'lock.name', code: 'LOCKED', message: name },
      { path: 'lock.expiresAt', code: 'LOCKED', message: until },
    ],
  });
}
