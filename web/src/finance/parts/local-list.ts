import { useState } from 'react';
import type { ApiList } from '../../app/api/queries.ts';

const PAGE_SIZE = 50;

/** What is already here, as a list that grows like those of the API: a thousand rows are not drawn at once. */
export function useLocalList<Item>(items: readonly Item[]): ApiList<Item> {
  const [shown, setShown] = useState(PAGE_SIZE);
  return {
    items: items.slice(0, shown),
    isPending: false,
    error: null,
    refetch: () => undefined,
    hasMore: items.length > shown,
    isLoadingMore: false,
    loadMore: () => setShown(shown + PAGE_SIZE),
    all: (limit = items.length) => Promise.resolve(items.slice(0, limit)),
  };
}
