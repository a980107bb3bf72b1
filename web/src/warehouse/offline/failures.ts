import type { Command } from './model.ts';
import type { Reason, Verdict } from './verdict.ts';

/** A step that is tried again, and what came of it last. */
export interface Failure extends Reason {
  seq: number;
  returnId: string;
  /** In a row, since this app was opened. */
  count: number;
  /** ISO instant of the last one. */
  at: string;
  /** It may be the step itself that fails, not only the way to the server. */
  suspect: boolean;
}
/** By return: the first step of its line is the one that is tried. */
export type Failures = Readonly<Record<string, Failure>>;
export const noFailures: Failures = {};

/** From so many failures on a person may give the step up; before that it is most likely over soon. */
const HOPELESS = 4;
export const isHopeless = ({ suspect, count }: Failure): boolean => suspect && count >= HOPELESS;

export function withFailure(
  failures: Failures,
  { seq, returnId }: Command,
  { reason, suspect }: Extract<Verdict, { kind: 'retry' }>,
  at: number,
): Failures {
  const before = failures[returnId];
  const count = before?.seq === seq ? before.count + 1 : 1;
  return { ...failures, [returnId]: { ...reason, seq, returnId, count, suspect, at: new Date(at).toISOString() } };
}

export function withoutFailure(failures: Failures, { returnId }: Command): Failures {
  if (!failures[returnId]) return failures;
  const { [returnId]: _over, ...others } = failures;
  return others;
}

/** Why this step still waits; nothing for one that is gone or has another before it. */
export const failureOf = (failures: Failures, { seq, returnId }: Pick<Command, 'seq' | 'returnId'>) =>
  failures[returnId]?.seq === seq ? failures[returnId] : undefined;
