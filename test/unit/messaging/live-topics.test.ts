import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { changesOfConsumer } from '../../../shared/messaging/changes.ts';
import { AUDIT_ACTIONS } from '../../../shared/protocol/audit-actions.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import { TOPIC_OF_ACTION, TOPIC_OF_CONSUMER, TOPIC_OF_EVENT } from '../../../shared/protocol/live.ts';

const services = path.resolve(import.meta.dirname, '../../../services');
const sources = fs
  .readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((file) => /use-cases\/.*\.ts$/.test(file))
  .map((file) => ({ file, text: fs.readFileSync(path.join(services, file), 'utf8') }));

/** `action: 'return.received'`, also with a template or a condition in front. */
const actions = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/action: [^'`\n]*['`]([a-z-]+)\.[a-z$]/g)].map(([, about]) => ({ file, about: about! })),
);

test('K24 every subject of the audit trail is either shown live or known not to be', () => {
  expect(actions.length).toBeGreaterThan(40);
  expect(actions.filter(({ about }) => !Object.hasOwn(TOPIC_OF_ACTION, about))).toEqual([]);
  expect(AUDIT_ACTIONS.filter((action) => !Object.hasOwn(TOPIC_OF_ACTION, action.split('.')[0]!))).toEqual([]);
});

test('K24 X4 whoever makes, corrects or takes back charges is heard where charges are shown', () => {
  const charging = Object.keys(CONSUMERS).filter((name) => /^billing\.(charge|correct|take-back)-/.test(name));
  expect(charging).toEqual(expect.arrayContaining(['billing.take-back-carrier-lines', 'billing.correct-moved-goods']));
  for (const consumer of charging)
    expect([consumer, changesOfConsumer(consumer, [{ merchantId: 'm' }])]).toEqual([
      consumer,
      [{ topic: 'charges', merchantId: 'm' }],
    ]);
});

test('K24 events and consumers that are told exist', () => {
  const types = new Set(Object.values(CONSUMERS).map((type) => /^[a-z]+\.[a-z]+/.exec(type)![0]));
  const unknown = [...types].filter((type) => !(type in TOPIC_OF_EVENT));
  expect(unknown).toEqual([]);
  for (const beginning of Object.keys(TOPIC_OF_CONSUMER))
    expect(Object.keys(CONSUMERS).some((name) => name.startsWith(beginning))).toBe(true);
});
