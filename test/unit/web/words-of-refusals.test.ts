import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const filesOf = (folder: string): Map<string, string> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [path.join(folder, file), fs.readFileSync(path.join(folder, file), 'utf8')]),
  );
const sources = new Map([...filesOf('services'), ...filesOf('shared')]);

/** Told by what their status means to everybody (`error-sentence.ts`). */
const BY_STATUS = /new AppError\(\s*(?:401|403|404|412|429|50\d),\s*'[A-Z0-9_]+'/g;
/** A code stands beside the English sentence about it, whatever carries the two. */
const CODES = [
  /new RuleViolation\(\s*'([A-Z][A-Z0-9_]+)'/g,
  /new AppError\(\s*\d+,\s*'([A-Z][A-Z0-9_]+)'/g,
  /'([A-Z][A-Z0-9]*_[A-Z0-9_]+)',\s*['"`](?=[^'"`]* )/g,
  // a single word may be an abbreviation beside a title
  /(?:invalidField|wrong|refused)\([^()]*?'([A-Z][A-Z0-9]+)',/g,
  /code: '([A-Z][A-Z0-9_]+)',\s*message/g,
  /^\s+([A-Z][A-Z0-9]*_[A-Z0-9_]+): ['"`][A-Z]/gm,
];
const raised = new Map(
  [...sources].flatMap(([file, source]) =>
    CODES.flatMap((code) =>
      [...source.replaceAll(BY_STATUS, '').matchAll(code)].map(([, found]) => [found!, file] as const),
    ),
  ),
);

/** Codes with words of their own: those of every page, and those that a page keeps for itself. */
const worded = new Set(
  [...filesOf('web/src/locales/de').values()].flatMap((text) =>
    [...text.matchAll(/^\s*([A-Z][A-Z0-9_]+)(?:_[a-z]\w*)?:/gm)].map(([, code]) => code!),
  ),
);

/** What nobody meets who works with the web app. */
const WITHOUT_WORDS = new Set([
  // told to whoever writes a client: the app sends nothing of the kind
  ...['CONTENT_ENCODING_NOT_SUPPORTED', 'CONTENT_TYPE_NOT_SUPPORTED', 'METHOD_NOT_ALLOWED', 'NOT_LOGGED_IN'],
  ...['PATH_UNREADABLE', 'QUERY_UNREADABLE', 'BODY_UNREADABLE', 'FORM_UNREADABLE', 'UNEXPECTED_FILE'],
  ...['IDEMPOTENCY_KEY_REUSED', 'INVALID_CURSOR', 'FILE_KEY_INVALID', 'IMPORT_EXISTS', 'UNKNOWN_SUBJECT'],
  // forms offer nothing else
  ...['ANSWERED_TWICE', 'RESOLVED_TWICE', 'LINE_NAMED_TWICE', 'UNKNOWN_LINE', 'UNKNOWN_PARCEL', 'UNKNOWN_SLOT'],
  ...['ORDER_TRANSITION_NOT_ALLOWED'],
  // connections, profiles, webhooks and passwords of one's own have no screen
  ...['CONNECTION_EXISTS', 'CONNECTION_INACTIVE', 'PROFILE_EXISTS', 'NAME_DIFFERS', 'PASSWORD_WRONG'],
  ...['NOT_A_URL', 'NOT_HTTPS', 'PORT_NOT_ALLOWED', 'HAS_CREDENTIALS', 'HOST_NOT_FOUND', 'TARGET_NOT_PUBLIC'],
  // the report of an import, in the words of its file
  ...['ARTICLE_CODE_NOT_ACCEPTED', 'COLUMN_COUNT', 'DOCUMENT_CONFLICT', 'DOCUMENT_INCONSISTENT', 'DOCUMENT_NOT_VALID'],
  ...['DOCUMENT_REAPPEARS', 'DOCUMENT_TOO_LONG', 'FILE_NOT_FOUND', 'IMPORT_GIVEN_UP', 'MERCHANT_NOT_RECOGNISED'],
  ...['NO_DOCUMENT_RULE', 'PRICE_INVALID', 'QUANTITY_INVALID', 'TIME_DOES_NOT_EXIST', 'TIME_INVALID'],
  ...['TIME_OUT_OF_RANGE', 'VALUE_MISSING', 'VALUE_NOT_MAPPED', 'VALUE_TOO_LONG'],
  // the page of the link says it
  'INVOICE_LINK_ENDED',
  // the original of a mail is read by mail programs
  'MESSAGE_DAMAGED',
  // says who, beside RETURN_LOCKED
  'LOCKED',
  // of a worker: the document says what of it is wrong
  'DOCUMENT_INVALID',
]);

test('every code that the API refuses with has words', () => {
  expect(raised.size).toBeGreaterThan(350);
  const silent = [...raised].filter(([code]) => !worded.has(code) && !WITHOUT_WORDS.has(code));
  expect(silent).toEqual([]);
});

test('what is said to need no words is raised, and has none', () => {
  expect([...WITHOUT_WORDS].filter((code) => !raised.has(code) || worded.has(code))).toEqual([]);
});

test.each([
  ['a rule', 'DOCUMENT_NOT_PARKED'],
  ['one field', 'NOT_A_CUTOFF'],
  ['a constraint of the database', 'DEBTOR_NUMBER_TAKEN'],
  ['a table of constraints', 'PAYMENT_USED_UP'],
  ['a table of reasons', 'NOTHING_TO_EXPORT'],
])('the code of %s is found', (_, code) => expect(raised.has(code)).toBe(true));

test.each(['de', 'en'])('a refusal has its words in one place, so that none hides another: %s', (language) => {
  const said = [...filesOf(`web/src/locales/${language}`)]
    .filter(([file]) => path.basename(file).startsWith('codes'))
    .flatMap(([, text]) => [...text.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, code]) => code!));
  expect(said.length).toBeGreaterThan(100);
  expect(said.filter((code, index) => said.indexOf(code) !== index)).toEqual([]);
});
