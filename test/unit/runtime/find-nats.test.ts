import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findNatsServer } from '../../../shared/runtime/embedded-nats.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-find-nats-'));
  for (const name of ['empty', 'first', 'second', 'system', 'plain', 'folder/nats-server'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of ['first', 'second', 'system'])
    fs.writeFileSync(path.join(folder, name, 'nats-server'), '#!/bin/sh\n', { mode: 0o755 });
  fs.writeFileSync(path.join(folder, 'plain', 'nats-server'), 'not a program', { mode: 0o644 });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each<[string, string[], string[], string | undefined]>([
  ['nowhere', ['empty'], ['empty'], undefined],
  ['on an empty PATH', [], [], undefined],
  ['the first of PATH', ['empty', 'first', 'second'], ['system'], 'first'],
  ['in a system folder', ['empty'], ['system'], 'system'],
  ['a file that is no program', ['plain'], [], undefined],
  ['a folder of that name', ['folder'], [], undefined],
])('nats-server %s', (_where, searchPath, system, found) => {
  const at = (names: string[]) => names.map((name) => path.join(folder, name));
  expect(findNatsServer(at(searchPath).join(path.delimiter), at(system))).toBe(
    found && path.join(folder, found, 'nats-server'),
  );
});
