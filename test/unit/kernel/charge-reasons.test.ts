import { expect, test } from '@jest/globals';
import { readTooOld, tooOldReason } from '../../../shared/kernel/charge-reasons.ts';

test('what is held for its age names days and cut-off, and nothing that people write is taken for it', () => {
  expect(readTooOld(tooOldReason(90, '2026-10-15'))).toEqual({ days: 90, cutoff: '2026-10-15' });
  expect(readTooOld('Older than 90 days at the cut-off 2026-10-15, says the carrier')).toBeUndefined();
});
