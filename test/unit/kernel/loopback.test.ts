import { expect, test } from '@jest/globals';
import { isLoopback } from '../../../shared/kernel/loopback.ts';

test.each(['localhost', '::1', '127.0.0.1', '127.255.0.42'])('%s is this machine', (host) =>
  expect(isLoopback(host)).toBe(true),
);

test.each(['localhost.example.com', '127.0.0.1.example.com', '127.0.0', '127.0.0.256', '128.0.0.1', '::2', ''])(
  '%j is somewhere else',
  (host) => expect(isLoopback(host)).toBe(false),
);
