import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ALL_INVARIANTS } from '../../../shared/protocol/self-check/index.ts';

/** Words that mean something else to a bookkeeper than what the app would say with them, or have another name here. */
const WRONG = {
  // the page of that name is of unpaid invoices
  'unbilled charges are no open items (unpaid invoices)': /(?<!openItems: ')[Oo]ffene[nr]? Posten/,
  'in § 14 UStG a Gutschrift is a self-billed invoice': /Gutschrift/,
  'storage has a method': /Lagermodell/,
  'shipping is Versand': /\bFracht/,
  'the audit trail is the Protokoll': /Prüfspur/,
  'what is claimed beside invoices is Zinsen und Gebühren': /Nebenforderung|claims: 'Kosten'/,
};

const LOCALES = 'web/src/locales/de';
const files = fs
  .readdirSync(LOCALES)
  .filter((file) =>
    /^(finance|records|carriers|checks|codes|disputes|dunning|admin-audit|admin-audit-money)\b.*\.ts$/.test(file),
  );
const texts: [where: string, text: string][] = [
  ...[...files.map((file) => path.join(LOCALES, file)), 'services/billing/domain/runs/remedies.ts'].map(
    (file): [string, string] => [file, fs.readFileSync(file, 'utf8')],
  ),
  ...ALL_INVARIANTS.flatMap(({ id, title, meaning, remedy }) =>
    [title, meaning, remedy].map(({ de }): [string, string] => [id, de]),
  ),
];

test.each(Object.entries(WRONG))('in the German texts of finance and of the self-check %s', (_rule, wrong) => {
  expect(files.length).toBeGreaterThan(15);
  expect(texts.filter(([, text]) => wrong.test(text)).map(([where]) => where)).toEqual([]);
});

test('what is credited of a dispute lowers a debt: it is not called a refund', () => {
  const ofDisputes = texts.filter(([where]) => /(disputes|finance-desk|admin-audit)\.ts$/.test(where));
  expect(ofDisputes).toHaveLength(4);
  expect(ofDisputes.filter(([, text]) => /erstatte/i.test(text)).map(([where]) => where)).toEqual([]);
});
