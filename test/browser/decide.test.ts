import { beforeAll, expect, jest, test } from '@jest/globals';
import { signToken } from '../../shared/links/token.ts';
import { loadKeys } from '../../shared/runtime/secrets.ts';
import { until } from '../support/product.ts';
import { describeInBrowser, settled, type Page } from './support/app.ts';
import { inspectedReturn, setUpMerchantDesk, type InspectedReturn, type MerchantDesk } from './support/merchant.ts';

jest.setTimeout(120_000);

const VASE = { sku: 'TG-1', name: 'Vase Terra, 30 cm', grade: 'C', note: 'Sprung am Rand, sonst sauber.' } as const;
const BOWL = { sku: 'TG-2', name: 'Schale Moos', grade: 'C', note: 'Glasur abgeplatzt.', colour: '#5c7a52' } as const;

describeInBrowser('The page that a link in a mail opens', (app) => {
  let desk: MerchantDesk;
  beforeAll(async () => void (desk = await setUpMerchantDesk(app)));

  const ask = () => inspectedReturn(desk.lead.api, desk.merchantId, [{ ...VASE, photos: 2 }, BOWL]);
  /** The way into the page as the merchant has it: the link in the mail. */
  const linkAbout = (parcel: InspectedReturn) =>
    until(`the mail about ${parcel.number}`, async () => {
      const texts = app.product.mails.map(({ text }) => text ?? '');
      return texts.flatMap((text) => (text.includes(parcel.number) ? (/\/decide\/[\w.-]+/.exec(text) ?? []) : []))[0];
    });
  const stateOf = async (id: string) =>
    (await desk.lead.api.get<InspectedReturn>(`/returns/${id}`)).items.map(({ disposition }) => disposition);
  const choose = (page: Page, name: string, choice: string) =>
    page.getByRole('region', { name }).getByRole('radio', { name: choice }).click();
  const send = async (page: Page) => {
    await page.getByRole('button', { name: 'Entscheidung absenden' }).click();
    const dialog = page.getByRole('dialog', { name: 'So absenden?' });
    await dialog.getByRole('button', { name: 'Entscheidung absenden' }).click();
  };

  test('C2 a merchant decides by the link in the mail on a phone, once; looking decides nothing', async () => {
    const parcel = await ask();
    const link = await linkAbout(parcel);
    const page = await app.open({ size: 'phone', path: link });
    await page.getByRole('heading', { level: 1, name: `Ihre Entscheidung zu Retoure ${parcel.number}` }).waitFor();
    await page.getByText(VASE.note).waitFor();
    await page.getByText('Ohne Ihre Antwort: An Sie zurücksenden').first().waitFor();
    await app.check(page);
    await app.shot(page, 'decide');
    await page.reload();
    expect(await stateOf(parcel.id)).toEqual([null, null]);

    await choose(page, VASE.name, 'Entsorgen');
    await page.getByText('Das lässt sich nicht zurücknehmen.').waitFor();
    await choose(page, BOWL.name, 'Als B-Ware einlagern');
    await page.getByText('2 von 2 gewählt').waitFor();
    await page.getByRole('button', { name: 'Entscheidung absenden' }).click();
    await page.getByRole('dialog').getByText('Entsorgen').waitFor();
    await app.check(page);
    await app.shot(page, 'decide-confirm');
    await page.getByRole('dialog').getByRole('button', { name: 'Entscheidung absenden' }).click();
    await page.getByRole('heading', { name: 'Danke, Ihre Entscheidung ist angekommen' }).waitFor();
    await app.check(page);
    await app.shot(page, 'decide-thanks');
    expect(await stateOf(parcel.id)).toEqual(['dispose', 'restock_b']);

    await page.goto(link);
    await page.getByRole('heading', { name: 'Dieser Link wurde schon benutzt' }).waitFor();
    await page.getByText('Entschieden: Entsorgen').waitFor();
    await app.check(page);
    await app.shot(page, 'decide-used');
  });

  test('C2 of two people with the same link the second one is told that it was used', async () => {
    app.allowErrors(/410/);
    const parcel = await ask();
    const link = await linkAbout(parcel);
    const [first, second] = [await app.open({ path: link }), await app.open({ path: link })];
    for (const [page, choice] of [
      [first, 'Einlagern'],
      [second, 'Entsorgen'],
    ] as const) {
      await page.getByRole('region', { name: VASE.name }).getByRole('radio', { name: choice, exact: true }).click();
      await page.getByRole('button', { name: 'Für alle übernehmen' }).click();
      await send(page);
    }
    await first.getByRole('heading', { name: 'Danke, Ihre Entscheidung ist angekommen' }).waitFor();
    await second.getByRole('heading', { name: 'Dieser Link wurde schon benutzt' }).waitFor();
    expect(await stateOf(parcel.id)).toEqual(['restock', 'restock']);
  });

  test('C2 what was decided in the portal meanwhile is shown, and the rest can still be decided', async () => {
    app.allowErrors(/409/);
    const parcel = await ask();
    const page = await app.open({ path: await linkAbout(parcel) });
    await choose(page, VASE.name, 'Entsorgen');
    await choose(page, BOWL.name, 'Entsorgen');
    const [vase] = parcel.items;
    await desk.decider.api.post('/decisions', {
      decisions: [{ returnId: parcel.id, itemId: vase!.id, disposition: 'restock' }],
    });
    await send(page);
    await page.getByRole('alert').getByText('Es hat sich etwas geändert').waitFor();
    await page.getByRole('region', { name: VASE.name }).waitFor({ state: 'detached' });
    await app.check(page);
    await choose(page, BOWL.name, 'Entsorgen');
    await send(page);
    await page.getByRole('heading', { name: 'Danke, Ihre Entscheidung ist angekommen' }).waitFor();
    expect(await stateOf(parcel.id)).toEqual(['restock', 'dispose']);
  });

  test('C2 forged, mangled and expired links say plainly what they are, in both languages', async () => {
    app.allowErrors(/404|410|422/);
    const parcel = await ask();
    const link = await linkAbout(parcel);
    const { link: key } = loadKeys({ KONTOR_SECRET: SECRET, dataDir: app.product.dir });
    const expired = signToken(key, 'decide', { r: parcel.id, v: 0 }, new Date('2026-10-31'));
    const forged = `${link.slice(0, -6)}${link.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;
    for (const [path, title] of [
      [forged, 'Diesen Link kennen wir nicht'],
      ['/decide/x', 'Diesen Link kennen wir nicht'],
      [`/decide/${expired}`, 'Dieser Link ist abgelaufen'],
    ] as const) {
      const page = await app.open({ path, size: 'phone' });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await app.check(page);
    }
    const page = await app.open({ path: `/decide/${expired}`, size: 'phone' });
    await app.shot(page, 'decide-expired');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'This link has expired' }).waitFor();
    await settled(page);
    expect(await stateOf(parcel.id)).toEqual([null, null]);
  });
});

/** As the product of the tests is started with. */
const SECRET = 'a secret for tests that is long enough';
