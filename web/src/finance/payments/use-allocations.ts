import { useState } from 'react';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiAll } from '../../app/api/queries.ts';
import type { Typed } from '../../shared/typed-figure.ts';
import { allocationsOf, readAllocations, sumOf, type Allocation, type TypedAllocations } from './allocations.ts';

export interface AllocationDraft {
  /** The documents that the money can pay; nothing as long as they are not known. */
  open: ItemOf<'GET /open-items'>[] | undefined;
  typed: TypedAllocations;
  type: (invoiceId: string, value: Typed<number>) => void;
  restMinor: number;
  /** What is sent; nothing as long as a field cannot be read, or the documents are not known. */
  allocations: Allocation[] | undefined;
  error: Error | null;
  retry: () => unknown;
}

const NONE: TypedAllocations = {};

/**
 * What money pays of the open documents of a merchant, as it is typed.
 * @param merchantId  nobody as long as it is not known whose money it is: then it pays nothing
 * @param mostMinor   what there is to allocate; negative for money that went out
 */
export function useAllocations(merchantId: string | null, mostMinor: number): AllocationDraft {
  const [draft, setDraft] = useState<{ of: string | null; typed: TypedAllocations }>({ of: null, typed: NONE });
  const enabled = merchantId !== null;
  const query = useApiAll('GET /open-items', { merchantId: merchantId ?? '' }, { enabled });
  // what was typed for another merchant's documents is not meant for this one's
  const typed = draft.of === merchantId ? draft.typed : NONE;
  const open = query.data?.filter(({ openMinor }) => Math.sign(openMinor) === Math.sign(mostMinor));
  const shown = open?.map(({ invoiceId }) => invoiceId);
  return {
    ...{ open, typed, error: query.data ? null : query.error, retry: query.refetch },
    type: (invoiceId, value) => setDraft({ of: merchantId, typed: { ...typed, [invoiceId]: value } }),
    restMinor: Math.abs(mostMinor) - sumOf(readAllocations(typed, shown ?? [])),
    allocations: enabled ? shown && allocationsOf(typed, shown, mostMinor) : [],
  };
}
