import fs from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { FINANCE_CLOCK } from './support/finance.ts';

jest.setTimeout(120_000);

interface Card {
  id: string;
  code: string;
  merchantId: string | null;
  versions: { version: number; rules: { key: string; model: { unitPrice?: string } }[] }[];
}

describeInBrowser(
  'Rate cards as files at the finance desk',
  (app) => {
    let finance: Person;
    let merchantId = '';

    beforeAll(async () => {
      await setUpIssuer(app.product.admin, '2026-11-01');
      merchantId = await setUpMerchant(app.product.admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
      finance = await app.person(['finance']);
    }, 300_000);

    const cards = async () => (await finance.api.get<{ items: Card[] }>('/rate-cards')).items;
    const saved = async (page: Page, item: string) => {
      await page.getByRole('button', { name: 'Exportieren' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), 'utf8') };
    };
    const given = async (page: Page, name: string, text: string) => {
      await page.goto('/finance/rate-cards/import');
      await settled(page);
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Datei', exact: true }).click(),
      ]);
      await chooser.setFiles({ name, mimeType: '', buffer: Buffer.from(text) });
    };

    test('E5 a card goes out as CSV and comes in as one of its own; mistakes are told by line and column first', async () => {
      app.allowErrors(/422/);
      const base = (await cards())[0]!;
      const page = await app.open({ as: finance, path: `/finance/rate-cards/${base.id}` });
      const csv = await saved(page, 'Als CSV für eine Tabelle');
      expect(csv.name).toBe(`${base.code}.csv`);
      const lines = csv.text.split('\r\n');
      const columns = lines[0]!.split(';');
      const wrong = lines
        .map((line, index) => {
          const cells = line.split(';');
          if (index === 1) cells[columns.indexOf('price')] = 'gratis';
          if (index === 3) cells[columns.indexOf('price')] = 'billig';
          return cells.join(';');
        })
        .join('\r\n');
      await given(page, 'alpha-2026.csv', wrong);
      await page.getByRole('textbox', { name: 'Name' }).fill('Alpha Sonderpreise');
      await page.getByRole('combobox', { name: 'Gilt für' }).click();
      await page.getByRole('option', { name: /Alpha Wohnen/ }).click();
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page.getByRole('row', { name: /^2 price Das Format stimmt nicht/ }).waitFor();
      await page.getByRole('row', { name: /^4 price Das Format stimmt nicht/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Übernehmen' }).count()).toBe(0);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-import-mistakes');
      expect(await cards()).toHaveLength(1);

      await given(page, 'alpha-2026.csv', csv.text.replace('1,35', '1,2'));
      await page.getByRole('textbox', { name: 'Name' }).fill('Alpha Sonderpreise');
      await page.getByRole('combobox', { name: 'Gilt für' }).click();
      await page.getByRole('option', { name: /Alpha Wohnen/ }).click();
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page.getByText('Es entsteht die Preisliste „alpha-2026“ mit Fassung 1.').waitFor();
      expect(await cards()).toHaveLength(1);
      await app.check(page);
      await app.shot(page, 'finance-import-fine');
      await page.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Alpha Sonderpreise' }).waitFor();
      const made = (await cards()).find(({ code }) => code === 'alpha-2026')!;
      expect(made.merchantId).toBe(merchantId);
      const { versions } = await finance.api.get<Card>(`/rate-cards/${made.id}`);
      expect(versions[0]!.rules.find(({ key }) => key === 'pick-first')?.model.unitPrice).toBe('1.2');
    });

    test('E5 a card goes out as JSON and comes in with a version more; mistakes have the line they were written on', async () => {
      app.allowErrors(/422/);
      const { id } = await finance.api.post('/rate-cards', {
        ...{ code: 'beta-2026', name: 'Beta', currency: 'EUR' },
        versions: [{ version: 1, validFrom: '2026-01-01', rules: [rule('pack', 'pack', '0.5')] }],
      });
      const page = await app.open({ as: finance, path: `/finance/rate-cards/${id}` });
      const { text, name } = await saved(page, 'Als JSON für einen Import');
      expect(name).toBe('beta-2026.json');
      const card = JSON.parse(text) as Card & { versions: object[] };
      const next = { version: 2, validFrom: '2027-01-01', rules: [rule('pack', 'packing', '0.6')] };
      const broken = JSON.stringify({ ...card, versions: [...card.versions, next] }, null, 2);
      const line = broken.split('\n').findIndex((one) => one.includes('"packing"')) + 1;
      await given(page, 'beta-2026.json', broken);
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page
        .getByRole('row', { name: new RegExp(`^${line} versions\\.1\\.rules\\.0\\.chargeType Diese Art`) })
        .waitFor();
      await given(page, 'beta-2026.json', `${broken.slice(0, 40)}}`);
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page.getByText('Das ist kein gültiges JSON: Ab hier lässt es sich nicht lesen.').waitFor();

      await given(page, 'beta-2026.json', broken.replace('"packing"', '"pack"'));
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page.getByText('Die Preisliste „beta-2026“ bekommt Fassung 2 dazu.').waitFor();
      await app.check(page);
      expect((await finance.api.get<Card>(`/rate-cards/${id}`)).versions).toHaveLength(1);
      await page.getByRole('button', { name: 'Übernehmen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Beta' }).waitFor();
      expect(
        (await finance.api.get<Card>(`/rate-cards/${id}`)).versions.map(({ version }) => version).toSorted(),
      ).toEqual([1, 2]);
      await given(page, 'beta-2026.json', broken.replace('"packing"', '"pack"'));
      await page.getByRole('button', { name: 'Datei prüfen' }).click();
      await page.getByText('Die Preisliste „beta-2026“ hat alles schon. Es gibt nichts zu speichern.').waitFor();
    });

    test('E4 a version with something worth a look is not saved before it was told in words', async () => {
      const { id } = await finance.api.post('/rate-cards', {
        ...{ code: 'gamma-2026', name: 'Gamma', currency: 'EUR' },
        versions: [{ version: 1, validFrom: '2026-01-01', rules: [rising('pack')] }],
      });
      const page = await app.open({ as: finance, path: `/finance/rate-cards/${id}/new` });
      await page.getByRole('button', { name: 'Fassung 2 speichern', exact: true }).click();
      await page.getByText('pack: Größere Mengen kosten mehr je Einheit.').waitFor();
      expect((await finance.api.get<Card>(`/rate-cards/${id}`)).versions).toHaveLength(1);
      await app.check(page);
      await app.shot(page, 'finance-rate-warnings');
      await page.getByRole('button', { name: 'Fassung 2 speichern trotz Hinweisen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Gamma' }).waitFor();
      expect((await finance.api.get<Card>(`/rate-cards/${id}`)).versions).toHaveLength(2);
    });

    const rule = (key: string, chargeType: string, unitPrice: string) => ({
      ...{ key, chargeType, priority: 100, unit: 'order', label: { de: 'Verpacken', en: 'Packing' } },
      model: { type: 'perUnit', unitPrice },
    });
    const rising = (key: string) => ({
      ...rule(key, key, '1'),
      model: {
        type: 'graduated',
        tiers: [
          { upTo: '100', unitPrice: '1' },
          { upTo: null, unitPrice: '2' },
        ],
      },
    });
  },
  { clock: FINANCE_CLOCK },
);
