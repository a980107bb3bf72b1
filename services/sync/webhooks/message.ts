import type { Envelope } from '../../../shared/protocol/define.ts';

/**
 * The body of a webhook message. Keys of our file store mean nothing outside, so they are left out; photos keep
 * their ids.
 */
export function messageBody({ id, type, occurredAt, merchantId, payload }: Envelope): string {
  return JSON.stringify({ id, type, occurredAt: occurredAt.toISOString(), merchantId, data: withoutKeys(payload) });
}

const INTERNAL = new Set(['thumbKey', 'webKey', 'objectKey']);

function withoutKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !INTERNAL.has(key))
      .map(([key, inner]) => [key, withoutKeys(inner)]),
  );
}
