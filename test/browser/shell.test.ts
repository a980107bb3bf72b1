import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { beforeAll, expect, test } from '@jest/globals';
import { until } from '../support/product.ts';
import type { Person } from '../support/whole-product.ts';
import { describeInBrowser, type Page } from './support/app.ts';

/** Most that the first visit of the warehouse may fetch before it can be used, compressed (ux.md). */
const FIRST_LOAD_BYTES = 250_000;

describeInBrowser('The shell of the web app', (app) => {
  let worker: Person;
  let lead: Person;
  let admin: Person;
  let otherAdmin: Person;
  let finance: Person;
  let viewer: Person;

  beforeAll(async () => {
    worker = await app.person(['worker']);
    lead = await app.person(['lead']);
    admin = await app.person(['admin', 'lead']);
    otherAdmin = await app.person(['admin']);
    finance = await app.person(['finance']);
    const merchant = await app.product.admin.post<{ id: string }>('/merchants', merchantBody());
    viewer = await app.person(['merchantViewer'], [merchant.id]);
  });

  const logIn = async (page: Page, email: string, password: string) => {
    await page.getByLabel('E-Mail-Adresse').fill(email);
    await page.getByRole('textbox', { name: 'Passwort' }).fill(password);
    await page.getByRole('button', { name: 'Anmelden' }).click();
  };
  const account = (page: Page) => page.getByRole('button', { name: /^(Konto von|Account of) / });

  test('a wrong password is said so, the right one leads to the page that was asked for', async () => {
    app.allowErrors(/401/);
    const page = await app.open({ path: '/warehouse/returns', size: 'phone' });
    expect(new URL(page.url()).pathname).toBe('/login');
    await app.check(page);
    await app.shot(page, 'login');
    await logIn(page, worker.email, 'not the password');
    await page.getByRole('alert').getByText('E-Mail-Adresse oder Passwort stimmt nicht.').waitFor();
    await app.check(page);
    await app.shot(page, 'login-refused');
    await logIn(page, worker.email, worker.password);
    await page.getByRole('heading', { level: 1, name: 'Retouren' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/warehouse/returns');
  });

  test('the log-in says that a session has ended, and does not say so to somebody who never had one', async () => {
    app.allowErrors(/401/);
    const page = await app.open({ path: '/warehouse/returns' });
    const ended = page.getByText('Ihre Sitzung ist abgelaufen.');
    await page.getByRole('button', { name: 'Anmelden' }).waitFor();
    expect(await ended.count()).toBe(0);
    await logIn(page, worker.email, worker.password);
    await page.getByRole('heading', { level: 1, name: 'Retouren' }).waitFor();
    await page.context().clearCookies();
    await page.reload();
    await ended.waitFor();
    await app.check(page);
  });

  test('a log-in without password or address names what is missing', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByText('Bitte geben Sie Ihre E-Mail-Adresse ein.').waitFor();
    await page.getByText('Bitte geben Sie Ihr Passwort ein.').waitFor();
    await app.check(page);
  });

  test('a session survives a reload and ends with the log-out, in every tab', async () => {
    const page = await app.open();
    await logIn(page, worker.email, worker.password);
    await account(page).waitFor();
    await page.reload();
    await account(page).waitFor();
    expect(await storedTexts(page)).not.toMatch(/eyJ|refreshToken/);

    const second = await page.context().newPage();
    await second.goto('/warehouse');
    await account(second).click();
    await second.getByRole('button', { name: 'Abmelden' }).click();
    for (const tab of [second, page]) await tab.getByRole('heading', { name: 'Anmelden' }).waitFor();
    await page.goto('/warehouse');
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  });

  test('whoever logs in next sees nothing of what was fetched before, in the other tabs too', async () => {
    const page = await app.open({ as: admin, path: '/admin/users', size: 'desktop' });
    await page.getByText(finance.email).first().waitFor();
    const second = await page.context().newPage();
    await second.goto('/admin/users');
    await account(second).click();
    await second.getByRole('button', { name: 'Abmelden' }).click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();

    // whatever is shown now can only have been kept
    let go = () => undefined as void;
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/api/v1/users*', async (route) => {
      await held;
      await route.continue();
    });
    await logIn(page, otherAdmin.email, otherAdmin.password);
    await account(page).waitFor();
    // within the app: a reload would forget everything anyway
    await page.getByRole('button', { name: 'Lager, Arbeitsplatz wechseln' }).click();
    await page.getByRole('menuitem', { name: /Verwaltung/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Benutzer' }).waitFor();
    expect(await page.getByText(finance.email).count()).toBe(0);
    go();
    await page.getByText(finance.email).first().waitFor();
  });

  test('a log-out says what it leaves behind, and without network the server hears of it later', async () => {
    app.allowErrors(/ERR_INTERNET_DISCONNECTED|Failed to fetch|401/);
    const page = await app.open({ as: worker, path: '/warehouse', size: 'phone', keepsApp: true });
    await account(page).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // what the log-out fetches only now has to be there without network too
    await page.evaluate(LEAVE_A_STEP);
    const before = await page.context().cookies();
    await page.context().setOffline(true);
    await account(page).click();
    const leave = page.getByRole('button', { name: 'Abmelden' });
    await leave.click();
    const question = page.getByRole('alert').filter({ hasText: 'Wirklich abmelden?' });
    await question.getByText('Noch nicht gesendet: 1 Schritt.').waitFor();
    await question.getByText('Es ist kein Netz da.').waitFor();
    await app.check(page);
    await app.shot(page, 'log-out-question');
    await page.getByRole('button', { name: 'Angemeldet bleiben' }).click();
    await leave.click();
    await question.waitFor();
    await leave.click();
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    const owed = () => page.evaluate<string | null>(`localStorage.getItem('kontor.owesLogout')`);
    expect(await owed()).toBe('1');

    await page.context().setOffline(false);
    await until('the server to know of the log-out', async () => (await owed()) === null);
    await page.context().addCookies(before);
    const renewal = `fetch('/api/v1/auth/refresh',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then(({ status }) => status)`;
    expect(await page.evaluate(renewal)).toBe(401);
  });

  test('tabs that open at once renew the log-in one after the other', async () => {
    const page = await app.open({ as: worker });
    const tabs = await Promise.all([1, 2, 3, 4].map(() => page.context().newPage()));
    await Promise.all(tabs.map((tab) => tab.goto('/warehouse')));
    for (const tab of tabs) await account(tab).waitFor();
    await page.reload();
    await account(page).waitFor();
  });

  test.each([
    ['worker', () => worker, '/warehouse', ['/merchant', '/finance', '/admin']],
    ['finance', () => finance, '/finance', ['/warehouse', '/merchant', '/admin']],
    ['merchant', () => viewer, '/merchant', ['/warehouse', '/finance', '/admin']],
  ])('%s has one desk and sees no other', async (_name, who, home, others) => {
    const page = await app.open({ as: who() });
    expect(new URL(page.url()).pathname).toBe(home);
    for (const address of others) {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Dafür fehlt Ihnen das Recht' }).waitFor();
    }
    await app.check(page);
    await app.shot(page, 'forbidden');
    await page.getByRole('link', { name: 'Zur Startseite' }).click();
    await page.waitForURL((url) => url.pathname === home);
  });

  test('a team lead keeps articles and the aids of the inspection, and is shown nothing else of the administration', async () => {
    const page = await app.open({ as: lead, path: '/admin', size: 'desktop' });
    await page.waitForURL((url) => url.pathname === '/admin/aids');
    const places = page.getByRole('navigation').first().getByRole('link');
    await page.getByRole('link', { name: 'Artikel' }).first().waitFor();
    expect(await places.allTextContents()).toEqual([
      'Prüfhilfen',
      'Artikel',
      'Sonderaufträge',
      'Aufträge',
      'Sendungen',
      'Verpackungen',
      'Importe',
      'API-Referenz',
    ]);
    await app.check(page);
    await app.shot(page, 'admin-as-lead');
  });

  test('an administrator changes between the desks', async () => {
    const page = await app.open({ as: admin });
    await page.getByRole('button', { name: 'Lager, Arbeitsplatz wechseln' }).click();
    await app.shot(page, 'desk-switch');
    await page.getByRole('menuitem', { name: /Verwaltung/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Benutzer' }).waitFor();
    expect(await page.title()).toBe('Benutzer · Kontor');
  });

  test.each([
    ['warehouse', '/warehouse'],
    ['warehouse-returns', '/warehouse/returns'],
    ['merchant', '/merchant'],
    ['finance-runs', '/finance'],
    ['finance-charges', '/finance/charges'],
    ['admin-users', '/admin/users'],
  ])('%s can be used by everybody, in both sizes and both schemes', async (name, address) => {
    const page = await app.open({ as: admin, path: address });
    for (const [size, colorScheme] of [
      [{ width: 390, height: 844 }, 'light'],
      [{ width: 1440, height: 900 }, 'dark'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await app.check(page);
      // nothing is wider than the screen
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size.width);
    }
    await app.shot(page, name);
  });

  test('language and colours are chosen by each and kept', async () => {
    const page = await app.open({ as: finance });
    await account(page).click();
    await page.getByText('English').click();
    await page.getByRole('heading', { level: 1, name: 'Billing runs' }).waitFor();
    await page.getByText('Dark', { exact: true }).click();
    await app.check(page);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Billing runs' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await page.evaluate('document.documentElement.dataset.mantineColorScheme')).toBe('dark');
    await account(page).click();
    await app.shot(page, 'account-menu');
  });

  test('a browser that prefers English gets English, any other one German', async () => {
    const english = await app.open({ language: 'en-GB' });
    await english.getByRole('button', { name: 'Log in' }).waitFor();
    const french = await app.open({ language: 'fr-FR' });
    await french.getByRole('button', { name: 'Anmelden' }).waitFor();
  });

  test('an unknown address within the app is a page that leads on', async () => {
    const page = await app.open({ as: worker, path: '/warehouse/nowhere/at/all' });
    await page.getByRole('heading', { name: 'Diese Seite gibt es nicht' }).waitFor();
    await app.check(page);
    await app.shot(page, 'not-found');
    await page.getByRole('link', { name: 'Zur Startseite' }).click();
    await page.waitForURL((url) => url.pathname === '/warehouse');
  });

  test('a failing server is said so, with a way to try again', async () => {
    app.allowErrors(/500/);
    const page = await app.open({ as: admin, path: '/admin/users' });
    await page.route('**/api/v1/users*', (route) =>
      route.fulfill({ status: 500, json: { status: 500, code: 'INTERNAL_ERROR', requestId: 'abc' } }),
    );
    await page.goto('/admin/users?q=nobody-is-called-so');
    await page.getByText('Das hat nicht geklappt').waitFor({ timeout: 20_000 });
    await app.check(page);
    await app.shot(page, 'error');
    await page.unroute('**/api/v1/users*');
    await page.getByRole('button', { name: 'Noch einmal versuchen' }).click();
    await page.getByText('Nichts passt zu diesen Filtern').waitFor();
  });

  test('filters stand in the address, and the list is exported as it is filtered', async () => {
    const page = await app.open({ as: admin, path: '/admin/users', size: 'desktop' });
    await page.getByLabel('Name oder E-Mail-Adresse').fill(finance.email);
    await page.waitForURL(/q=person-/);
    await page.getByText('1 Eintrag').waitFor();
    await page.reload();
    await page.getByText('1 Eintrag').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV-Export' }).click(),
    ]);
    const lines = fs
      .readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(finance.email);
  });

  test(`the first visit of the warehouse fetches at most ${FIRST_LOAD_BYTES / 1000} kB`, async () => {
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse' });
    await until('the page to be usable', () =>
      page.evaluate<number>(`performance.getEntriesByName('kontor:usable').length`),
    );
    const addresses = await page.evaluate<string[]>(
      `performance.getEntriesByType('resource')
        .filter(({ name, startTime }) => startTime < performance.getEntriesByName('kontor:usable')[0].startTime
          && !/\\/(api|icons)\\//.test(name))
        .map(({ name }) => new URL(name).pathname)`,
    );
    const files = ['/index.html', ...new Set(addresses)].filter((address) => address !== '/sw.js');
    const sizes = files.map((file) => [file, compressedSize(file)] as const).sort(([, a], [, b]) => b - a);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    process.stdout.write(`    first load of the warehouse: ${(total / 1000).toFixed(1)} kB in ${files.length} files\n`);
    // told when it fails
    expect(total > FIRST_LOAD_BYTES ? sizes : []).toEqual([]);
    expect(files.length).toBeGreaterThan(5);
  });

  test('after the first visit the warehouse opens without network and can be installed', async () => {
    const page = await app.open({ as: worker, size: 'phone', path: '/warehouse', keepsApp: true });
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await account(page).waitFor();
    expect(await installability(page)).toEqual([]);

    app.allowErrors(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('Kein Netz', { exact: true }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await app.shot(page, 'offline');
    await page.context().setOffline(false);
    await page.getByText('Kein Netz', { exact: true }).waitFor({ state: 'detached' });
  });
});

/** What Chromium misses before it would offer to install the app. */
async function installability(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // a profile of a test looks private to Chromium
  return installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
}

/** A step that waits on this device, as whoever is logged in would have recorded it. */
const LEAVE_A_STEP = `new Promise((resolve, reject) => {
  const { id, displayName: name } = JSON.parse(localStorage.getItem('kontor.user'));
  const step = { kind: 'receive', body: {} };
  const opening = indexedDB.open('kontor-warehouse');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const writing = opening.result.transaction('commands', 'readwrite');
    const at = new Date().toISOString();
    writing.objectStore('commands').add({ id: 'c', returnId: 'r', author: { id, name }, at, step });
    writing.oncomplete = () => (opening.result.close(), resolve(true));
  };
})`;

const storedTexts = (page: Page): Promise<string> =>
  page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie');

function compressedSize(address: string): number {
  const file = path.join(import.meta.dirname, '..', '..', 'web', 'dist', address);
  const content = fs.readFileSync(file);
  return Math.min(content.length, zlib.gzipSync(content, { level: 9 }).length);
}

const merchantBody = () => ({
  number: '901',
  name: 'Muster und Söhne GmbH',
  address: { name: 'Muster und Söhne GmbH', street: 'Ring 1', postalCode: '20095', city: 'Hamburg', country: 'DE' },
  vatId: 'DE136695976',
  invoiceEmails: ['rechnung@example.com'],
});
