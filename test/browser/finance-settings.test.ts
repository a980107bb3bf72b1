import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpIssuer } from '../support/fixtures.ts';
import { noise } from '../support/hostile-images.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';

jest.setTimeout(120_000);

interface Issuer {
  id: string;
  version: number;
  waitDays: number;
  approval: { fourEyes: boolean };
  profile: { name: string; contactName?: string };
  logo: object | null;
}

/** The first test needs a house that nobody has set up. */
describeInBrowser('Settings of the finance desk', (app) => {
  let finance: Person;

  beforeAll(async () => {
    finance = await app.person(['finance']);
  });

  const stored = () => finance.api.get<Issuer>('/issuer');
  const open = () => app.open({ as: finance, path: '/finance/settings' });
  const save = (page: Page) => page.getByRole('button', { name: 'Einstellungen speichern' }).click();
  const saved = (page: Page) => page.getByText('Die Einstellungen sind gespeichert').last().waitFor();

  test('of two who set up the issuer or the books the second one is told, and replaces nothing', async () => {
    app.allowErrors(/404|412/);
    const page = await open();
    const typed = {
      ...{ Firma: 'Zweite GmbH', 'Straße und Hausnummer': 'Am Kai 2', Postleitzahl: '20457', Ort: 'Hamburg' },
      ...{ 'USt-IdNr.': 'DE136695976', Steuernummer: '46/712/03456', Geschäftsführung: 'Ole Brandt' },
      ...{ IBAN: 'DE89370400440532013000', BIC: 'COBADEFFXXX' },
    };
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByLabel('Bank', { exact: true }).fill('Hanseatische Bank');
    await setUpIssuer(app.product.admin);
    await save(page);
    await page.getByText('Jemand hat die Einstellungen inzwischen geändert').waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'finance-settings-overtaken');
    expect((await stored()).profile.name).toBe('Nordlager Fulfillment GmbH');
    await page.getByRole('button', { name: 'Verwerfen' }).click();
    await page.getByLabel('Firma').and(page.locator('[value="Nordlager Fulfillment GmbH"]')).waitFor();

    await page.goto('/finance/exports/settings');
    await page.getByLabel('Beraternummer').fill('29098');
    await page.getByLabel('Mandantennummer').fill('55003');
    await finance.api.put('/accounting-settings', {
      ...(await finance.api.get<object>('/accounting-settings/proposal?chart=SKR03')),
      ...{ consultantNumber: 1_001, clientNumber: 1, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR03' },
      ...{ locked: false, initials: null },
    });
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Jemand hat die Angaben inzwischen geändert').waitFor();
    expect(await finance.api.get('/accounting-settings')).toMatchObject({ consultantNumber: 1_001, version: 1 });
  });

  test('G3 only the administration switches four eyes off: finance is told at the switch', async () => {
    app.allowErrors(/403/);
    const page = await open();
    const fourEyes = page.getByRole('switch', { name: 'Vier-Augen-Prinzip' });
    await fourEyes.check();
    await save(page);
    await saved(page);
    await fourEyes.uncheck();
    await save(page);
    await page.getByText('Das Vier-Augen-Prinzip kann nur die Verwaltung wieder abschalten.').waitFor();
    await fourEyes.and(page.locator(':focus')).waitFor();
    await settled(page);
    await app.check(page);
    await app.shot(page, 'finance-settings-four-eyes');
    expect((await stored()).approval).toEqual({ fourEyes: true });
  });

  test('what is typed while it is being saved stays, and is saved with the next click', async () => {
    const page = await open();
    const contact = page.getByLabel('Ansprechpartner');
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/issuer', async (route) => {
      if (route.request().method() === 'PUT') await held.promise;
      return route.continue();
    });
    await contact.fill('Frau Nolte');
    await save(page);
    await contact.fill('Frau Nolte und Herr Brandt');
    await page.getByLabel('Wartezeit nach dem Stichtag').fill('2');
    held.resolve();
    await saved(page);
    expect((await stored()).profile.contactName).toBe('Frau Nolte');
    expect(await contact.inputValue()).toBe('Frau Nolte und Herr Brandt');
    await save(page);
    await page.getByRole('region', { name: 'Noch nicht gespeichert' }).waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ waitDays: 2, profile: { contactName: 'Frau Nolte und Herr Brandt' } });
  });

  test('H1 a logo that is given or taken away meanwhile hinders nobody from saving what was typed', async () => {
    app.allowErrors(/412/);
    const page = await open();
    const contact = page.getByLabel('Ansprechpartner');
    const logo = page.getByRole('region', { name: 'Logo' });
    const give = async (seed: number) =>
      logo.locator('input[type=file]').setInputFiles({
        ...{
          name: 'logo.png',
          mimeType: 'image/png',
          buffer: await noise(420, 120 + seed)
            .png()
            .toBuffer(),
        },
      });
    const typed = async (name: string, act: () => Promise<void>) => {
      await contact.fill(name);
      await act();
      await save(page);
      await until('what was typed', async () => (await stored()).profile.contactName === name);
      await page.getByRole('region', { name: 'Noch nicht gespeichert' }).waitFor({ state: 'detached' });
    };
    await typed('Frau Hinz', async () => {
      await give(0);
      await logo.getByRole('img').waitFor();
    });
    await typed('Herr Kunz', async () => {
      await logo.getByRole('button', { name: 'Logo entfernen' }).click();
      await logo.getByText('Noch kein Logo').waitFor();
    });

    // somebody else's change is not written over by who gives a logo
    await contact.fill('Frau Nolte');
    const { id: _, version, logo: __, ...given } = await stored();
    await finance.api.put('/issuer', { ...given, waitDays: 3 });
    await give(1);
    await logo.getByRole('img').waitFor();
    await save(page);
    await page.getByText('Jemand hat die Einstellungen inzwischen geändert').waitFor();
    expect(await stored()).toMatchObject({ version: version + 2, waitDays: 3, profile: { contactName: 'Herr Kunz' } });
  });
});
