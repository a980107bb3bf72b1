import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { renewPictureLinks, type OrdersDeps } from '../../services/orders/orders.deps.ts';
import { openImageProcessor } from '../../shared/images/image-processor.ts';
import { NotFound } from '../../shared/kernel/errors.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { pictureLinks } from '../../shared/links/article-pictures.ts';
import { jobPhotoLinks } from '../../shared/links/job-photos.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import { returnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import type { UploadedFile } from '../../shared/protocol/define.ts';
import type { MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { openObjectStore } from '../../shared/storage/open-store.ts';
import type { TestDatabase } from './database.ts';

export const newId = (): string => uuidv7(new Date());

/** A merchant as the merchants service would announce it. */
export const merchantSnapshot = (overrides: Partial<MerchantSnapshot> = {}): MerchantSnapshot => ({
  merchantId: newId(),
  version: 1,
  number: '100',
  name: 'Muster GmbH',
  status: 'active',
  language: 'de',
  address: { name: 'Muster GmbH', street: 'Weg 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
  vatId: null,
  taxTreatment: 'domestic',
  taxBefore: [],
  exemptionReason: null,
  vatIdCheck: null,
  paymentTermsDays: 14,
  invoiceEmails: [],
  noticeEmails: [],
  purchaseOrderReference: null,
  buyerReference: null,
  invoiceXml: false,
  invoiceLink: false,
  debtorNumber: null,
  rtvAddress: null,
  rtvSchedule: 'manual',
  returnRules: [],
  returnPolicy: returnPolicy.parse({}),
  contracts: [],
  ...overrides,
});

export interface OrdersFixture {
  deps: OrdersDeps;
  /** Merchants the merchants service knows; orders may or may not have heard of them. */
  merchants: MerchantSnapshot[];
  clock: { now: Date };
  /** Puts a file where the gateway leaves uploads. */
  upload: (bytes: Buffer) => Promise<UploadedFile>;
  /** Everything in the object store. */
  files: () => string[];
  close: () => Promise<void>;
}

/** The orders service on a test database, its clock in the test's hands. */
export async function ordersFixture(database: TestDatabase, now = '2026-10-15T10:00:00Z'): Promise<OrdersFixture> {
  const orm = await openOrm({ service: 'orders', url: database.url, entities: [], poolSize: 6 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-orders-'));
  const store = await openObjectStore(pathToFileURL(folder).href);
  const images = openImageProcessor({ size: 1 });
  const merchants: MerchantSnapshot[] = [];
  const clock = { now: new Date(now) };
  const links = pictureLinks(new Uint8Array(32), () => clock.now);
  const jobLinks = jobPhotoLinks(new Uint8Array(32), () => clock.now);
  const deps: OrdersDeps = {
    service: 'orders',
    orm,
    store,
    images,
    pictureLinks: links,
    jobPhotoLinks: jobLinks,
    renew: renewPictureLinks(links, jobLinks),
    now: () => clock.now,
    wake: () => undefined,
    log: pino({ level: 'silent' }),
    config: { KONTOR_ZONE: 'Europe/Berlin' },
    call: ((_definition: unknown, { id }: { id: string }) => {
      const merchant = merchants.find(({ merchantId }) => merchantId === id);
      return merchant ? Promise.resolve(merchant) : Promise.reject(new NotFound('merchant'));
    }) as OrdersDeps['call'],
  };
  return {
    deps,
    merchants,
    clock,
    upload: async (bytes) => {
      const { key, sha256 } = await store.put(`incoming/${newId()}`, bytes);
      return { uploadKey: key, sha256, bytes: bytes.length, filename: 'IMG_1.jpg' };
    },
    files: () =>
      fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
        .toSorted(),
    close: async () => {
      await Promise.all([images.close(), orm.close(), store.close()]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const staff = serviceActor('orders', 'request-1');
export const userOf = (...merchantIds: string[]): Actor => ({
  ...staff,
  kind: 'user',
  id: 'user-1',
  roles: ['merchantViewer'],
  scope: merchantIds,
});
