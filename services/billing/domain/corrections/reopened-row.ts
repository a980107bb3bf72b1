import type { Split } from '../invoices/tax-terms.ts';
import type { Stream } from '../runs/periods.ts';

interface RowStreams {
  state: string;
  streams: readonly Stream[] | null;
  doneStreams: readonly Stream[];
}

/** Their streams are still to be billed; of a row that is done the last ones billed are named. */
const OPEN = ['scheduled', 'draft', 'parked', 'cancelled'];
const ORDER: readonly Stream[] = ['fulfilment', 'monthly'];

/**
 * The streams of a merchant's row once one of its documents was cancelled: those it still has to bill, and those that
 * its other documents bill. Without others it is the row it was at first.
 * @param others  what the documents are split by that stand
 */
export function reopenedStreams(
  { state, streams, doneStreams }: RowStreams,
  cancelled: Split,
  others: readonly Split[],
): { streams: Stream[] | null; doneStreams: Stream[] } {
  const inOrder = (some: readonly Stream[]) => ORDER.filter((stream) => some.includes(stream));
  const streamsOf = (split: Split): readonly Stream[] => (split === 'all' ? doneStreams : [split]);
  if (!others.length)
    return {
      doneStreams: [],
      streams: streams && inOrder([...streams, ...doneStreams, ...(cancelled === 'all' ? [] : [cancelled])]),
    };
  // of a document per tax group only: both are billed as they were
  if (cancelled === 'all') return { doneStreams: inOrder(doneStreams), streams: streams && inOrder(streams) };
  const open = OPEN.includes(state) ? (streams ?? []) : [];
  return { doneStreams: inOrder(others.flatMap(streamsOf)), streams: inOrder([...open, ...streamsOf(cancelled)]) };
}
