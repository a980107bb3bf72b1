import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, jest, test } from '@jest/globals';
import type { Facts } from '../../oracle/facts.ts';

jest.setTimeout(480_000);

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-demo-'));
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

test('npm run demo plays a month, and the oracle agrees with every invoice', async () => {
  const demo = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));
  const { code, output } = await runNode([demo, '--data-dir', dir], { SMTP_URL: 'smtp://127.0.0.1:1' });
  if (code !== 0) throw new Error(`The demo ended with ${code}:\n${output}`);

  expect(output).toContain('ignores SMTP_URL');
  const [, invoices] = /The oracle agrees: (\d+) invoices, every total right to the cent/.exec(output) ?? [];
  expect(Number(invoices)).toBeGreaterThanOrEqual(20);
  expect(filesOf('invoices', '.pdf')).toHaveLength(Number(invoices));
  const merchants = new Set(filesOf('invoices', '.pdf').map((name) => name.split(' ')[1]));
  expect(merchants.size).toBeGreaterThanOrEqual(10);
  const [, returns, photos] = /(\d+) returns taken in with (\d+) photos/.exec(output) ?? [];
  expect(Number(returns)).toBeGreaterThanOrEqual(100);
  expect(Number(photos)).toBeGreaterThanOrEqual(Number(returns));
  const mails = filesOf('mail', '.eml');
  expect(mails.filter((name) => name.includes('-invoiceReady-'))).toHaveLength(Number(invoices));
  expect(mails.filter((name) => name.includes('-returnInspected-')).length).toBeGreaterThan(Number(returns));
  for (const kind of ['batchDispatched', 'decisionRequested', 'returnReceived', 'individual'])
    expect(mails.filter((name) => name.includes(`-${kind}-`))).not.toEqual([]);
  // they lead to where the demo is opened, not to where it played
  for (const name of mails.filter((one) => one.includes('-decisionRequested-'))) {
    const text = fs.readFileSync(path.join(dir, 'mail', name), 'utf8').replaceAll(/=\r?\n/g, '');
    expect(text).toContain('http://localhost:4000/decide/');
    expect(text).not.toContain('http://127.0.0.1');
  }
  // the desks have something to do right after the log-in
  const [, decisions, toInspect] = /(\d+) decisions open, (\d+) returns to inspect/.exec(output) ?? [];
  expect(Number(decisions)).toBeGreaterThanOrEqual(5);
  expect(Number(toInspect)).toBeGreaterThanOrEqual(5);
  // what a shop's file does not hold is billed too: the oracle, which agrees, was told of it
  const facts = JSON.parse(fs.readFileSync(path.join(dir, 'input', 'facts.json'), 'utf8')) as Required<Facts>;
  expect(facts.deliveries).toHaveLength(3);
  expect(facts.shipments.filter(({ packaging }) => packaging?.length)).toHaveLength(4);
  expect(facts.shipments.filter(({ cancelled }) => cancelled)).toHaveLength(1);
  expect(facts.specialJobs.filter(({ corrections }) => corrections?.length)).toHaveLength(1);
  expect(output).toContain("of a carrier's lines 2 have their parcel, 1 has not");
  expect(output).toContain(
    "special jobs to be approved: 1, carriers' lines without parcel: 1, their surcharges for the next invoice: 1",
  );
  for (const role of ['admin', 'finanzen', 'lager', 'anna']) expect(output).toMatch(new RegExp(`${role}@\\S+ +demo-`));
  // everything was stopped
  expect(fs.existsSync(path.join(dir, 'process'))).toBe(false);
  expect(fs.existsSync(path.join(dir, 'nats.json'))).toBe(false);
});

const filesOf = (folder: string, ending: string): string[] =>
  fs.readdirSync(path.join(dir, folder)).filter((name) => name.endsWith(ending));

async function runNode(args: string[], env: Record<string, string>): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', TZ: process.env['TZ'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number];
  return { code, output };
}
