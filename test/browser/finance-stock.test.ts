import { beforeAll, expect, jest, test } from '@jest/globals';
import { eachDay } from '../../shared/kernel/dates.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { onTheDay } from './support/finance.ts';
import { inspectedReturn, setUpMerchantDesk, type MerchantDesk } from './support/merchant.ts';

jest.setTimeout(120_000);

const CLOCK = '2026-11-15T08:00:00Z';
/** More than a page of them, all before the others by name. */
const MANY_MERCHANTS = `
  with other as (select n, gen_random_uuid() as id from generate_series(1, 205) n)
  insert into merchants.merchant
  select (jsonb_populate_record(m, jsonb_build_object('id', other.id, 'merchant_id', other.id, 'number', 'AA-' || n, 'name', 'AA Handel ' || n))).*
  from merchants.merchant m, other where m.number = 'D-4'`;
const JUG = { sku: 'TG-3', name: 'Krug Ozean', grade: 'D', note: 'Henkel gebrochen.', colour: '#3d6d8c' } as const;

describeInBrowser(
  'Stock, storage and disputes at the finance desk',
  (app) => {
    let desk: MerchantDesk;
    let finance: Person;
    let storedId = '';

    beforeAll(async () => {
      desk = await setUpMerchantDesk(app);
      finance = await app.person(['finance']);
      const contract = { storageMethod: 'pieceDay', startsOn: '2026-11-12' };
      storedId = await setUpMerchant(app.product.admin, { number: 'D-4', name: 'Delta Möbel GmbH', contract });
      const day = { merchantId: storedId, day: '2026-11-12', lines: [{ bin: 'A-01', sku: 'SOFA-1', quantity: '4' }] };
      await until('the merchant to be known to billing', async () => {
        const answer = await app.product.admin.raw('POST', '/storage-snapshots', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ snapshots: [day] }),
        });
        return answer.ok;
      });
      await app.product.query(MANY_MERCHANTS);
    }, 300_000);

    test('F9 goods-in and a disposal are booked by hand with their document, and stand in the ledger', async () => {
      const page = await app.open({ as: finance, path: `/finance/stock?merchantId=${storedId}` });
      await onTheDay(page, `/finance/stock?merchantId=${storedId}`);
      await page.getByRole('button', { name: 'Bewegung buchen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Bewegung buchen' });
      await dialog.getByLabel('Tag').fill('2026-11-13');
      await dialog.getByLabel('Artikelnummer').fill('SOFA-1');
      await dialog.getByLabel('Stück').fill('6');
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Beleg').fill('LS-4711');
      await app.check(page);
      await app.shot(page, 'finance-book-stock');
      await confirm.click();
      await page.getByRole('row', { name: /SOFA-1.*13\.11\.2026.*Wareneingang.*\+6.*Beleg LS-4711/ }).waitFor();

      await page.getByRole('button', { name: 'Bewegung buchen' }).click();
      await dialog.getByRole('combobox', { name: 'Art' }).click();
      await page.getByRole('option', { name: 'Entsorgt' }).click();
      await dialog.getByLabel('Tag').fill('2026-11-14');
      await dialog.getByLabel('Artikelnummer').fill('SOFA-1');
      await dialog.getByLabel('Stück').fill('2');
      await dialog.getByLabel('Beleg').fill('P-12');
      await confirm.click();
      await page.getByRole('row', { name: /SOFA-1.*Entsorgt.*-2.*Beleg P-12/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-stock');
    });

    test('F8 missed days are rebuilt from what was booked, and marked as such', async () => {
      const path = `/finance/storage?merchantId=${storedId}&month=2026-11`;
      const page = await app.open({ as: finance, path });
      await onTheDay(page, path);
      await page.getByText('3 Tage fehlen').waitFor();
      await page.getByRole('button', { name: 'Fehlende Tage nachbilden' }).click();
      await page.getByRole('dialog').getByText('vom 13.11.2026 bis 15.11.2026').waitFor();
      await app.check(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Fehlende Tage nachbilden' }).click();
      await page.getByText('Für jeden vergangenen Tag mit Lagervertrag gibt es einen Nachweis.').waitFor();
      await page.getByRole('button', { name: /^15\.11\.2026/ }).click();
      await page.getByRole('row', { name: /main Nachgebildet 1 8/ }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Monat als CSV' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.csv$/);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-storage-rebuilt');
    });

    test('X1 a charge for a rebuilt day says what was counted, and that it was rebuilt', async () => {
      const { items } = await finance.api.get<{ items: { id: string }[] }>(
        `/charges?merchantId=${storedId}&chargeType=storage&from=2026-11-15&to=2026-11-15`,
      );
      const page = await app.open({ as: finance, path: `/finance/charges/${items[0]!.id}` });
      const event = page.getByRole('region', { name: '1. Was geschehen ist' });
      expect(await event.textContent()).toMatch(/Lagermethodeje Stück und TagNachgebildete Tage1/);
      // without a price there is no sum, and the steps count on
      await page.getByRole('region', { name: '3. Warum andere Regeln nicht gelten' }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-storage-charge');
    });

    test('F8 each warehouse has its own gaps: they are shown, rebuilt by its name, or filled from a CSV file', async () => {
      app.allowErrors(/409|422/);
      const { admin } = app.product;
      const contract = { storageMethod: 'pieceDay', startsOn: '2026-11-10', endsOn: '2026-11-13' };
      const merchantId = await setUpMerchant(admin, { number: 'N-2', name: 'Zwei Hallen GmbH', contract });
      const day = (on: string, warehouse: string) => ({
        ...{ merchantId, day: on, warehouse, lines: [{ bin: 'B-1', sku: 'VASE-1', quantity: '4' }] },
      });
      await until('the merchant to be known to billing', async () => {
        const snapshots = [
          ...eachDay('2026-11-10', '2026-11-12').map((on) => day(on, 'Süd')),
          day('2026-11-10', 'Nord'),
        ];
        const answer = await admin.raw('POST', '/storage-snapshots', {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ snapshots }),
        });
        return answer.ok;
      });
      const path = `/finance/storage?merchantId=${merchantId}&month=2026-11`;
      const page = await app.open({ as: finance, path });
      await onTheDay(page, path);
      // north on the 11th and 12th, both on the 13th
      await page.getByText('3 Tage fehlen').waitFor();
      await page.getByText('Im Lager Nord lag zuletzt Ware, seitdem fehlt von dort der Bestand.').waitFor();
      await page.getByRole('button', { name: /^11\.11\.2026.*Nord fehlt/ }).click();
      await page.getByText('Für diesen Tag fehlt der Bestand des Lagers Nord.').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-storage-warehouses');

      await page.getByRole('button', { name: 'Nord: fehlende Tage nachbilden' }).click();
      const dialog = page.getByRole('dialog');
      await dialog
        .getByText('Bestand des Lagers Nord aus werden die Lagerbewegungen vom 11.11.2026 bis 13.11.2026')
        .waitFor();
      await dialog.getByRole('button', { name: 'Nord: fehlende Tage nachbilden' }).click();
      await page.getByText('1 Tag fehlt').waitFor();
      await page.getByText('Im Lager Süd lag zuletzt Ware, seitdem fehlt von dort der Bestand.').waitFor();

      const give = async (text: string) => {
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser'),
          page.getByRole('button', { name: 'CSV-Datei' }).click(),
        ]);
        await chooser.setFiles({ name: 'bestand.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
        await page.getByRole('combobox', { name: 'Lager' }).fill('Süd');
        await page.getByRole('button', { name: 'Bestand speichern' }).click();
      };
      const head = 'merchant,day,bin,sku,storageType,quantity,volumeM3';
      await give(`${head}\nN-2,2026-11-14,,,,,\nN-9,2026-11-13,,,,,`);
      await page.getByText('Zeile 3, merchant: Diesen Händler gibt es nicht.').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-stock-file-mistakes');
      await give(`${head}\nN-2,2026-11-13,B-1,VASE-1,bin,3,`);
      await page.getByText('Für jeden vergangenen Tag mit Lagervertrag gibt es einen Nachweis.').waitFor();
      await page.getByRole('button', { name: /^13\.11\.2026/ }).click();
      await page.getByRole('row', { name: /Süd CSV-Datei 1 3/ }).waitFor();
      await page.getByRole('row', { name: /Nord Nachgebildet 1 4/ }).waitFor();
      await settled(page);
      await app.check(page);
    });

    test('F1 a month of seven warehouses is read whole, of a merchant found among more than two hundred', async () => {
      const contract = { storageMethod: 'pieceDay', startsOn: '2026-10-01', endsOn: '2026-10-31' };
      const id = await setUpMerchant(app.product.admin, { number: 'S-7', name: 'Sieben Lager GmbH', contract });
      const month = eachDay('2026-10-01', '2026-10-31');
      const record = (days: readonly string[]) =>
        app.product.admin.post('/storage-snapshots', {
          snapshots: days.flatMap((day) =>
            [1, 2, 3, 4, 5, 6, 7].map((hall) => ({ merchantId: id, warehouse: `Halle ${hall}`, day, lines: [] })),
          ),
        });
      // the first days are the oldest records
      await record(month.slice(0, 2));
      await record(month.slice(2));
      const page = await app.open({ as: finance, path: '/finance/storage?month=2026-10' });
      await onTheDay(page, '/finance/storage?month=2026-10');
      await page.getByRole('combobox', { name: 'Händler' }).fill('sieben');
      await page.getByRole('option', { name: 'S-7 Sieben Lager GmbH' }).click();
      await page.getByText('Für jeden vergangenen Tag mit Lagervertrag gibt es einen Nachweis.').waitFor();
      await page.getByRole('button', { name: /^01\.10\.2026/ }).click();
      await page.getByRole('row', { name: /Halle 7/ }).waitFor();
      await settled(page);
      await app.check(page);

      await page.goto('/finance');
      await page.getByRole('button', { name: 'Lauf starten' }).first().click();
      const dialog = page.getByRole('dialog');
      const only = dialog.getByRole('combobox', { name: 'Nur diese Händler' });
      await only.fill('S-7');
      await page.getByRole('option', { name: 'S-7 Sieben Lager GmbH' }).click();
      await only.fill('delta');
      await page.getByRole('option', { name: 'D-4 Delta Möbel GmbH' }).click();
      await dialog.getByText('S-7 Sieben Lager GmbH').waitFor();
      await dialog.getByText('D-4 Delta Möbel GmbH').waitFor();
      await only.press('Tab');
      await settled(page);
      await app.check(page);
    });

    test('F4 how shared and emptied bins are counted is settled from a day on', async () => {
      app.allowErrors(/409/);
      const page = await app.open({ as: finance, path: '/finance/storage' });
      await onTheDay(page, '/finance/storage');
      await page.getByText('Es ist noch nichts festgelegt').waitFor();
      const settle = async (shared: string) => {
        await page.getByRole('button', { name: 'Neue Zählweise' }).click();
        const dialog = page.getByRole('dialog');
        expect(await dialog.getByLabel('Gültig ab').inputValue()).toBe('2026-12-01');
        await dialog.getByRole('radio', { name: shared }).check();
        await app.check(page);
        await app.shot(page, 'finance-policy');
        await dialog.getByRole('button', { name: 'Neue Zählweise' }).click();
      };
      await settle('werden nach Volumen geteilt');
      await page.getByText('Fächer mit Ware mehrerer Händler: werden nach Volumen geteilt.').waitFor();
      expect(await finance.api.get('/storage-policies')).toMatchObject({
        items: [{ validFrom: '2026-12-01', sharedBins: 'byVolume', emptiedBins: 'counts' }],
      });
      await settle('zahlt, wessen Ware zuerst darin lag');
      await page.getByRole('dialog').getByText('Ab diesem Tag ist schon etwas anderes festgelegt.').waitFor();
      await app.check(page);
    });

    test('C8 finance finds what a merchant disputes, beside what it costs, and settles it with an answer', async () => {
      const { items } = await inspectedReturn(desk.lead.api, desk.merchantId, [JUG]);
      const path = `/rtv-batches/${items[0]!.rtvBatchId!}`;
      await desk.lead.api.post(`${path}/close`);
      await desk.lead.api.post(`${path}/pack`, { withoutCheck: true });
      const sent = { carrier: 'DHL', trackingNumber: '00340434161094040003', parcels: 1, weightGrams: 2_400 };
      await desk.lead.api.post(`${path}/dispatch`, sent);
      await desk.decider.api.post(`${path}/dispute`, {
        items: [{ itemId: items[0]!.id, quantity: 1, reason: 'damaged', note: 'Der Henkel ist ab.' }],
      });
      const { number } = await finance.api.get<{ number: string }>(path);
      const page = await app.open({ as: finance, path: '/finance/disputes' });
      await page.getByRole('row', { name: new RegExp(`${number}.*Alpha Wohnen`) }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-disputes');
      await page.getByRole('link', { name: number }).click();
      const claim = page.getByRole('article', { name: 'Beanstandung: Krug Ozean' });
      await claim.getByRole('radio', { name: 'Wird gutgeschrieben' }).click();
      await claim.getByLabel('Antwort an den Händler').fill('Wir schreiben den Wert gut.');
      await page
        .getByRole('region', { name: 'Was diese Sammelrücksendung kostet' })
        .getByText(/^Zusammen/)
        .waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-dispute');
      await claim.getByRole('button', { name: 'Klären' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Klären' }).click();
      const settledNow = async () => (await finance.api.get<{ state: string }>(path)).state === 'resolved';
      await until('the dispute to be settled', settledNow);
      await claim.getByText('Wir schreiben den Wert gut.').waitFor();
      expect(await finance.api.get(path)).toMatchObject({
        state: 'resolved',
        disputes: [{ outcome: 'credited', resolutionNote: 'Wir schreiben den Wert gut.' }],
      });
      await page.goto('/finance/disputes');
      await page.getByText('Nichts ist beanstandet').waitFor();
      await page.getByText('Geklärt', { exact: true }).click();
      await page.getByRole('row', { name: new RegExp(number) }).waitFor();
      await app.check(page);
    });

    test('F2 the contract of a merchant is agreed at the admin desk, too', async () => {
      const administrator = await app.person(['admin']);
      const page = await app.open({ as: administrator, path: `/admin/merchants/${storedId}?tab=contracts` });
      await page.getByText('seit 12.11.2026, ohne Ende').waitFor();
      await page.getByText('Je Stück und Tag').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'admin-contracts');
    });
  },
  { clock: CLOCK },
);
