import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import sharp from 'sharp';
import type { Api } from '../support/api.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { breakableNetwork, type BreakableNetwork } from '../support/breakable-network.ts';
import { launchOnFolder } from './support/chromium.ts';
import {
  announce,
  keptOnDevice,
  logInByHand,
  scan,
  setUpWarehouse,
  untilKept,
  type Parcel,
} from './support/warehouse.ts';

jest.setTimeout(240_000);

const ANNOUNCED = 10;
const UNKNOWN = 20;
const trackingOf = (n: number) => `003404341610940${String(50_000 + n)}`;

describeInBrowser('A day without a network', (app) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-offline-'));
  let network: BreakableNetwork;
  let worker: Person;
  let api: Api;
  let context: BrowserContext | undefined;
  const hashes: string[] = [];

  beforeAll(async () => {
    const merchantId = await setUpWarehouse(app.product);
    worker = await app.person(['worker']);
    api = worker.api;
    for (let n = 0; n < ANNOUNCED; n += 1)
      await announce(api, merchantId, trackingOf(n), [{ sku: `JACKET-${n}`, name: `Jacke ${n}`, quantity: 1 }]);
    network = await breakableNetwork(app.product.url);
  });
  afterAll(async () => {
    await context?.close().catch(() => undefined);
    await network?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** A picture that no other one equals. */
  async function photo(n: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
    const background = { r: (n * 37) % 256, g: (n * 91) % 256, b: (n * 53) % 256 };
    const picture = sharp({ create: { width: 320 + n, height: 240, channels: 3, background } });
    const buffer = await picture.jpeg().toBuffer();
    hashes.push(createHash('sha256').update(buffer).digest('hex'));
    return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer };
  }

  async function inspect(page: Page, name: string, n: number): Promise<void> {
    const card = page.getByRole('article', { name });
    await card.locator('input[type=file]').setInputFiles(await photo(n));
    await card
      .getByRole('button', { name: /^Foto, / })
      .first()
      .waitFor();
    await card.getByRole('button', { name: /^Zustand B/ }).click();
    await card.getByRole('button', { name: 'Leichte Gebrauchsspuren, sonst einwandfrei.' }).click();
  }

  async function announced(page: Page, n: number): Promise<void> {
    await scan(page, trackingOf(n));
    const card = page.getByRole('article', { name: `Jacke ${n}` });
    await inspect(page, `Jacke ${n}`, n * 2);
    await card.locator('input[type=file]').setInputFiles(await photo(n * 2 + 1));
    await card
      .getByRole('button', { name: /^Foto, / })
      .nth(1)
      .waitFor();
    await page.getByRole('button', { name: 'Abschließen' }).click();
    await page.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
  }

  async function unknown(page: Page, n: number): Promise<void> {
    await scan(page, trackingOf(n));
    await page.getByRole('button', { name: 'Unbekanntes Paket annehmen' }).click();
    const label = page.getByRole('group', { name: 'Fotos vom Paket' });
    await label.locator('input[type=file]').setInputFiles(await photo(n * 2));
    await label.getByRole('button', { name: /^Foto, / }).waitFor();
    await page.getByRole('button', { name: 'Weitere Ware' }).click();
    await page.getByRole('textbox', { name: 'Artikel oder Beschreibung' }).fill(`Fundstück Nr ${n}`);
    await page.getByRole('button', { name: 'Hinzufügen' }).click();
    await inspect(page, `Fundstück Nr ${n}`, n * 2 + 1);
    await page.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByText('Wartet auf Entscheidung').or(page.getByText('Leicht gebraucht')).first().waitFor();
  }

  const open = async (): Promise<Page> => {
    context = await launchOnFolder(network.url, folder, { size: 'phone' });
    return context.pages()[0] ?? context.newPage();
  };

  test('X7 thirty returns with sixty photos are worked on without a network, through a reload and a killed browser, and arrive once and in order', async () => {
    let page = await open();
    await logInByHand(page, worker);
    await untilKept(page);
    await until('the device to know what is coming', async () => (await keptOnDevice(page)).returns >= ANNOUNCED);

    await network.cut();
    for (let n = 0; n < 5; n += 1) await announced(page, n);
    for (let n = ANNOUNCED; n < ANNOUNCED + 7; n += 1) await unknown(page, n);
    await page.reload();
    await page.getByText('Kein Netz – Sie können weiterarbeiten').waitFor();
    for (let n = 5; n < ANNOUNCED; n += 1) await announced(page, n);
    for (let n = ANNOUNCED + 7; n < ANNOUNCED + 14; n += 1) await unknown(page, n);

    // something is half written when the battery dies
    await scan(page, trackingOf(ANNOUNCED + 14));
    await page.getByRole('button', { name: 'Unbekanntes Paket annehmen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Neue Retoure' }).waitFor();
    const before = await keptOnDevice(page);
    killBrowserOn(folder);
    await context!.close().catch(() => undefined);

    page = await open();
    await page.goto('/warehouse');
    await page.getByText('Kein Netz – Sie können weiterarbeiten').waitFor();
    expect(await keptOnDevice(page)).toEqual(before);
    await unknownAgain(page, ANNOUNCED + 14);
    for (let n = ANNOUNCED + 15; n < ANNOUNCED + UNKNOWN; n += 1) await unknown(page, n);
    const waiting = await keptOnDevice(page);
    expect(waiting.photos).toBe(60);
    expect(waiting.commands).toBe(ANNOUNCED * 5 + UNKNOWN * 6);
    await page.goto('/warehouse/waiting');
    await page.getByText(`${waiting.commands} Schritte an 30 Retouren, 60 Fotos`).waitFor();
    await app.check(page);
    await app.shot(page, 'warehouse-waiting');
    expect((await api.get<{ items: object[] }>('/returns?group=toInspect')).items).toEqual([]);

    await network.mend();
    await page.reload();
    await until(
      'everything to be sent',
      async () => {
        // the browser was killed before it had written its cookies down: the work waits for the log-in
        if (page.url().includes('/login')) await logInByHand(page, worker);
        return (await keptOnDevice(page)).commands === 0;
      },
      90_000,
    );
    expect(await keptOnDevice(page)).toMatchObject({ photos: 0, conflicts: 0 });
    await expectOnceAndInOrder();
  });

  /** The return was begun before the kill; its label is photographed after it. */
  async function unknownAgain(page: Page, n: number): Promise<void> {
    await scan(page, trackingOf(n));
    await page.getByRole('heading', { level: 1, name: 'Neue Retoure' }).waitFor();
    const label = page.getByRole('group', { name: 'Fotos vom Paket' });
    await label.locator('input[type=file]').setInputFiles(await photo(n * 2));
    await label.getByRole('button', { name: /^Foto, / }).waitFor();
    await page.getByRole('button', { name: 'Weitere Ware' }).click();
    await page.getByRole('textbox', { name: 'Artikel oder Beschreibung' }).fill(`Fundstück Nr ${n}`);
    await page.getByRole('button', { name: 'Hinzufügen' }).click();
    await inspect(page, `Fundstück Nr ${n}`, n * 2 + 1);
    await page.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByText('Leicht gebraucht').first().waitFor();
  }

  async function expectOnceAndInOrder(): Promise<void> {
    const all = await api.get<{ items: Parcel[] }>('/returns?limit=200');
    const wanted = Array.from({ length: ANNOUNCED + UNKNOWN }, (_, n) => trackingOf(n));
    expect(all.items.map(({ trackingNumber }) => trackingNumber).toSorted()).toEqual(wanted);
    const parcels = await Promise.all(all.items.map(({ id }) => api.get<Parcel>(`/returns/${id}`)));
    expect(parcels.flatMap(({ photos }) => photos.map(({ sha256 }) => sha256)).toSorted()).toEqual(hashes.toSorted());
    for (const { id, photos, items, trackingNumber } of parcels) {
      const isKnown = wanted.indexOf(trackingNumber!) < ANNOUNCED;
      expect(photos).toHaveLength(2);
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({ grade: 'B', note: 'Leichte Gebrauchsspuren, sonst einwandfrei.' });
      const actions = await actionsOf(id);
      expect(actions).toEqual(
        isKnown
          ? ['return.announced', 'return.received', 'item.inspected', 'return.inspected']
          : ['return.announced', 'return.received', 'item.added', 'item.inspected'],
      );
    }
    // no photo came after the end of its inspection, none before its return
    const late = await app.product.query(
      `select p.id from returns.photo p join returns.return r on r.id = p.return_id
       where p.uploaded_at > r.inspected_at or p.uploaded_at < r.created_at`,
    );
    expect(late).toEqual([]);
  }

  async function actionsOf(id: string): Promise<string[]> {
    const rows = await app.product.query(
      `select action from messaging.audit_entry where entity = 'return' and entity_id = '${id}' order by id`,
    );
    return (rows as unknown as { action: string }[])
      .map(({ action }) => action)
      .filter((action) => !/lock/.test(action));
  }
});

/** kill -9 of the browser that runs on a folder, as when a battery dies. */
function killBrowserOn(folder: string): void {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const isBrowser = (pid: string) => {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return line.includes(`--user-data-dir=${folder}`) && !line.some((word) => word.startsWith('--type='));
    } catch {
      return false;
    }
  };
  const found = pids.filter(isBrowser);
  expect(found.length).toBeGreaterThan(0);
  for (const pid of found) process.kill(Number(pid), 'SIGKILL');
}
