import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { LOG_INS, type Role } from './world.ts';

/**
 * Makes the pictures of the readme and the guides from the demo: `npm run demo`, then `npm start -- --demo`, then
 * `node demo/pictures.ts`. Needs Debian's chromium and poppler-utils.
 */
const [url = 'http://127.0.0.1:4000', data = '.data/demo'] = process.argv.slice(2);
const IMAGES = path.join(import.meta.dirname, '..', 'docs', 'images');
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1_440, height: 940 };
const SETTLED_MS = 2_500;

const browser = await chromium.launch({
  executablePath: process.env['KONTOR_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  await decisions(browser);
  await inspection(browser);
  await batch(browser);
  await run(browser);
  await charge(browser);
} finally {
  await browser.close();
}
await invoice();

async function decisions(on: Browser): Promise<void> {
  await keep(await logIn(on, 'merchant', DESK, '/merchant'), 'merchant');
}

/** A parcel that was announced and is looked at just now. */
async function inspection(on: Browser): Promise<void> {
  const page = await logIn(on, 'worker', PHONE, '/warehouse?code=HZ-R-1003');
  await page.waitForURL(/returns\//);
  await settle(page);
  await page.getByText('Ja', { exact: true }).first().click();
  await page.getByText('Wenige', { exact: true }).first().click();
  await keep(page, 'warehouse');
}

async function batch(on: Browser): Promise<void> {
  const page = await logIn(on, 'merchant', DESK, '/merchant/batches');
  await settle(page);
  await page.locator('tbody tr').filter({ hasText: 'Beanstandet' }).first().getByRole('link').first().click();
  await page.waitForURL(/batches\/.+/);
  await keep(page, 'batch');
}

/** The latest run that finance has to look at. */
async function run(on: Browser): Promise<void> {
  const page = await logIn(on, 'finance', DESK, '/finance');
  await settle(page);
  await page.locator('a[href*="/finance/runs/"]').first().click();
  await page.waitForURL(/runs\/.+/);
  await keep(page, 'finance-run');
}

async function charge(on: Browser): Promise<void> {
  const page = await logIn(on, 'finance', PHONE, '/finance/charges?view=unbilled&chargeType=freight');
  await settle(page);
  await page.locator('a[href*="/finance/charges/"]').filter({ visible: true }).first().click();
  await page.waitForURL(/charges\/.+/);
  await keep(page, 'finance-charge');
}

async function logIn(on: Browser, role: Role, viewport: typeof DESK, address: string): Promise<Page> {
  const options = { baseURL: url, viewport, locale: 'de-DE', timezoneId: 'Europe/Berlin', deviceScaleFactor: 1.5 };
  const page = await (await on.newContext({ ...options, reducedMotion: 'reduce' })).newPage();
  await page.goto('/login');
  await page.getByLabel('E-Mail-Adresse').fill(LOG_INS[role].email);
  await page.getByLabel('Passwort').first().fill(LOG_INS[role].password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.waitForURL((where) => !where.pathname.startsWith('/login'));
  await page.goto(address);
  page.setDefaultTimeout(60_000);
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  await settle(page);
  const picture = sharp(await page.screenshot());
  await picture.webp({ quality: 82, effort: 6 }).toFile(path.join(IMAGES, `${name}.webp`));
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  const loading = page.locator('.mantine-Skeleton-root, .mantine-Loader-root, [aria-busy=true]');
  for (let calm = 0; calm < 4; calm += 1) {
    await page.waitForTimeout(SETTLED_MS / 4);
    if ((await loading.count()) > 0) calm = 0;
  }
}

/** The first two pages of the latest invoice whose total stands on the second, beside each other on grey. */
async function invoice(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-pictures-'));
  const files = fs.readdirSync(path.join(data, 'invoices')).map((file) => path.join(data, 'invoices', file));
  const file = files.findLast((one) => one.endsWith('.pdf') && pagesOf(one)[1]?.includes('Rechnungsbetrag'))!;
  execFileSync('pdftoppm', ['-r', '98', '-l', '2', '-png', file, path.join(folder, 'page')]);
  const pages = fs.readdirSync(folder).toSorted().slice(0, 2);
  const sheets = await Promise.all(
    pages.map((file) => sharp(path.join(folder, file)).resize({ width: 794 }).toBuffer()),
  );
  const { height } = await sharp(sheets[0]!).metadata();
  const edge = 24;
  await sharp({
    create: { width: 2 * 794 + 3 * edge, height: height + 2 * edge, channels: 3, background: '#d7dce0' },
  })
    .composite(sheets.map((input, index) => ({ input, left: edge + index * (794 + edge), top: edge })))
    .webp({ quality: 80, effort: 6 })
    .toFile(path.join(IMAGES, 'invoice.webp'));
  fs.rmSync(folder, { recursive: true });
}

/** The text of each of the first two pages. */
function pagesOf(file: string): string[] {
  return execFileSync('pdftotext', ['-l', '2', file, '-'], { encoding: 'utf8' }).split('\f');
}
