import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpMerchant, shipOrder } from '../support/fixtures.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled } from './support/app.ts';

jest.setTimeout(120_000);

const csv = (...lines: string[]) => ({
  ...{ name: 'dhl-november.csv', mimeType: 'text/csv' },
  buffer: Buffer.from([HEAD, ...lines].join('\r\n')),
});
const HEAD = 'Rechnungsnummer;Rechnungsdatum;Sendungsnummer;Art;Betrag netto;Beschreibung';

describeInBrowser(
  'Invoices of carriers at the finance desk',
  (app) => {
    let finance: Person;
    let merchantId = '';

    beforeAll(async () => {
      const { admin } = app.product;
      merchantId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
      for (const number of ['A-101', 'A-102', 'A-103']) await shipOrder(admin, merchantId, number, { pieces: 2 });
      finance = await app.person(['finance']);
    }, 300_000);

    test('a file is checked by line, taken as a whole, and what has no shipment is settled by hand', async () => {
      const page = await app.open({ as: finance, path: '/finance/carrier-invoices?view=import' });
      await page.getByLabel('Versanddienst', { exact: true }).fill('DHL');
      const file = page.locator('input[type=file]');
      await file.setInputFiles(csv('4711;14.11.2026;T-A-101;Sperrgut;12,50;', '4711;14.11.2026;T-A-102;Pech;1,1,1;'));
      await page.getByRole('button', { name: 'Prüfen' }).click();
      await page.getByRole('row', { name: /3 Art Diese Art ist nicht bekannt/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-carrier-mistakes');

      await file.setInputFiles(
        csv(
          '4711;14.11.2026;T-A-101;Sperrgut;12,50;Kante 130 cm',
          '4711;14.11.2026;T-A-1O2;Maut;0,19;',
          '4711;14.11.2026;EIGENES-1;Energie;0,40;',
        ),
      );
      await page.getByRole('button', { name: 'Prüfen' }).click();
      await page.getByText('1 von 3 Zeilen haben schon ihre Sendung.').waitFor();
      await app.check(page);
      await app.shot(page, 'finance-carrier-ready');
      await page.getByRole('button', { name: 'Einlesen' }).click();
      await page.getByText('Eingelesen: DHL 4711').waitFor();

      await page.getByText('Offen', { exact: true }).first().click();
      const misread = page.getByRole('row', { name: /T-A-1O2 Maut/ });
      await misread.waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-carrier-lines');
      await misread.getByRole('button', { name: 'Zuordnen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Zuordnen' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Auftragsnummer').fill('A-102');
      await dialog.getByLabel('A-1 Alpha Wohnen GmbH: A-102, verschickt am 05.10.2026').check();
      await app.check(page);
      await app.shot(page, 'finance-carrier-match');
      await confirm.click();
      await misread.waitFor({ state: 'detached' });

      const own = page.getByRole('row', { name: /EIGENES-1/ });
      await own.getByRole('button', { name: 'Selbst tragen' }).click();
      await dialog.getByLabel('Begründung').fill('Paket an uns selbst');
      await dialog.getByRole('button', { name: 'Selbst tragen' }).click();
      await page.getByText('Nichts offen').waitFor();

      await page.getByLabel('Ansicht').getByText('Rechnungen').click();
      await page.getByRole('row', { name: /DHL 4711.*13,09.*3 2 0 1/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-carrier-invoices');
      const { items } = await app.product.admin.get<{
        items: { state: string; shipment: { merchantId: string } | null }[];
      }>('/carrier-lines?limit=50&state=matched');
      expect(items.map(({ shipment }) => shipment?.merchantId)).toEqual([merchantId, merchantId]);
    });

    test('what was assigned wrongly is given to another shipment, or back to the list, with a reason', async () => {
      const page = await app.open({ as: finance, path: '/finance/carrier-invoices?view=settled' });
      await page.getByLabel('Sendungsnummer').fill('t-a-1o2');
      const line = page.getByRole('row', { name: /T-A-1O2 Maut.*A-102/ });
      await line.waitFor();
      await page.getByRole('row', { name: /T-A-101/ }).waitFor({ state: 'detached' });
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-carrier-settled');
      await line.getByRole('button', { name: 'Berichtigen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Berichtigen' });
      await dialog.getByText('Zugeordnet: Auftrag A-102').waitFor();
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Begründung').fill('Zahlendreher');
      await dialog.getByLabel('Auftragsnummer der richtigen Sendung').fill('A-101');
      await dialog.getByLabel('A-1 Alpha Wohnen GmbH: A-101, verschickt am 05.10.2026').check();
      await app.check(page);
      await app.shot(page, 'finance-carrier-correct');
      await confirm.click();
      const moved = page.getByRole('row', { name: /T-A-1O2 Maut.*A-101/ });
      await moved.waitFor();

      await moved.getByRole('button', { name: 'Berichtigen' }).click();
      await dialog.getByText('Zurückgenommen: Zahlendreher').waitFor();
      await dialog.getByLabel('Begründung').fill('Doch nicht unser Paket');
      await confirm.click();
      await moved.waitFor({ state: 'detached' });
      await page.getByText('Offen', { exact: true }).first().click();
      await page.getByRole('row', { name: /T-A-1O2.*Zurückgenommen: Doch nicht unser Paket/ }).waitFor();
      await settled(page);
      await app.shot(page, 'finance-carrier-reopened');
    });

    test('D4 a shipment is found by its tracking number and called back once, with a reason', async () => {
      const page = await app.open({ as: finance, path: '/finance/shipments' });
      await page.getByRole('row', { name: /A-102/ }).waitFor();
      await page.getByLabel('Auftrags- oder Sendungsnummer').fill('t a-103');
      const shipment = page.getByRole('row', { name: /A-103 A-1 Alpha Wohnen GmbH/ });
      await page.getByRole('row', { name: /A-102/ }).waitFor({ state: 'detached' });
      await shipment.getByText('Verschickt').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'shipments');
      await shipment.getByRole('button', { name: 'Zurückholen' }).click();
      const dialog = page.getByRole('dialog');
      const confirm = dialog.getByRole('button', { name: 'Zurückholen' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Begründung').fill('Kunde hat storniert');
      await app.check(page);
      await app.shot(page, 'shipments-call-back');
      await confirm.dblclick();
      await shipment.getByText('Kunde hat storniert').waitFor();
      await shipment.getByRole('button', { name: 'Zurückholen' }).waitFor({ state: 'detached' });
      await settled(page);
      await app.shot(page, 'shipments-called-back');
      const { items } = await app.product.admin.get<{ items: { state: string }[] }>('/orders?externalNumber=A-103');
      expect(items).toMatchObject([{ state: 'open' }]);
    });

    test('D9 packaging is entered, cannot have the code of another, and is retired', async () => {
      const page = await app.open({ as: await app.person(['lead']), path: '/admin/packagings' });
      await page.getByText('Noch keine Verpackung').waitFor();
      await settled(page);
      await app.check(page);
      const dialog = page.getByRole('dialog');
      const enter = async (code: string, name: string, ean = '') => {
        await page.getByRole('button', { name: 'Verpackung anlegen' }).first().click();
        await dialog.getByRole('textbox', { name: 'Code' }).fill(code);
        await dialog.getByRole('textbox', { name: 'Bezeichnung' }).fill(name);
        await dialog.getByRole('textbox', { name: 'EAN' }).fill(ean);
        await dialog.getByRole('button', { name: 'Speichern' }).click();
      };
      await enter('BOX-M', 'Karton M', '4006381333931');
      await page.getByRole('row', { name: /Karton M BOX-M 4006381333931 In Gebrauch/ }).waitFor();
      app.allowErrors(/409 \(Conflict\).*packagings/);
      await enter('BOX-M', 'Karton L');
      await dialog.getByText('Unter diesem Code gibt es schon eine andere Verpackung.').waitFor();
      await dialog.getByText('Das gibt es hier schon.').waitFor();
      await app.check(page);
      await app.shot(page, 'packaging-form');
      await dialog.getByRole('textbox', { name: 'Code' }).fill('BOX-L');
      await dialog.getByRole('button', { name: 'Speichern' }).click();
      await page.getByRole('row', { name: /Karton L BOX-L/ }).waitFor();
      await page.getByRole('button', { name: 'Karton M ändern' }).click();
      await dialog.getByLabel('In Gebrauch').click();
      await dialog.getByRole('button', { name: 'Speichern' }).click();
      await page.getByRole('row', { name: /Karton M.*Ausgemustert/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'packagings');
    });
  },
  { clock: '2026-11-15T08:00:00Z' },
);
