import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type axe from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Role } from '../../../shared/protocol/define.ts';
import { until } from '../../support/product.ts';
import { startWholeProduct, type Person, type WholeProduct } from '../../support/whole-product.ts';
import {
  CHROMIUM,
  launchBrowser,
  launchOnFolder,
  newProfile,
  SIZES,
  type LaunchOptions,
  type ProfileOptions,
} from './chromium.ts';

export type { Page } from 'playwright-core';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
/** Where pictures go; without it none are taken, as no test looks at them. */
const SCREENS = process.env['KONTOR_SCREENS'];
/** The short text of it: each page has to read it. */
const AXE = fs.readFileSync(path.join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const START_MS = 180_000;

export interface OpenOptions extends ProfileOptions, LaunchOptions {
  /** Who is logged in; nobody without it. */
  as?: Pick<Person, 'email' | 'password'>;
  path?: string;
  scheme?: 'light' | 'dark';
}

/** The product with the built web app, and browsers in front of it. */
export interface App {
  readonly product: WholeProduct;
  person: (roles: Role[], merchantIds?: string[]) => Promise<Person>;
  /** A page in a fresh profile, or in that of `userDataDir`; it is closed after the test. */
  open: (options?: OpenOptions) => Promise<Page>;
  /** Fails for every violation of WCAG 2.2 AA that axe finds. */
  check: (page: Page) => Promise<void>;
  /** With KONTOR_SCREENS set: pictures at both sizes and in both colour schemes, for people to look at. */
  shot: (page: Page, name: string) => Promise<void>;
  /** Errors of the console that this test means to cause. */
  allowErrors: (...patterns: RegExp[]) => void;
}

/**
 * Tests in a real browser, over one product per file. Whatever a page complains about on its console, breaks of the
 * content security policy among it, and every request to another host fails the test in which it happens.
 */
export function describeInBrowser(
  title: string,
  define: (app: App) => void,
  /** `clock`: business time at start. */
  options: { clock?: string } = {},
): void {
  const run = CHROMIUM ? describe : describe.skip;
  run(CHROMIUM ? title : `${title} (Chromium is missing: apt-get install chromium-headless-shell)`, () => {
    let product: WholeProduct | undefined;
    let allowed: RegExp[] = [];
    const complaints: string[] = [];
    const profiles = new Set<BrowserContext>();
    const browsers = new Map<string, Promise<Browser>>();
    const browserWith = (flags: readonly string[] = []) => {
      const running = browsers.get(flags.join()) ?? launchBrowser(flags);
      browsers.set(flags.join(), running);
      return running;
    };

    beforeAll(async () => {
      execFileSync(process.execPath, [path.join(ROOT, 'web', 'build.mjs')], { stdio: 'pipe' });
      product = await startWholeProduct(options);
      const { admin } = product;
      // it takes a moment until a gateway hears what other processes tell
      await until('changes to be told', async () => (await admin.raw('HEAD', '/live')).ok);
    }, START_MS);
    afterEach(async () => {
      for (const profile of profiles) await profile.close().catch(() => undefined);
      profiles.clear();
      const found = complaints.splice(0).filter((text) => !allowed.some((pattern) => pattern.test(text)));
      allowed = [];
      expect(found).toEqual([]);
    });
    afterAll(async () => {
      for (const browser of browsers.values()) await (await browser).close();
      await product?.close();
    });

    define({
      get product() {
        if (!product) throw new Error('The product runs in tests only');
        return product;
      },
      person: (roles, merchantIds) => product!.person(roles, merchantIds),
      open: async (options = {}) => {
        const { userDataDir, flags } = options;
        const context = userDataDir
          ? await launchOnFolder(product!.url, userDataDir, options)
          : await newProfile(await browserWith(flags), product!.url, options);
        profiles.add(context);
        watch(context, product!.url, (text) => void complaints.push(text));
        return openPage(context, options);
      },
      check,
      shot,
      allowErrors: (...patterns) => void allowed.push(...patterns),
    });
  });
}

/** Logs in as a browser would that did so before, then opens the page. */
async function openPage(context: BrowserContext, { as, path: address = '/', scheme }: OpenOptions): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  if (scheme) await page.emulateMedia({ colorScheme: scheme });
  if (as) {
    const { email, password } = as;
    const answer = await context.request.post('/api/v1/auth/login', { data: { email, password } });
    const { user } = (await answer.json()) as { user: object };
    await context.addInitScript(rememberOnce(user));
  }
  await page.goto(address);
  await settled(page);
  return page;
}

/** For the first page of this opening, before its scripts run: what they do to it afterwards stays. */
function rememberOnce(user: object): string {
  const opening = JSON.stringify(randomUUID());
  return `
    if (window === top && location.protocol.startsWith('http') && localStorage.getItem('test.opening') !== ${opening}) {
      localStorage.setItem('test.opening', ${opening});
      localStorage.setItem('kontor.user', ${JSON.stringify(JSON.stringify(user))});
    }`;
}

/** The page has its heading and nothing on it is loading. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  // not `waitForFunction`: it evaluates text in the page, which the policy forbids
  const loading = page.locator('.mantine-Skeleton-root, .mantine-Loader-root, [aria-busy=true]');
  await until('what is loading to be there', async () => (await loading.count()) === 0, 15_000);
}

/** Presses an option while the answer of the search for it is on its way, and lets go once it is there. */
export async function pressWhileSearching(page: Page, option: Locator, search: RegExp, type: () => Promise<void>) {
  const answered = page.waitForResponse(search);
  await type();
  await option.hover();
  await page.mouse.down();
  await (await answered).finished();
  await settled(page);
  await page.mouse.up();
  await option.waitFor({ state: 'detached' });
}

function watch(context: BrowserContext, url: string, complain: (text: string) => void): void {
  const { host } = new URL(url);
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complain(`error: ${error.error().stack}`));
  context.on('request', (request) => {
    const target = new URL(request.url());
    if (/^(https?|wss?):$/.test(target.protocol) && target.host !== host) complain(`foreign host: ${request.url()}`);
  });
}

async function check(page: Page): Promise<void> {
  // a colour on its way to another has a contrast that nobody reads
  await until('what moves to have come to its end', () => page.evaluate<boolean>(STANDS_STILL));
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(AXE);
  const violations = await page.evaluate<axe.Result[]>(VIOLATIONS);
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  );
  expect(told).toEqual([]);
}

/**
 * A mail is shown in a frame that runs no script, axe's neither. What is in order is not asked for: it takes as long
 * again. Style sheets are read for a rule only that is none of WCAG's.
 */
const VIOLATIONS = `axe
  .run({ exclude: [['iframe[sandbox]']] }, { runOnly: ${JSON.stringify(WCAG)}, resultTypes: ['violations'], preload: { assets: ['media'] } })
  .then(({ violations }) => violations)`;
/** A change of the colour scheme sets colours in motion with the next frame only. */
const STANDS_STILL = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
  document.getAnimations().every(({ effect, playState }) =>
    playState !== 'running' || effect.getComputedTiming().endTime === Infinity))`;

async function shot(page: Page, name: string): Promise<void> {
  if (!SCREENS) return;
  fs.mkdirSync(SCREENS, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of Object.entries(SIZES))
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(SCREENS, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}
