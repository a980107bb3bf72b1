import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { readSender } from '../../services/notifications/domain/sender.ts';
import type { Mailer } from '../../services/notifications/mail/mailer.ts';
import type { NotificationsDeps } from '../../services/notifications/notifications.deps.ts';
import { TELLERS } from '../../services/notifications/templates/index.ts';
import { knowMerchants } from '../../services/notifications/use-cases/know-merchants.ts';
import { tellNews } from '../../services/notifications/use-cases/tell-news.ts';
import { consume, consumeDue, type Consumer } from '../../shared/messaging/consumer.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import type { EventDefinition, Role } from '../../shared/protocol/define.ts';
import { merchantChangedV1, type MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { diskStore } from '../../shared/storage/disk-store.ts';
import type { TestDatabase } from './database.ts';
import { MERCHANT_ID } from './mail-samples.ts';
import { merchantSnapshot } from './orders.ts';

export interface NotificationsFixture {
  deps: NotificationsDeps;
  clock: { now: Date };
  /** A folder of its own for files and mails. */
  folder: string;
  /** Puts an event on its way, as its service would. */
  announce: (event: EventDefinition, payload: unknown) => Promise<void>;
  /** Lets every consumer take up what is due, until nothing is. */
  consumeAll: () => Promise<void>;
  /** Announces the merchant and lets it arrive. */
  arrive: (overrides?: Partial<MerchantSnapshot>) => Promise<void>;
  close: () => Promise<void>;
}

export const PUBLIC_URL = 'https://kontor.example.com';
export const worker = serviceActor('notifications', 'request-1');
export const merchantUser = (...scope: string[]): Actor => ({
  ...worker,
  kind: 'user',
  id: 'user-1',
  roles: ['merchantViewer'],
  scope,
});

/** Somebody of the house, with a log-in. */
export const person = (...roles: Role[]): Actor => ({ ...worker, kind: 'user', id: 'user-7', roles });

const silent: Mailer = { send: () => Promise.reject(new Error('No mailer was given')) };

/** The notifications service on a test database, its clock and its way to the mail server in the test's hands. */
export async function notificationsFixture(database: TestDatabase): Promise<NotificationsFixture> {
  const orm = await openOrm({ service: 'notifications', url: database.url, entities: [], poolSize: 8 });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kontor-mails-'));
  const clock = { now: new Date('2026-10-31T20:00:00Z') };
  const store = diskStore(path.join(folder, 'objects'));
  const deps: NotificationsDeps = {
    service: 'notifications',
    orm,
    now: () => clock.now,
    wake: () => undefined,
    log: pino({ level: 'silent' }),
    store,
    config: { KONTOR_ZONE: 'Europe/Berlin' },
    sender: readSender('Kontor <kontor@fulfiller.example>'),
    mailer: silent,
    open: new Set(),
    leaving: new AbortController(),
    random: () => 0,
    keys: { link: new Uint8Array(32).fill(7) },
    publicUrl: () => PUBLIC_URL,
    call: () => Promise.reject(new Error('No other service was given')),
  };
  const consumers: Consumer[] = [
    ...TELLERS.map(({ consumer, event }) =>
      consume(consumer, event, (tx, events) => tellNews(deps, event, tx, events)),
    ),
    consume('notifications.know-merchants', merchantChangedV1, (tx, events) => knowMerchants(deps, tx, events)),
  ];
  const announce: NotificationsFixture['announce'] = (event, payload) =>
    transact(deps, worker, async (_em, say) => say(event, payload));
  const consumeAll = async () => {
    for (const consumer of consumers) while (await consumeDue(deps, consumer));
  };
  return {
    ...{ deps, clock, folder, announce, consumeAll },
    arrive: async (overrides = {}) => {
      await announce(
        merchantChangedV1,
        merchantSnapshot({
          merchantId: MERCHANT_ID,
          number: '851',
          noticeEmails: ['retouren@muster.example', 'chef@muster.example'],
          invoiceEmails: ['rechnung@muster.example'],
          ...overrides,
        }),
      );
      await consumeAll();
    },
    close: async () => {
      await orm.close();
      await store.close();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}
