import { beforeAll, expect, jest, test } from '@jest/globals';
import { issueInvoice } from '../support/issued-invoices.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, pressWhileSearching, settled } from './support/app.ts';
import { billed, CUTOFF, documentsMade, FINANCE_CLOCK } from './support/finance.ts';

jest.setTimeout(120_000);

describeInBrowser(
  'Direct debits and dunning at the finance desk',
  (app) => {
    let finance: Person;
    let [collectedId, dunnedId] = ['', ''];

    beforeAll(async () => {
      const { admin } = app.product;
      await setUpIssuer(admin, '2026-11-01');
      const { profile, numberPattern } = await admin.get<{ profile: object; numberPattern: string }>('/issuer');
      const creditor = { ...profile, sepaCreditorId: 'DE98ZZZ09999999999' };
      await admin.put('/issuer', { profile: creditor, numberPattern });
      collectedId = await setUpMerchant(admin, { number: 'E-1', name: 'Epsilon Keramik GmbH' });
      dunnedId = await setUpMerchant(admin, { number: 'Z-2', name: 'Zeta Lampen GmbH' });
      await until('the merchants to be known', async () => {
        const [known] = await app.product.query('select count(*)::int as n from billing.merchant_ref');
        return known!['n'] === 2;
      });
      await admin.post('/mandates', {
        ...{ merchantId: collectedId, scheme: 'CORE', signedOn: '2026-01-05' },
        ...{ iban: 'DE02120300000000202051', debtorName: 'Epsilon Keramik GmbH' },
      });
      await shipOrder(admin, collectedId, 'E-100', { pieces: 3, shippedAt: '2026-11-05T10:00:00Z' });
      await until('the charges', async () => {
        const [found] = await app.product.query(
          `select count(*)::int as n from billing.charge where charge_type = 'freight'`,
        );
        return found!['n'] === 1;
      });
      await billed(app, CUTOFF);
      await documentsMade(app);
      const database = { query: (text: string, values?: unknown[]) => app.product.query(text, values) };
      for (const grossMinor of [123_450, 45_990])
        await issueInvoice(database as never, dunnedId, { grossMinor, dueDate: '2026-10-20' });
      finance = await app.person(['finance']);
    }, 300_000);

    test('I3 finance proposes, approves and hands in a collection, and records its return', async () => {
      const page = await app.open({ as: finance, path: '/finance/direct-debits' });
      await page.getByText('Angekündigt').first().waitFor();
      await app.check(page);
      await app.shot(page, 'finance-direct-debits');
      await page.getByRole('button', { name: 'Einzug vorschlagen' }).click();
      await page.getByRole('dialog').getByLabel('Bis zum').fill('2026-12-31');
      await page.getByRole('dialog').getByRole('button', { name: 'Einzug vorschlagen' }).click();
      await page.getByRole('heading', { level: 1, name: /^Einzug LS-/ }).waitFor();
      await page.getByText('Erster, CORE').first().waitFor();
      const step = async (name: string) => {
        await page.getByRole('button', { name }).first().click();
        await page.getByRole('dialog').getByRole('button', { name }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };
      await step('Freigeben');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Datei für die Bank' }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^LS-.*\.xml$/);
      await step('Als eingereicht vermerken');
      const handedIn = page.locator('dt:text-is("Eingereicht am") + dd');
      expect(await handedIn.textContent()).toMatch(/^\d\d\.\d\d\.\d{4}$/);
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-collection');
      await page.getByRole('columnheader', { name: 'Aktionen' }).waitFor();
      await page.getByRole('button', { name: 'Rücklastschrift' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Die Rechnung ist wieder offen').waitFor();
      await app.check(page);
      await dialog.getByLabel('Gebühr der Bank').fill('5.50');
      await dialog.getByText('Bitte mit Komma und ohne Tausenderpunkt schreiben').waitFor();
      expect(await dialog.getByRole('button', { name: 'Rücklastschrift' }).isDisabled()).toBe(true);
      await app.shot(page, 'finance-return-debit');
      await dialog.getByLabel('Zurückgegeben am').fill(CUTOFF);
      await dialog.getByLabel('Gebühr der Bank').fill('5,50');
      await dialog.getByRole('button', { name: 'Rücklastschrift' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText('Zurückgegeben').first().waitFor();
      const [returned] = await app.product.query(
        'select return_charge_minor::int as charge from billing.collection_item',
      );
      expect(returned!['charge']).toBe(550);
    });

    test('I3 a mandate with a wrong IBAN is refused at the field, and the dialog begins anew', async () => {
      const page = await app.open({ as: finance, path: '/finance/direct-debits?view=mandates' });
      const dialog = page.getByRole('dialog');
      const record = (root: { getByRole: typeof page.getByRole }) =>
        root.getByRole('button', { name: 'Mandat erfassen' }).first();
      await record(page).click();
      await dialog.getByRole('combobox', { name: 'Händler' }).fill('Zeta');
      await page.getByRole('option', { name: /Z-2 Zeta Lampen GmbH/ }).click();
      await dialog.getByLabel('Kontoinhaber').fill('Zeta Lampen GmbH');
      await dialog.getByLabel('IBAN').fill('DE02 1203 0000 0000 2020 52');
      await dialog.getByLabel('Unterschrieben am').fill('2026-11-02');
      app.allowErrors(/422/);
      await record(dialog).click();
      await dialog.getByRole('alert').getByText('Diese IBAN stimmt nicht').waitFor();
      expect(await dialog.getByLabel('IBAN').getAttribute('aria-invalid')).toBe('true');
      await app.check(page);
      await app.shot(page, 'finance-mandate-refused');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await record(page).click();
      await dialog.waitFor();
      expect(await dialog.getByRole('alert').count()).toBe(0);
      expect(await dialog.getByLabel('IBAN').inputValue()).toBe('');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      const known = page.getByRole('link', { name: /^MANDAT-E1-/ }).first();
      await known.waitFor();
      await page.getByRole('combobox', { name: 'Stand' }).click();
      await page.getByRole('option', { name: 'Widerrufen' }).click();
      await known.waitFor({ state: 'detached' });
      await app.check(page);
      await app.shot(page, 'finance-mandates');
      // each view has states of its own
      await page.getByText('Einzüge', { exact: true }).click();
      await page.getByText('Epsilon Keramik GmbH').first().waitFor();
    });

    test('I3 a merchant that is pressed while the search goes on, or pressed again, is chosen', async () => {
      const page = await app.open({ as: finance, path: '/finance/direct-debits?view=mandates' });
      await page.getByRole('button', { name: 'Mandat erfassen' }).first().click();
      const merchant = page.getByRole('dialog').getByRole('combobox', { name: 'Händler' });
      const option = page.getByRole('option', { name: 'Z-2 Zeta Lampen GmbH' });
      await merchant.click();
      await page.getByRole('option', { name: 'E-1 Epsilon Keramik GmbH' }).waitFor();
      await pressWhileSearching(page, option, /\/merchants\?.*q=zeta/, () => merchant.fill('zeta'));
      expect(await merchant.inputValue()).toBe('Z-2 Zeta Lampen GmbH');
      await merchant.click();
      await option.click();
      await option.waitFor({ state: 'detached' });
      expect(await merchant.inputValue()).toBe('Z-2 Zeta Lampen GmbH');
    });

    test('I4 a stop that was begun and cancelled is not there when its dialog opens again', async () => {
      const page = await app.open({ as: finance, path: '/finance/dunning?view=stops' });
      const dialog = page.getByRole('dialog');
      const open = () => page.getByRole('button', { name: 'Mahnstopp setzen' }).first().click();
      await open();
      await dialog.getByRole('combobox', { name: 'Händler' }).fill('Zeta');
      await page.getByRole('option', { name: /Z-2 Zeta Lampen GmbH/ }).click();
      await dialog.getByLabel('Begründung').fill('Gespräch läuft');
      await dialog.getByLabel('Bis einschließlich').fill('2027-12-31');
      await app.check(page);
      await app.shot(page, 'finance-dunning-stop');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await open();
      for (const field of ['Händler', 'Begründung', 'Bis einschließlich'])
        expect(await dialog.getByLabel(field).first().inputValue()).toBe('');
    });

    test('I4 finance proposes a dunning run, issues it, and the merchant finds its letter', async () => {
      const page = await app.open({ as: finance, path: '/finance/dunning' });
      await page.getByRole('button', { name: 'Mahnlauf vorschlagen' }).click();
      await page.getByRole('dialog').getByLabel('Stichtag').fill(CUTOFF);
      await page.getByRole('dialog').getByRole('button', { name: 'Mahnlauf vorschlagen' }).click();
      await page.getByRole('heading', { level: 1, name: 'Mahnlauf zum 15.11.2026' }).waitFor();
      await page.getByText('Erinnerung').first().waitFor();
      await app.check(page);
      await app.shot(page, 'finance-dunning-proposal');
      await page.getByRole('button', { name: 'Ausstellen und senden' }).click();
      await page.getByText('2 Rechnungen anmahnen?').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Ausstellen und senden' }).click();
      await page.getByRole('button', { name: 'PDF von MA-Z-2-001' }).first().waitFor();
      await app.shot(page, 'finance-dunning-issued');
      for (const [view, waitsFor] of [
        ['stops', 'Kein Mahnstopp'],
        ['settings', 'Basiszinssatz (§ 247 BGB)'],
      ] as const) {
        await page.goto(`/finance/dunning?view=${view}`);
        await page.getByText(waitsFor).first().waitFor();
        await settled(page);
        await app.check(page);
        await app.shot(page, `finance-dunning-${view}`);
      }
      await app.product.query(
        `insert into billing.dunning_claim (id, merchant_id, invoice_id, kind, amount_minor, claimed_on, state)
         select gen_random_uuid(), merchant_id, id, 'bankCharge', 350, '2026-11-15', 'open' from billing.invoice where merchant_id = $1 limit 1`,
        [dunnedId],
      );
      await finance.api.post('/payments', {
        ...{ merchantId: dunnedId, amountMinor: 1_000, valueDate: '2026-11-14', remittance: '', allocations: [] },
      });
      await page.goto('/finance/dunning?view=claims');
      await page.getByRole('button', { name: 'Als bezahlt vermerken' }).click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Bezahlt mit' }).click();
      await page.getByRole('option', { name: /^10,00.€ vom 14\.11\.2026, noch 10,00.€ frei$/ }).click();
      await app.check(page);
      await app.shot(page, 'finance-dunning-claim');
      await page.getByRole('dialog').getByRole('button', { name: 'Als bezahlt vermerken' }).click();
      await page.getByRole('button', { name: 'Zurücknehmen' }).waitFor();
      const sent = await until('the mail', async () => {
        const { items } = await finance.api.get<{ items: { kind: string; state: string; recipient: string }[] }>(
          '/messages',
        );
        return items.find(({ kind, state }) => kind === 'dunningNotice' && state === 'sent');
      });
      expect(sent.recipient).toContain('@');
      const merchant = await app.person(['merchantViewer'], [dunnedId]);
      const own = await app.open({ as: merchant, path: '/merchant/invoices' });
      await own.getByRole('button', { name: 'PDF von MA-Z-2-001' }).first().waitFor();
      await app.check(own);
      await app.shot(own, 'merchant-dunning');
    });

    test('I4 finance sees that a letter came back, and a run leaves its merchant to finance', async () => {
      const [letter] = await app.product.query(`select id from billing.dunning_letter where number = 'MA-Z-2-001'`);
      await until('the word of the mail', async () => {
        const [kept] = await app.product.query('select count(*)::int as n from billing.dunning_delivery');
        return Number(kept!['n']) > 0;
      });
      const page = await app.open({ as: finance, path: '/finance/dunning?view=letters' });
      await page
        .getByRole('row', { name: /MA-Z-2-001/ })
        .getByText('Versandt')
        .waitFor();
      await app.product.query(`update billing.dunning_delivery set outcome = 'bounced'`);
      await page.goto('/finance/dunning?view=letters&delivery=bounced');
      await page.getByRole('link', { name: 'MA-Z-2-001' }).click();
      await page.getByRole('heading', { level: 1, name: 'MA-Z-2-001' }).waitFor();
      await page.getByText('Keine E-Mail mit diesem Schreiben ist angekommen.').waitFor();
      const mails = page.getByRole('region', { name: 'Bisherige Nachrichten' });
      await mails.getByRole('button', { expanded: false }).first().click();
      await mails.getByRole('button', { name: 'Noch einmal schicken' }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-dunning-letter');
      const database = { query: (text: string, values?: unknown[]) => app.product.query(text, values) };
      await issueInvoice(database as never, dunnedId, { grossMinor: 20_000, dueDate: '2026-10-21' });
      const { id } = await finance.api.post('/dunning-runs', { asOf: CUTOFF });
      await page.goto(`/finance/dunning/${id}`);
      await page.getByText('Einige Händler haben das letzte Mahnschreiben nicht oder noch nicht bekommen.').waitFor();
      await page.getByRole('cell', { name: 'Schreiben nicht angekommen' }).waitFor();
      const choice = page.getByRole('checkbox', { name: /mahnen$/ });
      expect(await choice.isChecked()).toBe(false);
      await app.check(page);
      await app.shot(page, 'finance-dunning-astray');
      // a colleague throws the proposal away: the box says why it stays as it was
      await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
      app.allowErrors(/Failed to load resource/);
      await finance.api.post(`/dunning-runs/${id}/discard`);
      await choice.click();
      await page.getByText('Der Mahnlauf ist schon ausgestellt oder verworfen.').waitFor();
      await page.unroute('**/api/**');
      await app.product.query(
        `insert into billing.dunning_letter (id, run_id, merchant_id, number, level, as_of, issue_date, pay_by, language, open_minor, claims_minor, total_minor, model, state, error, finding)
         select gen_random_uuid(), $2, merchant_id, 'MA-Z-2-002', level, as_of, issue_date, pay_by, language, open_minor, claims_minor, total_minor, model, 'parked', 'x',
           '{"code": "DOCUMENT_GLYPH_MISSING", "field": "buyer.name", "text": "א Lampen", "character": "א", "codePoint": "U+05D0"}'
         from billing.dunning_letter where id = $1`,
        [letter!['id'], id],
      );
      await page.goto('/finance/dunning?view=letters&document=parked');
      await page.getByRole('link', { name: 'MA-Z-2-002' }).click();
      await page.getByText('Das Zeichen א (U+05D0) lässt sich nicht drucken.').waitFor();
      await page.getByRole('button', { name: 'Neu erstellen' }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-dunning-parked');
      await app.product.query(
        `update billing.dunning_letter set finding = '{"code": "DOCUMENT_CRASHED", "crashes": 10}' where number = 'MA-Z-2-002'`,
      );
      await page.reload();
      await page.getByText('daran 10-mal abgebrochen oder hängen geblieben.').waitFor();
      await app.shot(page, 'finance-dunning-crashed');
    });

    test('I4 what is typed into the dunning levels stays until it is saved, and says what is wrong with it', async () => {
      const page = await app.open({ as: finance, path: '/finance/dunning?view=settings' });
      await page.getByText('1,27 %').first().waitFor();
      const level = (name: string) => page.getByRole('group', { name });
      const [days, fee] = [
        level('1. Mahnung').getByLabel('Tage nach Fälligkeit'),
        level('2. Mahnung').getByLabel('Gebühr'),
      ];
      const bar = page.getByRole('region', { name: 'Noch nicht gespeichert' });
      const save = () => bar.getByRole('button', { name: 'Speichern' }).click();
      await days.fill('');
      await fee.fill('2.50');
      expect(await days.inputValue()).toBe('');
      // which number is meant cannot be said: nothing is sent
      await save();
      expect(await fee.getAttribute('aria-invalid')).toBe('true');
      await fee.fill('0');
      app.allowErrors(/Failed to load resource/);
      await save();
      await page.getByText('Diese Angabe fehlt oder passt hier nicht.').waitFor();
      await days.fill('30');
      await save();
      await page.getByText('Jede Stufe kommt später als die vorige.').waitFor();
      await app.check(page);
      await app.shot(page, 'finance-dunning-levels');
      // a colleague saves meanwhile
      const { settings } = await finance.api.get<{ settings: object }>('/dunning-settings');
      await finance.api.put('/dunning-settings', { ...settings, minimumMinor: 700 });
      await days.fill('15');
      await save();
      await bar.getByText('Jemand hat die Stufen inzwischen geändert.').waitFor();
      expect(await days.inputValue()).toBe('15');
      // another view asks first
      await page.getByRole('radiogroup', { name: 'Ansicht' }).getByText('Läufe').click();
      await page.getByRole('dialog').getByText('Hier bleiben').click();
      expect(await days.inputValue()).toBe('15');
      await bar.getByRole('button', { name: 'Verwerfen' }).click();
      expect(await page.getByLabel('Nicht mahnen unter').inputValue()).toBe('7,00');
    });
  },
  { clock: FINANCE_CLOCK },
);
