import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import i18next from 'i18next';
import { ApiError, OfflineError } from '../../../web/src/app/api/errors.ts';
import { codes as germanCodes } from '../../../web/src/locales/de/codes.ts';
import { common as german } from '../../../web/src/locales/de/common.ts';
import { errorSentence, type Say } from '../../../web/src/shared/error-sentence.ts';

// its types lead to files of the browser
const ENGLISH: string = '../../../web/src/locales/en/';
const { common: english } = (await import(`${ENGLISH}common.ts`)) as { common: typeof german };
const { codes: englishCodes } = (await import(`${ENGLISH}codes.ts`)) as { codes: typeof germanCodes };

const texts = i18next.createInstance();
await texts.init({
  lng: 'de',
  fallbackLng: false,
  resources: { de: { common: german, codes: germanCodes }, en: { common: english, codes: englishCodes } },
  defaultNS: 'common',
  interpolation: { escapeValue: false },
});
const sayIn =
  (lng: string): Say =>
  (key, values) =>
    texts.exists(key, { lng }) ? texts.t(key as never, { lng, ...values }) : undefined;
const told = (error: unknown, lng = 'de') => errorSentence(error, sayIn(lng));
const detail = 'Say first whose return it is';
const requestId = 'req-1';

test('a code that workers and merchants meet is told in their language', () => {
  const error = new ApiError(409, { code: 'RETURN_MERCHANT_UNKNOWN', detail, requestId });
  expect(told(error)).toBe(germanCodes.RETURN_MERCHANT_UNKNOWN);
  expect(told(error, 'en')).toBe(englishCodes.RETURN_MERCHANT_UNKNOWN);
});

test('a code without a text is told in the language of the app, with what it can be looked up by', () => {
  for (const status of [400, 409, 422]) {
    const sentence = told(new ApiError(status, { code: 'BRAND_NEW', detail, requestId }));
    expect(sentence).not.toContain(detail);
    expect(sentence).toContain('BRAND_NEW, Vorgang req-1');
    expect(sentence).toMatch(/^(Der Server hat das abgelehnt|Eine Angabe stimmt nicht)\. /);
  }
});

test('what is wrong with a field is told by its code, never by the English message', () => {
  const wrong = (code: string) =>
    new ApiError(422, { code: 'INVALID_INPUT', detail, errors: [{ path: 'items.0.quantity', code, message: detail }] });
  expect(told(wrong('TOO_MANY'))).toBe(`Eine Angabe stimmt nicht: ${german.fieldError.TOO_MANY}`);
  expect(told(wrong('BRAND_NEW'))).toContain('BRAND_NEW (items.0.quantity)');
  expect(told(wrong('BRAND_NEW'))).not.toContain(detail);
});

test('what has no code of its own is told by its status', () => {
  expect(told(new OfflineError())).toBe(german.error.offline);
  expect(told(new Error('x'))).toBe(german.error.server);
  expect(told(new ApiError(503, { code: 'X', detail }))).toBe(german.error.unavailable);
  expect(told(new ApiError(500, { code: 'X', detail }))).toBe(german.error.server);
  expect(told(new ApiError(404, { code: 'RETURN_NOT_FOUND', detail }))).toBe(german.error.notFound);
  expect(told(new ApiError(401, { code: 'TOKEN_EXPIRED', detail }))).toBe(german.login.ended);
});

/** Codes that only a program meets, or that their status says already. */
const ELSEWHERE = [
  ...['SPECIAL_JOB_EXISTS', 'SPECIAL_JOB_ALREADY_SIGNED_OFF'],
  ...['ORDER_TRANSITION_NOT_ALLOWED', 'FILE_KEY_INVALID', 'VERSION_STALE'],
];

test('every refusal of the returns, the articles, the photos and the files has words', () => {
  const raised = ['services/returns', 'services/orders', 'shared/images', 'shared/storage'].flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const text = fs.readFileSync(path.join(folder, file), 'utf8');
        const rules = text.matchAll(/new RuleViolation\(\s*'([A-Z_]+)'/g);
        const inputs = text.matchAll(/new AppError\(\s*4(?!0[34])\d\d,\s*'([A-Z_]+)'/g);
        return [...rules, ...inputs].map(([, code]) => code!);
      }),
  );
  expect(raised.length).toBeGreaterThan(40);
  const silent = raised.filter((code) => !(code in germanCodes) && !(code in german.fieldError));
  expect(new Set(silent.filter((code) => !ELSEWHERE.includes(code)))).toEqual(new Set());
});
