import { beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';
import { setUpWarehouse } from './support/warehouse.ts';

jest.setTimeout(120_000);

interface Phrases {
  phrases: { de: string; en: string; grades?: string[] }[];
}
interface Checklists {
  checklists: {
    articleGroup: string | null;
    questions: { de: string; kind: string; options: { code: string; grade?: string }[] }[];
  }[];
}
interface Templates {
  items: { kind: string; language: string; slots: { name: string; override: string | null }[] }[];
}

describeInBrowser('The desk of the administration: texts', (app) => {
  let admin: Person;
  let merchantId: string;

  beforeAll(async () => {
    merchantId = await setUpWarehouse(app.product);
    admin = await app.person(['admin']);
  });

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const save = async (page: Page) => {
    await button(page, 'Speichern').click();
    await page.getByText('Gespeichert', { exact: true }).waitFor();
  };

  test('B6 findings of the house are adapted, seen as a worker sees them, and stored', async () => {
    const page = await app.open({ as: admin, path: '/admin/aids' });
    await button(page, 'Übernehmen und anpassen').click();
    await button(page, 'Befund hinzufügen').click();
    await page.getByRole('textbox', { name: 'Deutsch' }).fill('Kratzer am Fuß.');
    await page.getByRole('textbox', { name: 'Englisch' }).fill('Scratch at the foot.');
    await page.getByRole('group', { name: 'Zuerst bei Zustand' }).getByText('C', { exact: true }).click();
    const preview = page.getByRole('region', { name: 'So sieht es das Lager' });
    await preview.getByRole('button', { name: /^Zustand C/ }).click();
    await preview.getByRole('button', { name: 'Weitere Befunde' }).click();
    await preview.getByRole('button', { name: 'Kratzer am Fuß.' }).click();
    expect(await preview.getByRole('textbox').inputValue()).toBe('Kratzer am Fuß.');
    await app.check(page);
    await app.shot(page, 'admin-phrases');
    await save(page);
    const { phrases } = await admin.api.get<Phrases>('/return-phrases');
    expect(phrases.at(-1)).toMatchObject({ de: 'Kratzer am Fuß.', en: 'Scratch at the foot.', grades: ['C'] });
    expect(phrases.length).toBeGreaterThan(5);
    const settings = await admin.api.get<{ house: Phrases }>('/return-settings');
    expect(settings.house.phrases.at(-1)?.de).toBe('Kratzer am Fuß.');
  });

  test('B7 a checklist of a group suggests a grade in its preview and is stored for one merchant', async () => {
    const page = await app.open({ as: admin, path: `/admin/aids?tab=checklists&merchantId=${merchantId}` });
    await app.shot(page, 'admin-checklists-empty');
    await button(page, 'Checkliste hinzufügen').click();
    await page.getByRole('combobox', { name: 'Warengruppe' }).fill('Leuchten');
    await button(page, 'Frage hinzufügen').click();
    await page.getByRole('textbox', { name: 'Frage auf Deutsch' }).fill('Leuchtet die Lampe?');
    await page.getByRole('textbox', { name: 'Frage auf Englisch' }).fill('Does the lamp light up?');
    await page.getByRole('group', { name: 'Nein' }).getByRole('combobox', { name: 'Dann höchstens Zustand' }).click();
    await page.getByRole('option', { name: 'D', exact: true }).click();
    const preview = page.getByRole('group', { name: 'So sieht es das Lager' });
    await preview.getByRole('button', { name: 'Nein' }).click();
    await preview.getByText('Vorschlag: Zustand D').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-checklists');
    await save(page);
    const { checklists } = await admin.api.get<Checklists>(`/return-checklists?merchantId=${merchantId}`);
    expect(checklists).toMatchObject([
      {
        articleGroup: 'Leuchten',
        questions: [
          { de: 'Leuchtet die Lampe?', kind: 'yesNo', options: [{ code: 'yes' }, { code: 'no', grade: 'D' }] },
        ],
      },
    ]);
    expect((await admin.api.get<Checklists>('/return-checklists')).checklists).toEqual([]);
  });

  test('J12 a text is changed with placeholders, seen in the preview, refused when faulty, and reset', async () => {
    app.allowErrors(/422/);
    const page = await app.open({ as: admin, path: '/admin/templates' });
    await app.check(page);
    await app.shot(page, 'admin-templates');
    await page.getByRole('link', { name: 'Befund auf Deutsch bearbeiten' }).click();
    const subject = page.getByRole('textbox', { name: 'Betreff' });
    await subject.fill('Geprüft: ');
    await button(page, /^Platzhalter return\.number einsetzen/).click();
    expect(await subject.inputValue()).toBe('Geprüft: {{return.number}}');
    await page.getByRole('textbox', { name: 'Schluss' }).fill('Herzlich, Ihr Lagerteam');
    const preview = page.getByRole('region', { name: 'Vorschau' });
    await preview.getByText(/^Geprüft: [^{]+$/).waitFor();
    await preview.frameLocator('iframe').getByText('Herzlich, Ihr Lagerteam').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-template');

    await page.getByRole('textbox', { name: 'Schluss' }).fill('Herzlich, {{nobody}}');
    await page.getByText('Diesen Platzhalter gibt es hier nicht.').waitFor();
    await app.check(page);
    await app.shot(page, 'admin-template-faulty');
    await page.getByRole('textbox', { name: 'Schluss' }).fill('Herzlich, Ihr Lagerteam');
    await preview.frameLocator('iframe').getByText('Herzlich, Ihr Lagerteam').waitFor();
    await save(page);
    const own = async () => {
      const { items } = await admin.api.get<Templates>('/message-templates');
      const slots = items.find(({ kind, language }) => kind === 'returnInspected' && language === 'de')!.slots;
      return Object.fromEntries(slots.flatMap(({ name, override }) => (override === null ? [] : [[name, override]])));
    };
    expect(await own()).toEqual({ subject: 'Geprüft: {{return.number}}', closing: 'Herzlich, Ihr Lagerteam' });

    await button(page, 'Alles auf Standard').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Alles auf Standard' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await own()).toEqual({});
  });

  test('J12 a kind of mail is switched for the whole house', async () => {
    const page = await app.open({ as: admin, path: '/admin/templates', size: 'phone' });
    const kind = page.getByRole('listitem').filter({ hasText: 'Retoure angenommen' });
    await kind.getByText('Sofort').click();
    await until('the choice', async () => {
      const { items } = await admin.api.get<{ items: { kind: string; mode: string; source: string }[] }>(
        `/message-settings?merchantId=${merchantId}`,
      );
      const chosen = items.find((item) => item.kind === 'returnReceived');
      return chosen?.mode === 'each' && chosen.source === 'house';
    });
    await app.check(page);
    await app.shot(page, 'admin-mails-house');
  });
});
