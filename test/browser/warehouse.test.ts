import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Api } from '../support/api.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { fakeCamera } from './support/fake-camera.ts';
import { announce, countTaps, setUpWarehouse, tapsOf, type Parcel } from './support/warehouse.ts';

jest.setTimeout(120_000);

const TRACKING = '00340434161094042557';

describeInBrowser('The warehouse desk', (app) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-camera-'));
  let worker: Person;
  let lead: Person;
  let merchantId: string;
  let api: Api;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    [worker, lead] = [await app.person(['worker']), await app.person(['lead'])];
    api = worker.api;
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const parcelOf = (id: string) => api.get<Parcel>(`/returns/${id}`);

  test('K12 the camera reads the label, and three items with four photos take at most 15 taps on a phone', async () => {
    const announced = await announce(api, merchantId, TRACKING);
    const flags = await fakeCamera(path.join(folder, 'label.y4m'), TRACKING);
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse', flags, permissions: ['camera'] });
    await app.check(page);
    await app.shot(page, 'warehouse-home');
    await countTaps(page);
    await button(page, 'Mit der Kamera scannen').click();
    await page.getByRole('heading', { level: 1, name: announced.number }).waitFor();
    const scan = await tapsOf(page);
    expect(scan).toBe(1);

    await button(page, 'Kamera einschalten').click();
    const findings = [
      ['Stehlampe Nord', 'Zustand A', 'Originalverpackt und ungeöffnet.', 1],
      ['Kissenbezug', 'Zustand C', 'Verschmutzt, nicht mehr als neu verkäuflich.', 2],
      ['Wandbild Küste', 'Zustand A', 'Ausgepackt, ohne Gebrauchsspuren, vollständig.', 1],
    ] as const;
    for (const [index, [name, grade, phrase, photos]] of findings.entries()) {
      const card = page.getByRole('article', { name });
      await button(page, `Foto aufnehmen: ${name}`).waitFor();
      for (let n = 1; n <= photos; n += 1) {
        await button(page, `Foto aufnehmen: ${name}`).click();
        await card
          .getByRole('button', { name: /^Foto, / })
          .nth(n - 1)
          .waitFor();
      }
      await card.getByRole('button', { name: new RegExp(`^${grade}`) }).click();
      await card.getByRole('button', { name: phrase }).click();
      if (index === 0) {
        await app.check(page);
        await app.shot(page, 'warehouse-return');
      }
      if (index < 2) await card.getByRole('button', { name: 'Weiter', exact: true }).click();
    }
    await button(page, 'Abschließen').click();
    await page.getByRole('heading', { name: 'Prüfung abgeschlossen' }).waitFor();
    expect((await tapsOf(page)) - scan).toBeLessThanOrEqual(15);

    const done = await until('the inspection on the server', async () => {
      const parcel = await parcelOf(announced.id);
      return parcel.photos.length === 4 && ['processing', 'completed'].includes(parcel.state) && parcel;
    });
    expect(done.items.map(({ sku, grade, state }) => [sku, grade, state])).toEqual([
      ['LAMP-1', 'A', 'restocked'],
      ['PILLOW-1', 'C', 'in_rtv_batch'],
      ['PICTURE-1', 'A', 'restocked'],
    ]);
    await app.check(page);
    await app.shot(page, 'warehouse-finished');
  });

  void [lead, shipOrder];
});
