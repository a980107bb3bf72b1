import { expect, test } from '@jest/globals';
import { collectBatches } from '../../../services/sync/imports/batches.ts';

function batchesOf(bodies: string[], documents: number, bytes: number): string[][] {
  const batches = collectBatches<string, null>({ documents, bytes });
  const full = bodies.map((body) => batches.add(body, null)).filter((batch) => batch !== null);
  return [...full, batches.rest()].map(({ entries }) => entries.map(({ body }) => body));
}

test.each([
  ['by number', ['a', 'b', 'c', 'd', 'e'], 2, 1_000, [['a', 'b'], ['c', 'd'], ['e']]],
  // with quotes a text of n characters has n + 2 bytes
  ['by bytes', ['aaaa', 'bbbb', 'cc'], 10, 12, [['aaaa', 'bbbb'], ['cc']]],
  [
    'a document larger than a batch goes alone',
    ['a', 'bbbbbbbbbbbbbbbb', 'c'],
    10,
    10,
    [['a'], ['bbbbbbbbbbbbbbbb'], ['c']],
  ],
  ['bytes, not characters', ['ää', 'öö'], 10, 11, [['ää'], ['öö']]],
  ['nothing', [], 10, 10, [[]]],
])('batches %s', (_name, bodies, documents, bytes, expected) =>
  expect(batchesOf(bodies, documents, bytes)).toEqual(expected),
);
