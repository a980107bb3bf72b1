import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** Debian's Chromium; `KONTOR_CHROMIUM` names another one. */
const CANDIDATES = [process.env['KONTOR_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
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

export type BrowserSize = keyof typeof SIZES;
export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const;

export interface LaunchOptions {
  size?: BrowserSize;
  /** Keeps what an earlier browser stored, as after a crash. */
  userDataDir?: string;
  /** More switches, such as `--use-fake-device-for-media-stream`. */
  flags?: readonly string[];
  language?: string;
  permissions?: string[];
}

/** A browser with a profile of its own. `close` removes the profile, unless it was given. */
export async function launchBrowser(url: string, options: LaunchOptions = {}): Promise<BrowserContext> {
  const { size = 'desktop', flags = [], language = 'de-DE', permissions = [] } = options;
  const folder = options.userDataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM!,
    args: [...FLAGS, ...flags],
    viewport: SIZES[size],
    locale: language,
    timezoneId: 'Europe/Berlin',
    baseURL: url,
    hasTouch: size === 'phone',
    permissions,
    acceptDownloads: true,
    // axe and pictures see pages that stand still
    reducedMotion: 'reduce',
  });
  if (!options.userDataDir) context.on('close', () => fs.rmSync(folder, { recursive: true, force: true }));
  return context;
}
