import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';
import { isLive, POLL_MS } from '../live/live.ts';
import { onOtherUser } from '../session/other-user.ts';
import { currentSession, subscribe } from '../session/session.ts';
import { attemptKeys } from './attempt-keys.ts';
import { callApi, type RequestOptions } from './client.ts';
import type { Filters, GetRoute, Input, InputArgument, ItemOf, ListRoute, Output, Route } from './contract.ts';
import { ApiError, OfflineError } from './errors.ts';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { live?: true | readonly string[] };
    defaultError: Error;
  }
}

export interface QueryOptions {
  /**
   * Asks again when the server tells of a change: `true` for what the path names, else of these topics. While the
   * server cannot tell, it asks every 5 s as long as the page is seen.
   */
  live?: true | readonly string[];
  enabled?: boolean;
  staleTimeMs?: number;
}

/** What the server refuses it refuses again; what it cannot answer it may answer later. */
const mayRetry = (count: number, error: Error): boolean =>
  count < 2 && !(error instanceof OfflineError) && !(error instanceof ApiError && error.status < 500);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayRetry, staleTime: 10_000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

onOtherUser(currentSession, subscribe, () => queryClient.clear());

/** The key of a query, for `queryClient.setQueryData` and `invalidateQueries`. */
export const apiKey = <R extends Route>(route: R, ...[input]: InputArgument<R>) => [route, input ?? {}] as const;

/**
 * Reads a route and keeps what it answered: `useApi('GET /returns/{id}', { id }, { live: true })`.
 * `keepPrevious`: until another input is answered, the last answer stands in for it (`isPlaceholderData`).
 */
export function useApi<R extends GetRoute>(
  route: R,
  input: Input<R>,
  { keepPrevious = false, ...options }: QueryOptions & { keepPrevious?: boolean } = {},
): UseQueryResult<Output<R>> {
  return useQuery<Output<R>>({
    queryKey: [route, input],
    queryFn: ({ signal }) => callApi(route, input, { signal }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...common(options),
  });
}

/** A list that grows page by page. */
export interface ApiList<Item> {
  items: Item[];
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => unknown;
  /** Everything that the filters let through, for exports; at most `limit` items. */
  all: (limit?: number) => Promise<Item[]>;
}

/** Reads a list with keyset paging. @param filters  the input without `limit` and `cursor`; empty texts are left out */
export function useApiList<R extends ListRoute>(
  route: R,
  filters: Filters<R>,
  { pageSize = 50, ...options }: QueryOptions & { pageSize?: number } = {},
): ApiList<ItemOf<R>> {
  const page = (cursor: string | undefined, limit: number, signal?: AbortSignal) =>
    callApi(route, { ...filters, limit, cursor } as Input<R>, signal ? { signal } : {}) as Promise<Page<ItemOf<R>>>;
  const query = useInfiniteQuery({
    queryKey: [route, filters, 'list'],
    queryFn: ({ pageParam, signal }) => page(pageParam, pageSize, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    ...common(options),
  });
  return {
    items: query.data?.pages.flatMap(({ items }) => items) ?? [],
    isPending: query.isPending,
    error: query.error,
    refetch: query.refetch,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: query.fetchNextPage,
    all: (limit = 10_000) => everything((cursor) => page(cursor, 200), limit),
  };
}

/** Reads a list to its end, page after page: for what is only right when nothing is missing. */
export function useApiAll<R extends ListRoute>(
  route: R,
  filters: Filters<R>,
  options: QueryOptions = {},
): UseQueryResult<ItemOf<R>[]> {
  return useQuery<ItemOf<R>[]>({
    queryKey: [route, filters, 'all'],
    queryFn: ({ signal }) => {
      const page = (cursor?: string) =>
        callApi(route, { ...filters, limit: 200, cursor } as Input<R>, { signal }) as Promise<Page<ItemOf<R>>>;
      return everything(page, Infinity);
    },
    ...common(options),
  });
}

type Variables<R extends Route> = Input<R> & { $options?: RequestOptions };

/**
 * Writes through a route: `const receive = useApiMutation('POST /returns/{id}/receive')`, then
 * `receive.mutate({ id, $options: { ifMatch: version } })`. Afterwards every query below the same first part of the
 * path asks again. A POST that is tried again after an error has the key of the first attempt, so it acts once.
 */
export function useApiMutation<R extends Exclude<Route, GetRoute>>(
  route: R,
  options: Omit<UseMutationOptions<Output<R>, Error, Variables<R>>, 'mutationFn'> = {},
) {
  const client = useQueryClient();
  const [attempt] = useState(attemptKeys);
  const root = /^[A-Z]+ (\/[^/]+)/.exec(route)![1]!;
  return useMutation<Output<R>, Error, Variables<R>>({
    ...options,
    mutationFn: ({ $options, ...input }) => {
      const send = (keyed: RequestOptions = {}) =>
        callApi(route, input as unknown as Input<R>, { ...keyed, ...$options });
      return route.startsWith('POST ') ? attempt(input, (idempotencyKey) => send({ idempotencyKey })) : send();
    },
    onSettled: async (...settled) => {
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(`GET ${root}`) });
      await options.onSettled?.(...settled);
    },
  });
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

function common({ live, enabled = true, staleTimeMs }: QueryOptions) {
  return {
    enabled,
    ...(staleTimeMs === undefined ? {} : { staleTime: staleTimeMs }),
    ...(live ? { meta: { live }, refetchInterval: () => (isLive() ? false : POLL_MS) as number | false } : {}),
  };
}

async function everything<Item>(page: (cursor?: string) => Promise<Page<Item>>, limit: number): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined; items.length < limit;) {
    const next = await page(cursor);
    items.push(...next.items);
    if (next.nextCursor === null) break;
    cursor = next.nextCursor;
  }
  return items.slice(0, limit);
}
