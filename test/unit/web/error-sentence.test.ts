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
