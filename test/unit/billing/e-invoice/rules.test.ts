import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { validateCii, writeCii } from '../../../../services/billing/documents/e-invoice/index.ts';
import { UNITS } from '../../../../services/billing/documents/e-invoice/rules/code-lists.ts';
import { UNIT_CODES } from '../../../../services/billing/domain/invoices/invoice-units.ts';
import { brokenEInvoices } from '../../../support/broken-e-invoices.ts';
import { put } from '../../../support/xml-edits.ts';
import { eInvoices } from '../../../support/e-invoice-samples.ts';

describe('X6 a document that breaks a rule is found by the name of the rule', () => {
  test.each(
    brokenEInvoices.map(
      ([rule, document, edit], index) => [`${index + 1}: ${rule}, ${document}`, rule, document, edit] as const,
    ),
  )('%s', (_, rule, document, edit) => {
    const xml = writeCii(eInvoices[document]!);
    const findings = validateCii(edit(xml));
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    for (const { message, path } of findings) expect([message, path]).not.toContain('');
  });

  test('each rule there is has a document that breaks it', () => {
    const tried = new Set(brokenEInvoices.map(([rule]) => rule));
    expect([...rulesInTheCode(), ...RULES_OF_CATEGORIES].filter((rule) => !tried.has(rule))).toEqual([]);
  });
});

test.each([
  ['381 that corrects', '37.04', []],
  ['381 that corrects', '38.04', []],
  ['381 that corrects', '38.05', ['BR-CO-17', 'BR-S-09']],
  ['381 that corrects', '36.05', ['BR-CO-17', 'BR-S-09']],
  ['381 of a negative total', '37.04', ['BR-CO-17', 'BR-S-09']],
  ['384', '-36.32', ['BR-CO-17', 'BR-S-09']],
  ['380 with one line', '9.30', ['BR-CO-17', 'BR-S-09']],
])('X6 %s with a tax of %s breaks %j', (document, tax, rules) => {
  // that the sum of the taxes is another one now is a rule of its own
  const found = validateCii(
    put('ApplicableHeaderTradeSettlement ApplicableTradeTax CalculatedAmount', tax)(writeCii(eInvoices[document]!)),
  );
  expect(found.map(({ rule }) => rule).filter((rule) => rule !== 'BR-CO-14')).toEqual(rules);
});

test('X6 every unit that billing knows has a code of the list', () =>
  expect(Object.values(UNIT_CODES).filter((code) => !UNITS.has(code))).toEqual([]));

test('X6 a finding says where, counted among its like', () => {
  const xml = writeCii(eInvoices['380 with forty lines']!);
  const broken = xml.replace('<ram:LineID>3</ram:LineID>', '<ram:LineID> </ram:LineID>');
  expect(validateCii(broken)).toContainEqual({
    rule: 'BR-21',
    message: 'The number of the line (BT-126) is missing',
    path: '/SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem[3]/AssociatedDocumentLineDocument/LineID',
  });
});

const RULES_OF_CATEGORIES = ['S', 'Z', 'E', 'AE', 'O'].flatMap((code) =>
  Array.from({ length: 10 }, (_, index) => `BR-${code}-${String(index + 1).padStart(2, '0')}`),
);

/** Names that stand in the code as they are; those of the VAT categories are put together there. */
function rulesInTheCode(): string[] {
  const folder = new URL('../../../../services/billing/documents/e-invoice/rules/', import.meta.url);
  const code = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const quoted = /'((?:BR|PEPPOL|UStG)-[A-Za-z0-9-]+|DAY|CREDIT-NOTE)'/g;
  return [...new Set(code.flatMap((text) => [...text.matchAll(quoted)].map(([, rule]) => rule!)))];
}
