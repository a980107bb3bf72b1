import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { admin } from '../../locales/de/admin.ts';
import type { carriers } from '../../locales/de/carriers.ts';
import type { checks } from '../../locales/de/checks.ts';
import type { codes } from '../../locales/de/codes.ts';
import type { common } from '../../locales/de/common.ts';
import type { deliveries } from '../../locales/de/deliveries.ts';
import type { dunning } from '../../locales/de/dunning.ts';
import type { fileExports } from '../../locales/de/exports.ts';
import type { disputes } from '../../locales/de/disputes.ts';
import type { finance } from '../../locales/de/finance.ts';
import type { jobs } from '../../locales/de/jobs.ts';
import type { merchant } from '../../locales/de/merchant.ts';
import type { payments } from '../../locales/de/payments.ts';
import type { publicPages } from '../../locales/de/public.ts';
import type { records } from '../../locales/de/records.ts';
import type { shipments } from '../../locales/de/shipments.ts';
import type { warehouse } from '../../locales/de/warehouse.ts';

/** The areas of the texts. German is the source; English has to have the same keys (see `TextsLike`). */
interface Areas {
  common: typeof common;
  codes: typeof codes;
  warehouse: typeof warehouse;
  merchant: typeof merchant;
  finance: typeof finance;
  admin: typeof admin;
  public: typeof publicPages;
  records: typeof records;
  jobs: typeof jobs;
  carriers: typeof carriers;
  payments: typeof payments;
  dunning: typeof dunning;
  exports: typeof fileExports;
  deliveries: typeof deliveries;
  disputes: typeof disputes;
  shipments: typeof shipments;
  checks: typeof checks;
}
export type Area = keyof Areas;
export type Language = 'de' | 'en';

/** The shape of German texts with other words in it: `export const admin: TextsLike<typeof german> = { … }`. */
export type TextsLike<Texts> = { [Key in keyof Texts]: Texts[Key] extends string ? string : TextsLike<Texts[Key]> };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Areas;
  }
}

const KEY = 'kontor.language';
/** Asked for with the first area, so that modules of the app can be read where there is no bundler. */
const files = () => import.meta.glob<Record<string, object>>(['../../locales/*/*.ts', '!../../locales/*/*-*.ts']);
const wanted = new Set<Area>();

/** German unless the browser prefers English, or somebody chose. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: chosenLanguage(),
    fallbackLng: false,
    ns: [],
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: 'added' },
    returnNull: false,
  });
  document.documentElement.lang = currentLanguage();
  await loadTexts('common');
}

/** Fetches the texts of areas in the language in use; for loaders of routes. */
export async function loadTexts(...areas: Area[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  await Promise.all(areas.map((area) => load(currentLanguage(), area)));
}

export async function changeLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((area) => load(language, area)));
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'de');

async function load(language: Language, area: Area): Promise<void> {
  if (i18next.hasResourceBundle(language, area)) return;
  const module = await files()[`../../locales/${language}/${area}.ts`]!();
  i18next.addResourceBundle(language, area, Object.values(module)[0]!);
}

function chosenLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'de' || chosen === 'en') return chosen;
  return navigator.languages.find((language) => /^(de|en)\b/.test(language))?.startsWith('en') ? 'en' : 'de';
}
