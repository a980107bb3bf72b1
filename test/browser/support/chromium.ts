import fs from 'node:fs';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** Debian's Chromium, rather the one without windows: it takes a third of the time. `KONTOR_CHROMIUM` names another one. */
const CANDIDATES = [
  process.env['KONTOR_CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];
export const CHROMIUM = CANDIDATES.find((file): file is string => Boolean(file && fs.existsSync(file)));

/** It asks nobody on the internet for anything. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 30_000;

export type BrowserSize = keyof typeof SIZES;
export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const;

export interface ProfileOptions {
  size?: BrowserSize;
  language?: string;
  /** Such as `camera`. */
  permissions?: string[];
  /** Lets the browser keep the app for a time without network, which costs as much as all its pages. */
  keepsApp?: boolean;
}

export interface LaunchOptions {
  /** Keeps what an earlier browser stored, as after a crash; then the browser has this one profile. */
  userDataDir?: string;
  /** More switches, such as `--use-fake-device-for-media-stream`. */
  flags?: readonly string[];
}

/** A browser; its profiles are made by `newProfile`. */
export const launchBrowser = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM!, args: [...FLAGS, ...flags] });

/** A fresh profile in a running browser. */
export async function newProfile(browser: Browser, url: string, options: ProfileOptions): Promise<BrowserContext> {
  const context = await browser.newContext(contextOptions(url, options));
  // as in a browser without them; the app asks first
  if (!options.keepsApp) await context.addInitScript('delete Navigator.prototype.serviceWorker');
  return patient(context);
}

/** A browser on a folder, which it leaves as it is, also when it is killed. */
export async function launchOnFolder(
  url: string,
  folder: string,
  options: ProfileOptions & LaunchOptions,
): Promise<BrowserContext> {
  const args = [...FLAGS, ...(options.flags ?? [])];
  const launch = { executablePath: CHROMIUM!, args, ...contextOptions(url, options) };
  return patient(await chromium.launchPersistentContext(folder, launch));
}

const contextOptions = (url: string, { size = 'desktop', language = 'de-DE', permissions = [] }: ProfileOptions) => ({
  viewport: SIZES[size],
  locale: language,
  timezoneId: 'Europe/Berlin',
  baseURL: url,
  hasTouch: size === 'phone',
  permissions,
  acceptDownloads: true,
  // axe and pictures see pages that stand still
  reducedMotion: 'reduce' as const,
});

function patient(context: BrowserContext): BrowserContext {
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}
