import { useState } from 'react';

export interface ListDraft<Item> {
  items: readonly Item[];
  set: (items: Item[]) => void;
  isDirty: boolean;
  /** What the changes are based on. */
  version: number;
  discard: () => void;
  /** The list is stored, as version `after`; one that was changed since it was sent stays a change of that. */
  settle: (after: { version: number }) => void;
}

/** A list that is stored as a whole, with changes that are not stored yet. @param stored  as the server has it */
export function useListDraft<Item>(stored: { version: number; items: readonly Item[] }): ListDraft<Item> {
  const [edited, setEdited] = useState<{ version: number; items: readonly Item[] }>();
  const current = edited ?? stored;
  return {
    items: current.items,
    version: current.version,
    set: (items) => setEdited({ version: current.version, items }),
    isDirty: edited !== undefined && JSON.stringify(edited.items) !== JSON.stringify(stored.items),
    discard: () => setEdited(undefined),
    settle: ({ version }) => setEdited((now) => (now && now !== edited ? { ...now, version } : undefined)),
  };
}
