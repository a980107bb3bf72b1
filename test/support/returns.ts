import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { openDocumentRenderer } from '../../services/returns/documents/document-renderer.ts';
import { RtvBatch } from '../../services/returns/persistence/batches.ts';
import { knowMerchants } from '../../services/returns/persistence/merchants.ts';
import { knowShipments } from '../../services/returns/persistence/shipments.ts';
import { decisionLinks } from '../../services/returns/decision-links.ts';
import { photoLinks, renewPhotoLinks } from '../../services/returns/photo-links.ts';
import { slipLinks } from '../../services/returns/slip-links.ts';
import type { ReturnsDeps } from '../../services/returns/returns.deps.ts';
import { createReturn } from '../../services/returns/use-cases/create-return.ts';
import { inspectItem } from '../../services/returns/use-cases/inspect-item.ts';
import { addPhoto } from '../../services/returns/use-cases/photos.ts';
import { receiveReturn } from '../../services/returns/use-cases/receive-return.ts';
import { openImageProcessor } from '../../shared/images/image-processor.ts';
import { NotFound } from '../../shared/kernel/errors.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { pictureLinks } from '../../shared/links/article-pictures.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { inTransaction } from '../../shared/persistence/transaction.ts';
import { parseInput } from '../../shared/moleculer/actions.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import type { ActionDefinition, CallInputOf, InputOf, UploadedFile } from '../../shared/protocol/define.ts';
import { returnsActions } from '../../shared/protocol/returns/actions.ts';
import type { PhotoView, ReturnView } from '../../shared/protocol/returns/views.ts';
import type { MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { openObjectStore } from '../../shared/storage/open-store.ts';
import { pathToFileURL } from 'node:url';
import type { TestDatabase } from './database.ts';

/** What links of the fixture are signed with. */
export const LINK_KEY = new Uint8Array(32);

export const newId = (): string => uuidv7(new Date());

export const worker: Actor = {
  ...serviceActor('returns', 'request-1'),
  kind: 'user',
  id: 'worker-1',
  roles: ['worker'],
};
export const userOf = (merchantId: string): Actor => ({
  ...worker,
  id: 'merchant-user-1',
  roles: ['merchantDecider'],
  scope: [merchantId],
});

/** An input as the broker hands it over: checked, defaults filled in. */
export const inputOf = <D extends ActionDefinition>(definition: D, input: CallInputOf<D>): InputOf<D> =>
  parseInput(definition, input as Record<string, unknown>) as InputOf<D>;

export interface ReturnsFixture {
  deps: ReturnsDeps;
  clock: { now: Date };
  /** What the merchants service would tell of merchants that have not been heard of. */
  merchants: MerchantSnapshot[];
  /** Makes a merchant known. */
  merchant: (overrides?: Partial<MerchantSnapshot>) => Promise<string>;
  /** Makes a shipped order known; returns its id. */
  shipped: (merchantId: string, orderNumber: string, lines: ShippedLine[]) => Promise<string>;
  /** Puts a file where the gateway leaves uploads. */
  upload: (bytes: Buffer) => Promise<UploadedFile>;
  close: () => Promise<void>;
}

/** The returns service on a test database with real images, files and documents; the clock in the test's hands. */
export async function returnsFixture(
  database: TestDatabase,
  merchantSnapshot: (overrides?: Partial<MerchantSnapshot>) => MerchantSnapshot,
): Promise<ReturnsFixture> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-returns-'));
  const orm = await openOrm({ service: 'returns', url: database.url, entities: [RtvBatch], poolSize: 6 });
  const images = openImageProcessor({ size: 1 });
  const documents = openDocumentRenderer({ size: 1 });
  const store = await openObjectStore(pathToFileURL(folder).href);
  const clock = { now: new Date('2026-10-15T10:00:00Z') };
  const merchants: MerchantSnapshot[] = [];
  const deps: ReturnsDeps = {
    service: 'returns',
    orm,
    store,
    images,
    documents,
    photoLinks: photoLinks(LINK_KEY, () => clock.now),
    renew: renewPhotoLinks(photoLinks(LINK_KEY, () => clock.now)),
    readDecisionLink: decisionLinks(LINK_KEY, () => clock.now),
    pictureLinks: pictureLinks(new Uint8Array(32), () => clock.now),
    slipLinks: slipLinks(
      LINK_KEY,
      () => clock.now,
      () => 'https://kontor.example',
    ),
    // a moment passes with every look at the clock, so that what is made later sorts later
    now: () => (clock.now = new Date(clock.now.getTime() + 1)),
    wake: () => undefined,
    random: () => 0,
    log: pino({ level: 'silent' }),
    config: { KONTOR_ZONE: 'Europe/Berlin' },
    call: (async (definition: ActionDefinition, { id }: { id?: string }) => {
      if (definition.name === 'billing.getIssuer') return { profile: ISSUER };
      const merchant = merchants.find(({ merchantId }) => merchantId === id);
      if (!merchant) throw new NotFound('merchant');
      return merchant;
    }) as never,
  };
  const asStaff = (work: Parameters<typeof inTransaction<void>>[2]) => inTransaction(orm, 'staff', work);
  return {
    deps,
    clock,
    merchants,
    merchant: async (overrides) => {
      const snapshot = merchantSnapshot({ merchantId: newId(), ...overrides });
      await asStaff((em) => knowMerchants(em, [snapshot]));
      return snapshot.merchantId;
    },
    shipped: async (merchantId, orderNumber, lines) => {
      const shipment = shipmentOf(merchantId, orderNumber, lines);
      await asStaff((em) => knowShipments(em, [shipment]));
      return shipment.orderId;
    },
    upload: async (bytes) => {
      const { key } = await store.put(`incoming/${newId()}`, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { uploadKey: key, sha256, bytes: bytes.length, filename: 'IMG_1.jpg' };
    },
    close: async () => {
      await Promise.all([images.close(), documents.close(), orm.close(), store.close()]);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface ShippedLine {
  sku: string;
  quantity: number;
  serialNumbers?: string[];
}

/** A shipped order as the orders service announces it. */
export const shipmentOf = (
  merchantId: string,
  orderNumber: string,
  lines: ShippedLine[],
  trackingNumber: string | null = `TRACK-${orderNumber}`,
) => ({
  merchantId,
  orderId: newId(),
  orderNumber,
  channel: 'shop',
  shipmentId: newId(),
  firstShipment: true,
  shippedAt: '2026-10-01T10:00:00Z',
  serviceDate: '2026-10-01',
  carrier: 'DHL',
  trackingNumber,
  country: 'DE',
  weightGrams: 1_000,
  parcels: 1,
  pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  tags: [],
  packaging: [],
  lines: lines.map((line) => ({ orderLineId: newId(), name: `Article ${line.sku}`, ...line })),
});

/** A photo as a phone takes it, different for every colour. */
export const photo = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

const ISSUER = {
  name: 'Nordlager Fulfillment GmbH',
  address: { street: 'Am Güterbahnhof 12', postalCode: '21035', city: 'Hamburg', country: 'DE' },
  managingDirectors: [],
};

/** What tests do over and over at the packing table. */
export interface Desk {
  /** A photo as a phone takes it. */
  photo: Buffer;
  create: (input: CallInputOf<typeof returnsActions.createReturn>, actor?: Actor) => Promise<ReturnView>;
  sendPhoto: (returnId: string, clientPhotoId: string, bytes: Buffer) => Promise<PhotoView>;
  /** A return with one item of grade D, photographed and inspected: the next step is to complete it. */
  readyToComplete: (merchantId: string) => Promise<ReturnView>;
}

export async function deskOf({ deps, upload }: ReturnsFixture): Promise<Desk> {
  const picture = await photo('#808080');
  const desk: Desk = {
    photo: picture,
    create: (input, actor = worker) => createReturn(deps, inputOf(returnsActions.createReturn, input), actor),
    sendPhoto: async (id, clientPhotoId, bytes) =>
      addPhoto(deps, { id, clientPhotoId, file: await upload(bytes) }, worker),
    readyToComplete: async (merchantId) => {
      const parcel = await desk.create({ merchantId, items: [{ sku: 'X', quantity: 1 }] });
      await receiveReturn(deps, { id: parcel.id }, worker);
      await desk.sendPhoto(parcel.id, 'p1', picture);
      const finding = { id: parcel.id, itemId: parcel.items[0]!.id, quantity: 1, grade: 'D' as const, note: 'broken' };
      return inspectItem(deps, inputOf(returnsActions.inspectItem, finding), worker);
    },
  };
  return desk;
}

/** How many rows of a table a condition holds for, past row security. */
export async function countRows(
  database: TestDatabase,
  table: string,
  where: string,
  values: unknown[],
): Promise<number> {
  const [found] = await database.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`, values);
  return Number(found!.n);
}
