import { useState } from 'react';

export interface RecordDraft<Stored, Field extends keyof Stored> {
  /** What is stored, with the changes that are not. */
  draft: Stored;
  set: <One extends Field>(field: One, value: Stored[One]) => void;
  /** Fields that differ from what is stored, and their values. */
  changed: readonly Field[];
  changes: Partial<Pick<Stored, Field>>;
  /** The version that the changes are based on. */
  version: number;
  /** Somebody else stored something after the first change here. */
  isOvertaken: boolean;
  discard: () => void;
  /** What is changed is stored, as `after` says; what was set since it was sent stays, as changes of `after`. */
  settle: (after: Stored) => void;
}

/**
 * Changes to a record that are not stored yet. Without any it follows what is stored; from the first one on it keeps
 * the version it is based on.
 * @param fields  those that can be changed
 */
export function useRecordDraft<Stored extends { version: number }, const Field extends keyof Stored>(
  stored: Stored,
  fields: readonly Field[],
): RecordDraft<Stored, Field> {
  const [{ base, edits }, setState] = useState<{ base: Stored; edits: Partial<Stored> }>({ base: stored, edits: {} });
  const current = Object.keys(edits).length ? base : stored;
  const draft = { ...current, ...edits };
  const changed = fields.filter((field) => canonical(draft[field]) !== canonical(current[field]));
  return {
    draft,
    // of two fields that are set at once neither is lost
    set: (field, value) =>
      setState((was) => ({
        base: Object.keys(was.edits).length ? was.base : stored,
        edits: { ...was.edits, [field]: value },
      })),
    changed,
    changes: Object.fromEntries(changed.map((field) => [field, draft[field]])) as Partial<Pick<Stored, Field>>,
    version: current.version,
    isOvertaken: changed.length > 0 && stored.version > current.version,
    discard: () => setState({ base: stored, edits: {} }),
    settle: (after) => setState((now) => ({ base: after, edits: setSince(edits, now.edits) })),
  };
}

const setSince = <Edits extends object>(sent: Edits, now: Edits): Edits =>
  Object.fromEntries(Object.entries(now).filter(([field, value]) => sent[field as keyof Edits] !== value)) as Edits;

/** Two values of the API are the same when they read the same; what is `undefined` is not there. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';
