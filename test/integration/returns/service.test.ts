import { expect, test } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import returnsService from '../../../services/returns/returns.service.ts';
import { readConfig } from '../../../shared/config.ts';
import { createBroker } from '../../../shared/moleculer/broker.ts';
import { createCall } from '../../../shared/moleculer/call.ts';
import { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { createMetrics } from '../../../shared/runtime/metrics.ts';
import type { Platform } from '../../../shared/runtime/platform.ts';
import { loadKeys } from '../../../shared/runtime/secrets.ts';
import { openObjectStore } from '../../../shared/storage/open-store.ts';
import { createTestDatabase } from '../../support/database.ts';
import { merchantSnapshot } from '../../support/orders.ts';
import { returnsFixture, userOf, worker } from '../../support/returns.ts';

test('the service answers over the broker, to the roles its actions name', async () => {
  const database = await createTestDatabase();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-returns-service-'));
  const config = readConfig({ KONTOR_DATA_DIR: folder });
  const keys = loadKeys(config);
  const log = pino({ level: 'silent' });
  const broker = createBroker({ nodeId: 'returns-test', natsUrl: undefined, log });
  const call = createCall(broker, keys.principal);
  const platform: Platform = {
    config,
    keys,
    log,
    broker,
    call,
    databaseUrl: database.url,
    now: () => new Date('2026-10-15T10:00:00Z'),
    metrics: createMetrics(),
    store: await openObjectStore(pathToFileURL(path.join(folder, 'objects')).href),
    natsConnected: () => null,
    onScrape: () => undefined,
    scrape: async () => '',
  };
  const fixture = await returnsFixture(database, merchantSnapshot);
  try {
    const merchantId = await fixture.merchant();
    broker.createService(await returnsService(platform));
    await broker.start();
    const parcel = await call(returnsActions.createReturn, { merchantId, items: [{ sku: 'X', quantity: 1 }] }, worker);
    expect(parcel).toMatchObject({ state: 'announced', pieces: { expected: 1 } });
    const receive = (actor: typeof worker) => call(returnsActions.receiveReturn, { id: parcel.id }, actor);
    await expect(receive(userOf(merchantId))).rejects.toMatchObject({ code: 403 });
    expect(await receive(worker)).toMatchObject({ state: 'received', receivedOn: '2026-10-15' });
    const tooMany = { id: parcel.id, itemId: parcel.items[0]!.id, quantity: 0, grade: 'A' as const };
    await expect(call(returnsActions.inspectItem, tooMany, worker)).rejects.toMatchObject({ code: 422 });
  } finally {
    await broker.stop();
    await fixture.close();
    await database.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
