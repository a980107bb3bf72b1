import { readFileSync } from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, settled } from './support/app.ts';
import { FINANCE_CLOCK, onTheDay, setUpFinance, type FinanceDesk } from './support/finance.ts';

jest.setTimeout(120_000);

interface Invoice {
  id: string;
  number: string;
  merchantId: string;
  grossMinor: number;
  openMinor: number;
}
const camt = (name: string) => readFileSync(new URL(`../support/camt/${name}.xml`, import.meta.url)).toString();
const [DAY, RETURNS] = [camt('day-001.02'), camt('returns-001.04')];

describeInBrowser(
  'Payments at the finance desk',
  (app) => {
    let desk: FinanceDesk;
    let merchant: Person;
    let own: Invoice;
    let other: Invoice;

    beforeAll(async () => {
      desk = await setUpFinance(app);
      merchant = await app.person(['merchantViewer'], [desk.usualId]);
      const { items } = await until('the invoices', async () => {
        const found = await desk.finance.api.get<{ items: Invoice[] }>('/invoices');
        return found.items.length === 2 && found;
      });
      own = items.find(({ merchantId }) => merchantId === desk.usualId)!;
      other = items.find(({ merchantId }) => merchantId === desk.highId)!;
      await desk.finance.api.post('/credit-entries', { merchantId: desk.highId, amountMinor: 500, reason: 'Kulanz' });
    }, 300_000);

    test('I2 I1 a statement is read, sure entries are booked, the rest by hand and undone; merchants see it', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/bank' });
      const { iban } = (await app.product.admin.get<{ profile: { bank: { iban: string } } }>('/issuer')).profile.bank;
      const [sure, part] = [(own.grossMinor / 100).toFixed(2), '1.00'];
      const xml = DAY.replaceAll('DE89370400440532013000', iban)
        .replaceAll('119.00', sure)
        .replace('re 2026 1 ', `${own.number.toLowerCase().replaceAll('-', ' ')} `)
        .replace('RE-2026-00002', other.number)
        .replace('50.00', part)
        .replace('21.30', '70.30');
      const input = page.locator('input[type=file]');
      const read = (text: string) =>
        input.setInputFiles({ name: 'auszug.xml', mimeType: 'application/xml', buffer: Buffer.from(text) });
      app.allowErrors(/422/);
      await read('<Document/>');
      await page.getByText('Das ist kein Kontoauszug im Format camt.053.').waitFor();
      // the same file can be tried again
      expect(await input.inputValue()).toBe('');
      await read(DAY.replaceAll('DE89370400440532013000', 'DE02120300000000202051').replace('119.00', '119.001'));
      await page.getByText('Auszug 1: Der Auszug gehört zu einem anderen Konto').waitFor();
      await page.getByText(/^Auszug 1, Buchung \d: Der Betrag lässt sich nicht lesen\.$/).waitFor();
      await app.check(page);
      await app.shot(page, 'finance-bank-refused');
      await read(xml);
      await page.getByText('Eingelesen: 4 neue Buchungen').waitFor();
      await page.getByText('Bei 1 Buchung stimmen Nummer und Betrag').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-bank');
      // its fee has no reference of the bank: whether it is the same is for a person to say
      await read(xml.replaceAll('2026-11-10-0215', 'WOCHE'));
      const doubtful = page.getByRole('status').filter({ hasText: 'ohne Referenz der Bank' });
      await doubtful.getByText('10.11.2026').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-bank-known');
      await doubtful.getByRole('button', { name: 'Schließen' }).click();
      await doubtful.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Diese buchen' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(own.number).waitFor();
      await app.check(page);
      await dialog.getByRole('button', { name: 'Diese buchen' }).click();
      await page.getByText('1 Buchung übernommen.').waitFor();

      const entry = page.getByRole('row', { name: /Alpha GmbH/ });
      await entry.getByRole('button', { name: 'Übernehmen' }).first().click();
      await entry.waitFor({ state: 'detached' });
      const fee = page.getByRole('row', { name: /Entgelt/ });
      await fee.getByRole('button', { name: 'Beiseitelegen' }).click();
      await dialog.getByLabel('Begründung').fill('Kontoführung');
      await dialog.getByRole('button', { name: 'Beiseitelegen' }).click();
      await fee.waitFor({ state: 'detached' });

      await page.goto('/finance/bank?view=dismissed');
      const problem = { status: 409, code: 'ENTRY_NOT_DISMISSED', detail: '', requestId: 'test' };
      await page.route('**/reopen', (route) =>
        route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
      );
      app.allowErrors(/409/);
      await page.getByRole('button', { name: 'Wieder aufnehmen' }).click();
      await page.getByText('Diese Buchung des Kontos ist schon wieder offen.').first().waitFor();

      await page.goto('/finance/open-items');
      await page.getByRole('row', { name: /B-2 Beta Deko GmbH/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-open-accounts');
      await page.getByRole('link', { name: /B-2 Beta Deko GmbH/ }).click();
      await page.getByRole('link', { name: other.number }).click();
      const panel = page.getByRole('region', { name: 'Zahlung', exact: true });
      await panel.getByText('Teilweise bezahlt').waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice-payments');
      await panel.getByRole('link', { name: 'Zahlung' }).click();
      await page.getByRole('heading', { level: 1, name: /Zahlung über 1,00/ }).waitFor();
      await page.getByRole('button', { name: 'Zuordnung aufheben' }).click();
      await dialog.getByLabel('Begründung').fill('falscher Händler');
      await dialog.getByRole('button', { name: 'Zuordnung aufheben' }).click();
      await page.getByText('Mit dieser Zahlung ist noch nichts bezahlt.').waitFor();
      await page.getByLabel(other.number).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-payment');
      expect((await desk.finance.api.get<Invoice>(`/invoices/${other.id}`)).openMinor).toBe(other.grossMinor);

      const seen = await app.open({ as: merchant, path: '/merchant/invoices' });
      await seen.getByRole('row', { name: new RegExp(`${own.number}.*Bezahlt.*0,00`) }).waitFor();
      await settled(seen);
      await app.check(seen);
      await app.shot(seen, 'merchant-invoices-paid');
    });

    test('I2 money that the bank takes back is booked as suggested, and its payment and invoice tell so', async () => {
      const { iban } = (await app.product.admin.get<{ profile: { bank: { iban: string } } }>('/issuer')).profile.bank;
      const statement = RETURNS.replaceAll('DE89370400440532013000', iban)
        .replace(/<Ntry>[^]*?<\/Ntry>/, '')
        .replace('119.00', (own.grossMinor / 100).toFixed(2))
        .replace(
          '<RmtInf><Ustrd>RE-2026-00001',
          `<RltdPties><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${own.number}`,
        );
      const page = await app.open({ as: desk.finance, path: '/finance/bank' });
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'zurueck.xml', mimeType: 'application/xml', buffer: Buffer.from(statement) });
      const entry = page.getByRole('row', { name: new RegExp(own.number) });
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-bank-returned');
      await entry.getByRole('button', { name: 'Übernehmen' }).first().click();
      await entry.waitFor({ state: 'detached' });
      expect((await desk.finance.api.get<Invoice>(`/invoices/${own.id}`)).openMinor).toBe(own.grossMinor);
      const { items } = await desk.finance.api.get<{ items: { id: string; amountMinor: number }[] }>('/payments');
      for (const [name, amount] of [
        ['finance-payment-returned', own.grossMinor],
        ['finance-payment-return', -own.grossMinor],
      ] as const) {
        await page.goto(`/finance/payments/${items.find(({ amountMinor }) => amountMinor === amount)!.id}`);
        await page.getByRole('heading', { level: 1, name: amount < 0 ? /^Ausgang über/ : /^Zahlung über/ }).waitFor();
        await page.getByText(amount < 0 ? /^Damit nimmt die Bank/ : /^Die Bank hat am 12\.11\.2026/).waitFor();
        if (amount > 0) await page.getByText('Mit dieser Zahlung ist nichts mehr bezahlt.').waitFor();
        await settled(page);
        await app.check(page);
        await app.shot(page, name);
      }
      await page.goto(`/finance/invoices/${own.id}`);
      await page.getByRole('region', { name: 'Zahlung', exact: true }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-invoice-returned');
      const seen = await app.open({ as: merchant, path: `/merchant/invoices/${own.id}` });
      await seen.getByRole('heading', { level: 1 }).waitFor();
      await settled(seen);
      await app.check(seen);
      await app.shot(seen, 'merchant-invoice-returned');
    });

    test('I1 I9 a payment is entered by hand with what it pays, and credit is granted with its reason', async () => {
      const page = await app.open({ as: desk.finance, path: '/finance/payments' });
      // no money is entered for a day to come
      await onTheDay(page, '/finance/payments');
      await page.getByRole('button', { name: 'Zahlung erfassen' }).click();
      const dialog = page.getByRole('dialog');
      const save = dialog.getByRole('button', { name: 'Zahlung erfassen' });
      await dialog.getByLabel('Betrag').fill('2,50');
      await dialog.getByRole('combobox', { name: 'Händler' }).fill('Beta');
      await page.getByRole('option', { name: /B-2 Beta Deko GmbH/ }).click();
      await dialog.getByLabel(other.number).fill('2,51');
      await dialog.getByText('Das ist mehr, als an Geld da ist.').waitFor();
      expect(await save.isDisabled()).toBe(true);
      app.allowErrors(/403/);
      await page.route('**/open-items?*', (route) => route.fulfill({ status: 403, body: '' }));
      await page.reload();
      await page.getByRole('button', { name: 'Zahlung erfassen' }).click();
      await dialog.getByLabel('Betrag').fill('2,50');
      await dialog.getByRole('combobox', { name: 'Händler' }).fill('Beta');
      await page.getByRole('option', { name: /B-2 Beta Deko GmbH/ }).click();
      // without the documents nobody can say what it pays
      await dialog.getByRole('alert').waitFor();
      expect(await save.isDisabled()).toBe(true);
      await page.unroute('**/open-items?*');
      await dialog.getByRole('button', { name: 'Noch einmal versuchen' }).click();
      // in an allocation as in an amount, what cannot be read is not taken for nothing
      await dialog.getByLabel(other.number).fill('1.250');
      await dialog.getByText('Bitte mit Komma und ohne Tausenderpunkt schreiben').waitFor();
      expect(await save.isDisabled()).toBe(true);
      await dialog.getByLabel('IBAN').fill('DE02120300000000202052');
      await dialog.getByLabel(other.number).fill('2');
      app.allowErrors(/422/);
      await save.click();
      await dialog.getByText('Diese IBAN stimmt nicht').first().waitFor();
      await dialog.getByLabel('IBAN').fill('');
      await app.check(page);
      await app.shot(page, 'finance-record-payment');
      await save.click();
      await page.getByRole('row', { name: /B-2 Beta Deko GmbH.*2,50.*0,50.*Teilweise zugeordnet/ }).waitFor();
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-payments');

      await page.goto(`/finance/open-items?view=credit&merchantId=${desk.highId}`);
      await page.getByText('Guthaben: 5,00').waitFor();
      await page.getByRole('button', { name: 'Guthaben gewähren' }).click();
      await dialog.getByRole('combobox', { name: 'Händler' }).fill('Beta');
      await page.getByRole('option', { name: /B-2 Beta Deko GmbH/ }).click();
      await dialog.getByLabel('Betrag').fill('7,25');
      await dialog.getByLabel('Begründung').fill('Entschuldigung');
      await dialog.getByRole('button', { name: 'Guthaben gewähren' }).click();
      await page.getByText('Guthaben: 12,25').waitFor();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Guthaben gewähren' }).click();
      for (const label of ['Betrag', 'Begründung']) expect(await dialog.getByLabel(label).inputValue()).toBe('');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await settled(page);
      await app.check(page);
      await app.shot(page, 'finance-credit');
    });
  },
  { clock: FINANCE_CLOCK },
);
