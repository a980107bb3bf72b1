import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { processCommand, processStamp } from '../../../shared/runtime/process-stamp.ts';

test('a process keeps its stamp, another one has another, and a gone one has none', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const stamp = processStamp(child.pid!);
  expect(stamp).toMatch(/\d/);
  expect(processStamp(child.pid!)).toBe(stamp);
  expect(stamp).not.toBe(processStamp(process.pid));
  expect(processCommand(child.pid!)).toBe('sleep 60');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(processStamp(child.pid!)).toBeUndefined();
  expect(processCommand(child.pid!)).toBeUndefined();
});

test.each([0, -1, NaN, 1.5, 2 ** 30])('%p is no process', (pid) => {
  expect(processStamp(pid)).toBeUndefined();
  expect(processCommand(pid)).toBeUndefined();
});
