import { expect, test } from '@jest/globals';
import { withRemedy } from '../../../services/billing/domain/runs/remedies.ts';
import { assertPrintableText } from '../../../services/billing/use-cases/invoices/printable.ts';
import { printFindings } from '../../../services/billing/use-cases/runs/print-findings.ts';
import { merchant } from '../../support/billing-events.ts';
import { sampleSeller } from '../../support/invoice-samples.ts';

const { addressLines: _, contactName: __, address, ...profile } = sampleSeller;
const issuer = { ...profile, address } as never;
const lines = [{ label: 'Auftragspauschale', unit: 'order', quantity: '2' }];
const named = (name: string) => merchant({ address: { ...merchant().address, name } });

test.each<[string, Partial<Parameters<typeof printFindings>[0]>, string[]]>([
  ['what Latin, Greek and Cyrillic letters write', { merchant: named('Łódź & Αθήνα, София ½ m² №') }, []],
  ['the name of a merchant', { merchant: named('深圳市 Ltd') }, ['MERCHANT_NOT_PRINTABLE 深 U+6DF1']],
  ['why it is exempt', { merchant: merchant({ exemptionReason: 'frei 🎁' }) }, ['MERCHANT_NOT_PRINTABLE 🎁 U+1F381']],
  ['where its mails go is not printed', { merchant: merchant({ invoiceEmails: ['a@b.example'] }) }, []],
  [
    'a director',
    { issuer: { ...profile, address, managingDirectors: ['משה'] } as never },
    ['ISSUER_NOT_PRINTABLE מ U+05DE'],
  ],
  [
    'the text of a line',
    { lines: [...lines, { ...lines[0]!, label: 'Geschenk 🎁' }] },
    ['LINE_NOT_PRINTABLE 🎁 U+1F381'],
  ],
  ['a unit that a card made up', { lines: [{ ...lines[0]!, unit: '箱' }] }, ['LINE_NOT_PRINTABLE 箱 U+7BB1']],
  ['of who is not billed nothing', { merchant: named('深圳市 Ltd'), lines: [] }, []],
])('X6 a run tells of what no document can show: %s', async (_title, given, expected) => {
  const found = await printFindings({ merchant: merchant(), issuer, lines, ...given });
  expect(found.map(({ code, data }) => `${code} ${String(data!['character'])} ${String(data!['codePoint'])}`)).toEqual(
    expected,
  );
  for (const finding of found) {
    expect(finding.blocks).toBe(true);
    expect(withRemedy(finding, 'm').data).toHaveProperty('remedy.where');
  }
});

test.each([
  ['Minderleistung – 3 × „Pick“ à 0,30 €', undefined],
  ['Zeile 1\nZeile 2', undefined],
  ['Entschuldigung 🙏', 'NOT_PRINTABLE'],
  ['\uFE0F', 'NOT_PRINTABLE'],
])('H5 H6 a reason that a document can show: %j %s', async (reason, code) => {
  const said = await assertPrintableText('reason', reason).then(
    () => undefined,
    (error: { data: { errors: { path: string; code: string }[] } }) => error.data.errors[0],
  );
  expect(said?.code).toBe(code);
  if (code) expect(said?.path).toBe('reason');
});
