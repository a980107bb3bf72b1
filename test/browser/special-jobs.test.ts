import { beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';

jest.setTimeout(120_000);

const CUTOFF = '2026-10-31';

interface Job {
  id: string;
  number: string;
  state: string;
  quantity: string;
  revision: number;
  workedMinutes: number | null;
}

describeInBrowser(
  'Special jobs',
  (app) => {
    let merchantId: string;
    let [lead, worker, decider, viewer, finance]: Person[] = [];
    let jobId: string;

    beforeAll(async () => {
      const { admin } = app.product;
      await setUpIssuer(admin, '2026-10-20');
      merchantId = await setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
      // something to bill, or there is no run to check
      await shipOrder(admin, merchantId, 'B-1', { pieces: 3, shippedAt: '2026-10-30T10:00:00Z' });
      lead = await app.person(['lead']);
      worker = await app.person(['worker']);
      decider = await app.person(['merchantDecider'], [merchantId]);
      viewer = await app.person(['merchantViewer'], [merchantId]);
      finance = await app.person(['finance']);
    });

    const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
    const region = (page: Page, name: string) => page.getByRole('region', { name });
    const picture = async (colour: string) => ({
      ...{ name: 'a.jpg', mimeType: 'image/jpeg' },
      buffer: await sharp({ create: { width: 900, height: 700, channels: 3, background: colour } })
        .jpeg()
        .toBuffer(),
    });
    const jobOf = (id: string) => lead!.api.get<Job>(`/special-jobs/${id}`);
    /** A step that asks before it is done; the dialog has a button of the same words. */
    async function confirm(page: Page, label: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
      await button(page, label).click();
      const dialog = page.getByRole('dialog');
      await fill(dialog);
      await dialog.getByRole('button', { name: label, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    }

    test('D8 a lead puts a service into the catalogue, which asks the merchant', async () => {
      const page = await app.open({ as: lead!, path: '/admin/special-jobs' });
      await page.getByText('Der Katalog ist leer').waitFor();
      await button(page, 'Neue Leistung').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Kürzel').fill('relabel');
      await dialog.getByLabel('Name auf Deutsch').fill('Umetikettieren');
      await dialog.getByLabel('Name auf Englisch').fill('Relabelling');
      await dialog.getByLabel('Vorgabe für die Beschreibung').fill('Ware umetikettieren');
      await dialog.getByRole('switch', { name: 'Händler muss zustimmen' }).check();
      await app.check(page);
      await dialog.getByRole('button', { name: 'Speichern' }).click();
      await page.getByRole('cell', { name: 'Umetikettieren', exact: true }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'admin-special-jobs');
    });

    test('D8 on a phone a job is opened from the catalogue and photographed before the work', async () => {
      const page = await app.open({ as: lead!, size: 'phone', path: '/warehouse/special-jobs' });
      await page.getByText('Kein Sonderauftrag').waitFor();
      await button(page, 'Neuer Sonderauftrag').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Händler' }).click();
      await page.getByRole('option', { name: 'Alpha Wohnen GmbH' }).click();
      await dialog.getByRole('combobox', { name: 'Leistung' }).click();
      await page.getByRole('option', { name: 'Umetikettieren' }).click();
      await dialog.getByLabel('Geschätzt (Minuten)').fill('45');
      await settled(page);
      await app.check(page);
      await app.shot(page, 'warehouse-special-job-new');
      await button(page, 'Anlegen').click();
      await page.getByRole('heading', { level: 1, name: /^Sonderauftrag SJ-/ }).waitFor();
      jobId = page.url().split('/').at(-1)!;
      expect(await jobOf(jobId)).toMatchObject({ state: 'awaiting_approval', quantity: '45' });
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles(await picture('#a9713b'));
      await button(page, 'Foto 1 von 1 öffnen').waitFor();
      expect(await button(page, 'Abnehmen').count()).toBe(0);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'warehouse-special-job-waiting');
    });

    test('D8 the merchant sees the estimate and the photo, and only who may decide approves', async () => {
      const looking = await app.open({ as: viewer!, path: `/merchant/special-jobs/${jobId}` });
      await looking.getByText('Zustimmen kann nur').waitFor();
      expect(await button(looking, 'Zustimmen').count()).toBe(0);

      const page = await app.open({ as: decider!, path: '/merchant' });
      await page.getByText('Ein Sonderauftrag braucht Ihre Zustimmung').waitFor();
      await app.check(page);
      await app.shot(page, 'merchant-today-special-job');
      await page.getByRole('link', { name: 'Ware umetikettieren' }).click();
      await page.getByText('Geschätzt 45 Minuten.').waitFor();
      await button(page, 'Foto 1 von 1 öffnen').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'merchant-special-job');
      await button(page, 'Zustimmen').click();
      await button(page, 'Zustimmen').waitFor({ state: 'detached' });
      expect((await jobOf(jobId)).state).toBe('open');
      await page.goto('/merchant/special-jobs');
      await settled(page);
      await app.check(page);
      await app.shot(page, 'merchant-special-jobs');
    });

    test('D8 a worker takes the time, by the clock and by hand, and photographs what was done', async () => {
      const page = await app.open({ as: worker!, size: 'phone', path: `/warehouse/special-jobs/${jobId}` });
      await button(page, 'Uhr starten').click();
      await button(page, 'Uhr anhalten').waitFor();
      await page.getByText(/^Ihre Uhr läuft seit/).waitFor();
      await button(page, 'Uhr anhalten').click();
      await button(page, 'Uhr starten').waitFor();
      const work = region(page, 'Arbeit');
      // what may be thousands or minutes and a half is taken for neither
      for (const typed of ['12,5', '1.250']) {
        await work.getByLabel('Minuten').fill(typed);
        await work.getByLabel('Stück').fill('3');
        await work.getByText('Nur ganze Zahlen, ohne Punkt und Komma.').waitFor();
        await button(page, 'Eintragen').click();
      }
      await app.shot(page, 'warehouse-special-job-unreadable');
      await work.getByLabel('Stück').fill('');
      await work.getByLabel('Minuten').fill('40');
      await work.getByLabel('Notiz').fill('Palette 1');
      await button(page, 'Eintragen').click();
      await work.getByText('Palette 1').waitFor();
      await page
        .locator('input[type=file]')
        .last()
        .setInputFiles(await picture('#3d6d8c'));
      await page
        .getByRole('region', { name: 'Fotos' })
        .getByRole('button', { name: /^Foto 1/ })
        .nth(1)
        .waitFor();
      expect(await button(page, 'Abnehmen').count()).toBe(0);
      const { workedMinutes } = await jobOf(jobId);
      expect(workedMinutes).toBeGreaterThanOrEqual(40);
      expect(workedMinutes).toBeLessThan(100);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'warehouse-special-job');
    });

    test('G9 finance reads in the run which special jobs are open, and goes there', async () => {
      const run = await finance!.api.post<{ id: string }>('/billing-runs', { cutoff: CUTOFF });
      await until('the draft', async () => {
        const { state } = await finance!.api.get<{ state: string }>(`/billing-runs/${run.id}`);
        return state === 'draft';
      });
      const page = await app.open({ as: finance!, path: `/finance/runs/${run.id}` });
      const { number } = await jobOf(jobId);
      await page.getByText(`Ein Sonderauftrag ist noch nicht abgenommen: ${number}.`).first().waitFor();
      await app.check(page);
      await app.shot(page, 'finance-run-special-jobs');
      await page.getByRole('link', { name: 'Sonderaufträge öffnen' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Sonderaufträge' }).waitFor();
      await page.getByRole('link', { name: /Ware umetikettieren/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-special-jobs');
    });

    test('D8 the sign-off bills what was worked, and a correction comes with its reason', async () => {
      const page = await app.open({ as: lead!, path: `/warehouse/special-jobs/${jobId}` });
      await button(page, 'Abnehmen').waitFor();
      const { workedMinutes } = await jobOf(jobId);
      await confirm(page, 'Abnehmen', async (dialog) => {
        expect(await dialog.getByLabel('Menge (Minuten)').inputValue()).toBe(String(workedMinutes));
        await app.shot(page, 'warehouse-special-job-sign-off');
      });
      await button(page, 'Berichtigen').waitFor();
      expect(await jobOf(jobId)).toMatchObject({ state: 'signed_off', quantity: String(workedMinutes), revision: 0 });
      await confirm(page, 'Berichtigen', async (dialog) => {
        await dialog.getByLabel('Menge (Minuten)').fill('1.250');
        await dialog.getByLabel('Grund').fill('Pause abgezogen');
        await dialog.getByText('Ist 1250 oder 1,250 gemeint?').waitFor();
        expect(await dialog.getByRole('button', { name: 'Berichtigen' }).isDisabled()).toBe(true);
        await dialog.getByLabel('Menge (Minuten)').fill('37,5');
        await dialog.getByLabel('Grund').fill('Pause abgezogen');
      });
      await region(page, 'Berichtigungen').getByText('Berichtigung 1: 37,5 Minuten').waitFor();
      expect(await jobOf(jobId)).toMatchObject({ quantity: '37.5', revision: 1 });
      await settled(page);
      await app.check(page);
      await app.shot(page, 'warehouse-special-job-corrected');
      const charges = await until('the charges', async () => {
        const { items } = await lead!.api.get<{ items: { quantity: string }[] }>(`/charges?sourceId=${jobId}`);
        return items.length === 3 && items;
      });
      expect(charges.map(({ quantity }) => quantity).toSorted()).toEqual(
        [`-${workedMinutes}`, '37.5', String(workedMinutes)].toSorted(),
      );
    });
  },
  { clock: '2026-10-31T09:00:00Z' },
);
