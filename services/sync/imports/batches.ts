/** Documents of one kind that wait to be sent together. */
export interface Batch<Body, Source> {
  entries: { body: Body; source: Source }[];
  bytes: number;
}

export interface BatchLimits {
  documents: number;
  /** Of the JSON; a message on the bus has at most a megabyte. */
  bytes: number;
}

export const BATCH_LIMITS: BatchLimits = { documents: 500, bytes: 300_000 };

/**
 * Collects documents and gives a batch back whenever the next document would not fit. The same documents in the same
 * order make the same batches, so a repeated import repeats its calls exactly.
 */
export function collectBatches<Body, Source>(limits: BatchLimits = BATCH_LIMITS) {
  let batch: Batch<Body, Source> = { entries: [], bytes: 0 };
  const take = (): Batch<Body, Source> => {
    const full = batch;
    batch = { entries: [], bytes: 0 };
    return full;
  };
  return {
    /** @returns the batch that became full by this, if one did */
    add(body: Body, source: Source): Batch<Body, Source> | null {
      const bytes = Buffer.byteLength(JSON.stringify(body));
      const fits = batch.entries.length < limits.documents && batch.bytes + bytes <= limits.bytes;
      const full = fits || !batch.entries.length ? null : take();
      batch.entries.push({ body, source });
      batch.bytes += bytes;
      return full;
    },
    /** What is left. */
    rest: take,
  };
}
