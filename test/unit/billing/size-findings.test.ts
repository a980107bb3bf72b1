import { expect, test } from '@jest/globals';
import { MOST_LINES, sizeFindings } from '../../../services/billing/domain/runs/size-findings.ts';

const document = (count: number) => ({ lines: Array.from({ length: count }) });

test.each<[string, number[], number | undefined]>([
  ['nothing to bill', [], undefined],
  ['as many lines as can be made', [MOST_LINES], undefined],
  ['two documents that are each made', [MOST_LINES, MOST_LINES], undefined],
  ['a line more', [MOST_LINES + 1], MOST_LINES + 1],
  ['the second of two documents', [1, MOST_LINES + 7], MOST_LINES + 7],
])('X6 %s', (_title, counts, told) =>
  expect(sizeFindings(counts.map(document))).toMatchObject(
    told === undefined ? [] : [{ code: 'TOO_MANY_LINES', blocks: true, data: { count: told } }],
  ),
);
