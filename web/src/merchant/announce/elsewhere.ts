import { useQueries } from '@tanstack/react-query';
import { callApi } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { apiKey, useApi } from '../../app/api/queries.ts';

type ReturnOf = Pick<Output<'GET /returns/{id}'>, 'id' | 'number' | 'state'> & {
  items: Pick<Output<'GET /returns/{id}'>['items'][number], 'sku' | 'quantity' | 'state' | 'origin'>[];
};

/** Pieces of an article in another return of the same order. */
export interface Place {
  returnId: string;
  number: string;
  pieces: number;
  /** `announced`: still to come; `back`: it came. */
  kind: 'announced' | 'back';
}

export interface Elsewhere {
  /** By SKU. */
  places: ReadonlyMap<string, readonly Place[]>;
  /** Nobody can tell at the moment. */
  isUnknown: boolean;
}

const GONE: readonly string[] = ['cancelled', 'expired', 'lost'];

/** What of an order is announced or back already. @param exceptId  the return that is being changed */
export function useElsewhere(order: { id: string; number: string } | null, exceptId?: string): Elsewhere {
  const listed = useApi(
    'GET /returns',
    { q: order?.number ?? '', limit: 100 },
    { enabled: order !== null, staleTimeMs: 0 },
  );
  const others = (listed.data?.items ?? []).filter(
    ({ id, orderId, state }) => orderId === order?.id && id !== exceptId && !GONE.includes(state),
  );
  const read = useQueries({
    queries: others.map(({ id }) => ({
      queryKey: apiKey('GET /returns/{id}', { id }),
      queryFn: ({ signal }: { signal: AbortSignal }) => callApi('GET /returns/{id}', { id }, { signal }),
    })),
  });
  return {
    places: placesOf(read.flatMap(({ data }) => (data ? [data] : []))),
    isUnknown: Boolean(listed.error) || read.some(({ error }) => error),
  };
}

/** Pieces by SKU, return by return; what is missing or belongs to somebody else is not of the order. */
export function placesOf(returns: readonly ReturnOf[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { id, number, items, state } of returns) {
    if (GONE.includes(state)) continue;
    for (const { sku, quantity, state: at, origin } of items) {
      if (!sku || at === 'missing' || origin === 'foreign') continue;
      const kind = at === 'expected' ? 'announced' : 'back';
      const known = places.get(sku) ?? [];
      const same = known.find((place) => place.returnId === id && place.kind === kind);
      if (same) same.pieces += quantity;
      else known.push({ returnId: id, number, pieces: quantity, kind });
      places.set(sku, known);
    }
  }
  return places;
}

/** How many pieces that makes. */
export const piecesIn = (places: readonly Place[] | undefined, kind: Place['kind']): number =>
  (places ?? []).filter((place) => place.kind === kind).reduce((sum, { pieces }) => sum + pieces, 0);
