import { beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { expectToFit, scan, setUpWarehouse } from './support/warehouse.ts';

jest.setTimeout(120_000);

interface Delivery {
  id: string;
  number: string;
  reference: string;
  state: string;
  shortPieces: number;
  surplusPieces: number;
  damagedPieces: number;
  pallets: number | null;
  minutes: number | null;
  lines: { sku: string; receivedQuantity: number | null; damagedQuantity: number; putAway: object[] }[];
}

const CUP_EAN = '4006381333931';

describeInBrowser('Deliveries', (app) => {
  let worker: Person;
  let lead: Person;
  let decider: Person;
  let merchantId: string;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    worker = await app.person(['worker']);
    lead = await app.person(['lead']);
    decider = await app.person(['merchantDecider'], [merchantId]);
    const articles = [
      { sku: 'TASSE-1', name: 'Tasse Kies', eans: [CUP_EAN] },
      { sku: 'KANNE-1', name: 'Kanne Kies' },
      { sku: 'SCHALE-1', name: 'Schale Kies' },
    ];
    await app.product.admin.post('/articles/bulk', { merchantId, articles });
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const deliveryAt = async (reference: string): Promise<Delivery> => {
    const { items } = await worker.api.get<{ items: Delivery[] }>('/goods-in?limit=200');
    return worker.api.get<Delivery>(`/goods-in/${items.find((one) => one.reference === reference)!.id}`);
  };
  const announce = (reference: string) =>
    app.product.admin.post<Delivery>('/goods-in', {
      ...{ merchantId, reference, expectedOn: '2026-10-20', expectedPallets: 1, expectedCartons: 6 },
      lines: [
        { sku: 'TASSE-1', name: 'Tasse Kies', quantity: 3 },
        { sku: 'KANNE-1', name: 'Kanne Kies', quantity: 2 },
      ],
    });

  test('D13 a merchant announces a delivery, with lines out of a spreadsheet, and changes it', async () => {
    const page = await app.open({ as: decider, path: '/merchant/goods-in', size: 'desktop' });
    await page.getByRole('link', { name: 'Lieferung ankündigen' }).click();
    await page.getByLabel('Lieferschein oder Bestellnummer').fill('LS-100');
    await page.getByLabel('Kommt am').fill('2026-11-20');
    await page.getByLabel('Paletten').fill('2');
    await button(page, 'Aus Tabelle einfügen').click();
    await page
      .getByRole('dialog')
      .getByLabel('Artikel')
      .fill('SKU\tStück\tName\nTASSE-1\t120\tTasse Kies\nKANNE-1\t40\tKanne Kies');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Übernehmen/ })
      .click();
    await app.check(page);
    await app.shot(page, 'merchant-delivery-announce');
    await button(page, 'Ankündigen').click();
    await page.getByRole('heading', { name: 'LS-100' }).waitFor();
    await settled(page);
    expect(await deliveryAt('LS-100')).toMatchObject({ state: 'announced', expectedPieces: 160, expectedPallets: 2 });
    await button(page, 'Ankündigung ändern').click();
    await page.getByLabel('Stück in Zeile 2').fill('44');
    await button(page, 'Speichern').click();
    await page.getByRole('article', { name: 'Kanne Kies' }).getByText('44 Stück').waitFor();
    await app.check(page);
  });

  test('D13 a merchant announces deliveries by a file, once its mistakes are mended', async () => {
    const page = await app.open({ as: decider, path: '/merchant/goods-in', size: 'desktop' });
    await page.getByRole('link', { name: 'CSV-Datei' }).click();
    await page.getByRole('heading', { name: 'Viele Lieferungen ankündigen' }).waitFor();
    const choose = (...lines: string[]) =>
      page.locator('input[type="file"]').setInputFiles({
        ...{ name: 'lieferungen.csv', mimeType: 'text/csv' },
        buffer: Buffer.from(['Lieferschein;Kommt am;Artikelnummer;Stückzahl', ...lines].join('\n')),
      });
    await choose('LS-110;30.11.2026;TASSE-1;1.200', 'LS-110;01.12.2026;KANNE-1;4', 'LS-111;31.11.2026;TASSE-1;5');
    await page.getByText('3 Fehler in der Datei').waitFor();
    await page.getByText('Widerspricht einer anderen Zeile mit demselben Lieferschein').waitFor();
    await app.check(page);
    await app.shot(page, 'merchant-deliveries-file-mistakes');
    await choose('LS-110;30.11.2026;TASSE-1;1200', 'LS-110;;KANNE-1;4', 'LS-111;01.12.2026;TASSE-1;5');
    await button(page, '2 Lieferungen ankündigen').click();
    await page.getByText('2 Lieferungen sind jetzt angekündigt.').waitFor();
    expect(await deliveryAt('LS-110')).toMatchObject({ state: 'announced', expectedPieces: 1_204 });
    await expectToFit(page);
    await app.check(page);
    await app.shot(page, 'merchant-deliveries-file-done');
  });

  test('D13 a worker scans what came, notes what is broken and where it goes, and closes', async () => {
    const { id } = await announce('LS-200');
    const page = await app.open({ as: worker, path: '/warehouse/goods-in', size: 'phone' });
    await expectToFit(page);
    await app.check(page);
    await app.shot(page, 'warehouse-deliveries');
    await page.getByRole('link', { name: /LS-200/ }).click();
    await page.getByRole('heading', { level: 1, name: /^GI-/ }).waitFor();
    await settled(page);
    await app.shot(page, 'warehouse-delivery-announced');
    await button(page, 'Ware ist da').click();
    await page.getByText('Jeder Scan zählt ein Stück').waitFor();
    // by EAN, by SKU, and one that nobody announced
    for (const code of [CUP_EAN, CUP_EAN, 'KANNE-1', 'SCHALE-1', 'KANNE-1', 'KANNE-1']) {
      await scan(page, code);
      await page.waitForTimeout(150);
    }
    const cup = page.getByRole('article', { name: 'Tasse Kies' });
    await cup.getByText('1 fehlt').waitFor();
    await page.getByRole('article', { name: 'Schale Kies' }).getByText('nicht angekündigt').waitFor();
    await page.getByLabel('Beschädigt: Kanne Kies').fill('1');
    await cup.getByRole('button', { name: 'Lagerplatz', exact: true }).click();
    await cup.getByLabel('Lagerplatz: Tasse Kies', { exact: true }).fill('R1-02');
    await until('the counts to be on the server', async () => {
      const { lines } = await worker.api.get<Delivery>(`/goods-in/${id}`);
      const of = (sku: string) => lines.find((line) => line.sku === sku);
      return (
        of('TASSE-1')?.putAway.length === 1 &&
        of('KANNE-1')?.damagedQuantity === 1 &&
        of('SCHALE-1')?.receivedQuantity === 1
      );
    });
    await page.getByText('Gespeichert').waitFor();
    await app.check(page);
    await app.shot(page, 'warehouse-delivery-counting');
    await page.getByLabel('Minuten, alle zusammen').fill('35');
    await button(page, 'Wareneingang abschließen').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wareneingang abschließen' }).click();
    await page.getByText('Abgeschlossen').first().waitFor();
    expect(await deliveryAt('LS-200')).toMatchObject({
      ...{ state: 'closed', pallets: 1, cartons: 6, minutes: 35 },
      ...{ shortPieces: 1, surplusPieces: 2, damagedPieces: 1 },
    });
    await settled(page);
    await app.check(page);
    await app.shot(page, 'warehouse-delivery-closed');
    // a worker corrects nothing that may be billed
    expect(await button(page, 'Berichtigen').count()).toBe(0);

    const desk = await app.open({ as: decider, path: `/merchant/goods-in/${id}`, size: 'desktop' });
    await desk.getByText('2 zu viel').first().waitFor();
    await app.check(desk);
    await app.shot(desk, 'merchant-delivery');
    await desk.goto('/merchant/goods-in');
    await settled(desk);
    await app.check(desk);
    await app.shot(desk, 'merchant-deliveries');
  });

  test('D13 a delivery that nobody announced is taken in; what is counted outlives a reload', async () => {
    const page = await app.open({ as: lead, path: '/warehouse/goods-in', size: 'phone' });
    await button(page, 'Lieferung ohne Ankündigung').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Händler').click();
    await page.getByRole('option', { name: 'Alpha Wohnen GmbH' }).click();
    await dialog.getByLabel('Lieferschein oder Absender').fill('Spedition Kraft');
    await app.check(page);
    await button(page, 'Annehmen und zählen').click();
    await page.getByText('Jeder Scan zählt ein Stück').waitFor();
    await scan(page, 'UNKNOWN-7');
    await page.getByLabel('Bezeichnung').fill('Ohne Etikett');
    await button(page, 'Hinzufügen').click();
    await page.getByLabel('Stück da: Ohne Etikett').fill('9');
    await page.reload();
    await settled(page);
    await page.getByRole('article', { name: 'Ohne Etikett' }).waitFor();
    await until('the count to be on the server', async () => {
      const { lines } = await deliveryAt('Spedition Kraft');
      return lines[0]?.receivedQuantity === 9;
    });
    for (const field of ['Paletten', 'Kartons', 'Minuten, alle zusammen']) await page.getByLabel(field).fill('0');
    await button(page, 'Wareneingang abschließen').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Wareneingang abschließen' }).click();
    await button(page, 'Berichtigen').click();
    await page.getByRole('dialog').getByLabel('Grund').fill('Verzählt');
    await page.getByRole('dialog').getByRole('button', { name: 'Berichtigen' }).click();
    await page.getByText('Jeder Scan zählt ein Stück').waitFor();
    expect(await deliveryAt('Spedition Kraft')).toMatchObject({ state: 'received', revision: 1 });
  });

  test('D13 counts of two workers at once do not overwrite each other', async () => {
    const { id } = await announce('LS-300');
    await worker.api.post(`/goods-in/${id}/receive`, {});
    const page = await app.open({ as: worker, path: `/warehouse/goods-in/${id}`, size: 'phone' });
    await lead.api.put(`/goods-in/${id}/lines`, { lines: [{ sku: 'KANNE-1', receivedQuantity: 2 }] });
    app.allowErrors(/412/);
    await scan(page, 'TASSE-1');
    await until('both counts', async () => {
      const { lines } = await deliveryAt('LS-300');
      return lines.every(({ receivedQuantity }) => receivedQuantity !== null);
    });
    expect((await deliveryAt('LS-300')).lines.map(({ receivedQuantity }) => receivedQuantity)).toEqual([1, 2]);
  });
});
