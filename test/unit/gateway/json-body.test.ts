import { expect, test } from '@jest/globals';
import { parseJson } from '../../../services/gateway/request/json-body.ts';
import { ends } from '../../support/ends.ts';

// security.md 55: what is deep or long is refused without taking long over it
test.each([
  ['arrays in each other', '['.repeat(5_000_000)],
  ['objects in each other', '{"a":'.repeat(2_000_000)],
  ['a text of quotes that never ends', `"${'\\"'.repeat(5_000_000)}`],
  ['brackets that close', '[]'.repeat(3_000_000)],
])('%s are refused in time that grows with their length only', (_what, text) => {
  expect(() => ends(() => parseJson(Buffer.from(text)))).toThrow(expect.objectContaining({ type: 'BODY_UNREADABLE' }));
});
