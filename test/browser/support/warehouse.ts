import { expect } from '@jest/globals';
import type { Api } from '../../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../../support/fixtures.ts';
import { until } from '../../support/product.ts';
import type { WholeProduct } from '../../support/whole-product.ts';
import type { App, Page } from './app.ts';

export interface Parcel {
  id: string;
  number: string;
  state: string;
  version: number;
  merchantId: string | null;
  trackingNumber: string | null;
  lock: { userId: string; name: string } | null;
  items: {
    id: string;
    sku: string | null;
    name: string;
    quantity: number;
    grade: string | null;
    state: string;
    note: string;
  }[];
  parcels: { id: string }[];
  photos: { id: string; itemId: string | null; kind: string; clientPhotoId: string; sha256: string }[];
}

export const GOODS = [
  { sku: 'LAMP-1', name: 'Stehlampe Nord', quantity: 1, reason: 'not_liked' },
  { sku: 'PILLOW-1', name: 'Kissenbezug', quantity: 1, reason: 'too_small' },
  { sku: 'PICTURE-1', name: 'Wandbild Küste', quantity: 1, reason: 'not_liked' },
];

/** A merchant with a price list, so that everything a return sets off has its place. @returns its id */
export async function setUpWarehouse({ admin }: WholeProduct): Promise<string> {
  await setUpIssuer(admin, '2026-11-01');
  return setUpMerchant(admin, { number: 'A-1', name: 'Alpha Wohnen GmbH' });
}

/** A return that a merchant told of, with three items. */
export const announce = (
  api: Api,
  merchantId: string,
  trackingNumber: string,
  items: object[] = GOODS,
): Promise<Parcel> => api.post<Parcel>('/returns', { merchantId, carrier: 'DHL', trackingNumber, items });

/** Counts what a person taps from now on. */
export const countTaps = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counter = globalThis as unknown as {
      taps: number;
      addEventListener: (name: string, hear: (event: { isTrusted: boolean }) => void, options: object) => void;
    };
    counter.taps = 0;
    counter.addEventListener('click', ({ isTrusted }) => void (isTrusted && (counter.taps += 1)), { capture: true });
  });

export const tapsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { taps: number }).taps);

/** A scanner that works as a keyboard, heard where the focus is nowhere. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate('document.activeElement?.blur()');
  await typeAsScanner(page, code);
}

/** Between two keys of a scanner. */
const KEY_MS = 5;

/**
 * Types a code and Enter wherever the focus is. Each key carries the time a scanner would have pressed it, because a
 * busy machine types as slowly as a person, and the app tells the two by that time.
 */
export async function typeAsScanner(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const start = Date.now();
  const keys = [...[...code].map((key) => ({ key, text: key })), { key: 'Enter', text: '\r' }];
  for (const [index, key] of keys.entries()) {
    const timestamp = (start + index * KEY_MS) / 1000;
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, timestamp });
  }
  await session.detach();
}

/** The browser keeps the app itself, so that it works without a network from now on. */
export const untilKept = (page: Page): Promise<unknown> =>
  until('the app to be kept', () => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'));

/** What waits in the browser, counted in its own database. */
export const keptOnDevice = (page: Page): Promise<Record<'commands' | 'photos' | 'conflicts' | 'returns', number>> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('kontor-warehouse');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const names = ['commands', 'photos', 'conflicts', 'returns'];
      if (!database.objectStoreNames.contains('commands')) { database.close(); resolve({}); return; }
      const reading = database.transaction(names);
      const counts = {};
      for (const name of names) {
        const counting = reading.objectStore(name).count();
        counting.onsuccess = () => (counts[name] = counting.result);
      }
      reading.oncomplete = () => { database.close(); resolve(counts); };
    };
  })`);

export async function logInByHand(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  if (!page.url().includes('/login')) await page.goto('/warehouse');
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('heading', { level: 1, name: /Was liegt vor Ihnen|Wartend/ }).waitFor();
}

const PHONES = [360, 390];

/** Nothing hangs over the edge of a phone: there is no way sideways, and every word of the bar is read whole. */
export async function expectToFit(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const width of PHONES) {
    await page.setViewportSize({ width, height: 844 });
    expect({ width: await page.evaluate('document.scrollingElement.scrollWidth') }).toEqual({ width });
    const cut = `[...document.querySelectorAll('footer nav span')].filter((word) => word.scrollWidth > word.clientWidth)`;
    expect({ width, cut: await page.evaluate(`${cut}.map((word) => word.textContent)`) }).toEqual({ width, cut: [] });
  }
  if (before) await page.setViewportSize(before);
}

/** Checks a screen in both colour schemes and at the width of a small phone, and takes its pictures. */
export async function look(app: App, page: Page, name: string): Promise<void> {
  await expectToFit(page);
  for (const colorScheme of ['dark', 'light'] as const) {
    // colours are read while they change otherwise
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await app.check(page);
  }
  await app.shot(page, name);
}
