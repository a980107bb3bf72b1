/**
 * Moments of the work at which a process may end and nothing may be lost or done twice. Tests end it there
 * (docs/decisions/017-crash-points.md); in a product nobody listens.
 */
export const CRASH_POINTS = [
  /** Committed by the use case of a service; nobody is woken yet. */
  'event.stored',
  /** An attempt of a consumer is counted; nothing is done. */
  'delivery.claimed',
  /** A consumer has written its effect; the commit is still to come. */
  'delivery.handled',
  /** Committed; the consumers of what was announced are not woken yet. */
  'delivery.done',
  /** A merchant's draft is computed and not stored. */
  'draft.priced',
  /** A step of a merchant row is carried out; the commit is still to come. */
  'step.worked',
  'step.committed',
  /** The counter has moved; the invoice does not have the number yet. */
  'number.taken',
  'document.rendered',
  /** The bytes are in the archive; no row knows. */
  'document.stored',
  /** A mail is claimed and not sent. */
  'mail.claimed',
  /** The mail server has taken the mail; no row knows. */
  'mail.accepted',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** @param of  the service, consumer or step whose work it is */
export type Reached = (point: CrashPoint, of: string) => void;
