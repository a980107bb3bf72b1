import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { logIn, type Api } from '../support/api.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { noise } from '../support/hostile-images.ts';
import { formEnd, formPart, MULTIPART } from '../support/multipart.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';

jest.setTimeout(120_000);

/** K13 as the server sees it: what a device sends again, whenever and however often, has one effect. */
const MORNING = '2026-11-02T07:00:00Z';
const EVENING = '2026-11-02T18:00:00Z';
const WORKER = { email: 'maria@example.com', password: 'a long enough password' };

/** One step of a worker, always the same bytes; its key is chosen by the device. */
interface Command {
  name: string;
  path: string;
  body: Buffer | string;
  type: string;
  key: string;
}

let premises: Premises;
let running: ProductProcess;
let api: Api;
let merchantId: string;
let jpegs: Buffer[];
/** What every history has to come to. */
let expected: Outcome;

beforeAll(async () => {
  premises = await openPremises({ withNats: false });
  running = await startProcess(premises, undefined, { KONTOR_CLOCK: MORNING });
  await untilReady(running.url!);
  const admin = await logIn(running.url!, running.administrator!);
  merchantId = await setUpMerchant(admin, { number: '100', name: 'Muster GmbH' });
  await admin.post('/users', { ...WORKER, displayName: 'Maria', roles: ['worker'], merchantIds: [] });
  api = await logIn(running.url!, WORKER);
  jpegs = [await noise(64, 48).jpeg().toBuffer(), await noise(48, 64).jpeg().toBuffer()];
  const commands = commandsOf(uuidv7(new Date()));
  for (const command of commands)
    expect([command.name, (await send(command)).status < 300]).toEqual([command.name, true]);
  expected = await outcomeOf(commands);
});
afterAll(async () => {
  await running?.stop();
  await premises?.close();
});

/** A return on its whole way as a device records it: unannounced, split, with goods nobody expected. */
function commandsOf(returnId: string): Command[] {
  const [first, second, part, parcel] = Array.from({ length: 4 }, () => uuidv7(new Date()));
  const at = `/returns/${returnId}`;
  const json = (name: string, path: string, body: object): Command => ({
    ...{ name, path, body: JSON.stringify(body), type: 'application/json', key: uuidv7(new Date()) },
  });
  const photo = (clientPhotoId: string, jpeg: Buffer): Command => ({
    name: `photo ${clientPhotoId}`,
    path: `${at}/photos`,
    body: Buffer.concat([formPart('clientPhotoId', clientPhotoId), formPart('file', jpeg, 'a.jpg'), formEnd]),
    type: MULTIPART,
    key: uuidv7(new Date()),
  });
  const inspection = (itemId: string, finding: object) => json('inspect', `${at}/items/${itemId}/inspection`, finding);
  return [
    json('create', '/returns', { id: returnId, merchantId, items: [{ id: first, name: 'Vase', quantity: 3 }] }),
    json('receive', `${at}/receive`, { parcelId: parcel, carrier: 'DHL' }),
    json('add', `${at}/items`, { itemId: second, name: 'Teller', quantity: 1 }),
    photo('one', jpegs[0]!),
    inspection(first!, { quantity: 2, grade: 'C', note: 'Zerbrochen', partId: part }),
    inspection(first!, { quantity: 1, grade: 'A', note: 'Wie neu' }),
    photo('two', jpegs[1]!),
    inspection(second!, { quantity: 1, grade: 'B', note: 'Kratzer' }),
    json('complete', `${at}/complete`, {}),
  ];
}

const send = ({ path, body, type, key }: Command, withKey = true) =>
  api.raw('POST', path, {
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { 'content-type': type, ...(withKey ? { 'idempotency-key': key } : {}) },
  });

/** Sends until it is known what became of it, as a device does while its twin is on the way. */
async function sendThrough(command: Command, withKey: boolean): Promise<{ status: number; answer: string }> {
  for (;;) {
    const response = await send(command, withKey);
    const text = await response.text();
    // links to photos are made anew for each answer
    const answer = command.name.startsWith('photo') ? (JSON.parse(text) as View).id : text;
    if (response.status !== 409 || !text.includes('IDEMPOTENCY_KEY_IN_USE')) return { status: response.status, answer };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Outcome {
  state: string;
  items: unknown[];
  photos: string[];
  parcels: number;
  version: number;
  /** Of every type, how many were announced. */
  events: unknown[];
}

interface View {
  id: string;
  state: string;
  version: number;
  parcels: unknown[];
  photos: { clientPhotoId: string }[];
  items: Record<string, unknown>[];
}

/** What a return came to, without what differs from one return to the next. */
async function outcomeOf(commands: readonly Command[]): Promise<Outcome> {
  const returnId = (JSON.parse(String(commands[0]!.body)) as { id: string }).id;
  const view = await api.get<View>(`/returns/${returnId}`);
  const events = await premises.database.query(
    `select type, count(*)::int as times from messaging.event where payload->>'returnId' = $1 group by 1 order by 1`,
    [returnId],
  );
  return {
    state: view.state,
    items: view.items
      .map(({ name, quantity, state, grade, note, disposition, origin }) => ({
        ...{ name, quantity, state, grade, note, disposition, origin },
      }))
      .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    photos: view.photos.map(({ clientPhotoId }) => clientPhotoId).toSorted(),
    parcels: view.parcels.length,
    version: view.version,
    events,
  };
}

/** After each step: how often the step itself is sent at once, and which earlier ones come again beside it. */
const histories = fc.array(
  fc.record({ twins: fc.integer({ min: 1, max: 3 }), again: fc.array(fc.nat({ max: 8 }), { maxLength: 3 }) }),
  { minLength: 9, maxLength: 9 },
);

test('the whole way of a return is what is repeated', () => {
  expect(expected).toMatchObject({ photos: ['one', 'two'], parcels: 1 });
  expect(expected.items.length).toBe(3);
  expect(expected.events.length).toBeGreaterThan(2);
});

test('K13 steps sent again with their ids and keys, at any time and beside each other, have one effect', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const commands = commandsOf(uuidv7(new Date()));
      const known = new Map<Command, string>();
      for (const [index, { twins, again }] of history.entries()) {
        const command = commands[index]!;
        const earlier = again.filter((at) => at < index).map((at) => commands[at]!);
        const all = [...Array.from({ length: twins }, () => command), ...earlier];
        const answers = await Promise.all(all.map((one) => sendThrough(one, true)));
        for (const [position, { status, answer }] of answers.entries()) {
          const { name } = all[position]!;
          expect([name, [200, 201].includes(status) ? 'done' : status]).toEqual([name, 'done']);
          if (known.has(all[position]!)) expect([name, answer]).toEqual([name, known.get(all[position]!)]);
          known.set(all[position]!, answer);
        }
      }
      expect(await outcomeOf(commands)).toEqual(expected);
    }),
    { numRuns: 12, seed: 13, endOnFailure: true },
  );
});

test('K13 steps sent again with their ids alone change nothing, even where they are refused by now', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const commands = commandsOf(uuidv7(new Date()));
      for (const [index, { again }] of history.entries()) {
        expect((await sendThrough(commands[index]!, false)).status).toBeLessThan(300);
        for (const at of again.filter((earlier) => earlier <= index))
          expect([200, 201, 409]).toContain((await sendThrough(commands[at]!, false)).status);
      }
      // a finding written down again is a change of its own, for the trail; everything else is as it was
      expect({ ...(await outcomeOf(commands)), version: expected.version }).toEqual(expected);
    }),
    { numRuns: 8, seed: 14, endOnFailure: true },
  );
});

test('K13 hours later, after a restart and a new log-in, each step still gets its first answer', async () => {
  const commands = commandsOf(uuidv7(new Date()));
  const first: unknown[] = [];
  for (const command of commands) first.push((await sendThrough(command, true)).answer);
  await until('what follows', async () => {
    const [left] = await premises.database.query<{ n: string }>(
      'select count(*) as n from messaging.delivery where done_at is null and parked_at is null',
    );
    return left!.n === '0';
  });
  const before = await outcomeOf(commands);
  await running.stop();
  running = await startProcess(premises, undefined, { KONTOR_CLOCK: EVENING });
  await untilReady(running.url!);
  api = await logIn(running.url!, WORKER);
  const again: unknown[] = [];
  for (const command of commands) again.push((await sendThrough(command, true)).answer);
  expect(again).toEqual(first);
  for (const command of commands.toReversed()) expect((await sendThrough(command, true)).status).toBeLessThan(300);
  expect(await outcomeOf(commands)).toEqual(before);
});
