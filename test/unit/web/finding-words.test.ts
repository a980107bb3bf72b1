import { expect, test } from '@jest/globals';
import { financeFindings as german } from '../../../web/src/locales/de/finance-findings.ts';
import { financeFindings as english } from '../../../web/src/locales/en/finance-findings.ts';
import { findingKey } from '../../../web/src/finance/runs/finding-key.ts';

const said = (code: string, data: Record<string, unknown>): [german: string, english: string] => {
  const key = findingKey({ code, data });
  return [german, english].map(({ finding }) => (finding as Record<string, string>)[key]) as [string, string];
};

test.each([
  ['again', /wird von selbst wiederholt, insgesamt bis zu fünfmal/, /tried again automatically, up to five times/],
  ['untilDone', /wird von selbst wiederholt, bis es gelingt/, /tried again automatically until it succeeds/],
  ['parked', /wird nicht mehr wiederholt/, /is not tried again/],
  [undefined, /^\{\{step\}\} ist fehlgeschlagen\. /, /^\{\{step\}\} failed\. /],
])('G7 a step that failed (%s) says what becomes of it, and why it failed', (then, inGerman, inEnglish) => {
  const [de, en] = said('STEP_FAILED', { step: 'draft', reason: 'x', ...(then ? { then } : {}) });
  expect(de).toMatch(inGerman);
  expect(de).toMatch(/Grund: \{\{reason\}\}$/);
  expect(en).toMatch(inEnglish);
  expect(en).toMatch(/Reason: \{\{reason\}\}$/);
});

test('a document that is carried forward beside an invoice does not say that nothing is left to pay', () => {
  const [de, en] = said('CARRIED_FORWARD', { grossMinor: -345, besideInvoice: true });
  expect(de).toMatch(/Das andere wird ausgestellt/);
  expect(en).toMatch(/The other one is issued/);
  for (const grossMinor of [-345, 0])
    for (const text of said('CARRIED_FORWARD', { grossMinor, besideInvoice: false }))
      expect(text).toMatch(/^(Es bleibt nichts zu zahlen|Nothing is left to pay)\. /);
});

test('a preview says that it counts what an earlier run is still to bill; the row of a run, which has no amounts, does not', () => {
  const data = { cutoff: '2026-10-15' };
  expect(
    said('EARLIER_RUN_OPEN', { ...data, included: true }).every((text) => /mitgezählt|counted here/.test(text)),
  ).toBe(true);
  expect(said('EARLIER_RUN_OPEN', data).some((text) => /mitgezählt|counted here/.test(text))).toBe(false);
});

test('parked runs that are billed with another one are all named', () => {
  for (const { finding } of [german, english])
    expect([finding.CARRIED_OVER_one, finding.CARRIED_OVER_other].every((text) => text.includes('{{cutoffs}}'))).toBe(
      true,
    );
});
