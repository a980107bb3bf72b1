import { expect, test } from '@jest/globals';
import { batchValues } from '../../../services/notifications/templates/batch-dispatched/template.ts';
import { TEXTS as BATCH } from '../../../services/notifications/templates/batch-dispatched/texts.ts';
import { TEXTS as DECISION } from '../../../services/notifications/templates/decision/texts.ts';
import { decisionValues } from '../../../services/notifications/templates/decision/view.ts';
import { TEXTS as DIGEST } from '../../../services/notifications/templates/digest/texts.ts';
import { digestValues } from '../../../services/notifications/templates/digest/view.ts';
import { shippedValues } from '../../../services/notifications/templates/order-shipped/template.ts';
import { TEXTS as SHIPPED } from '../../../services/notifications/templates/order-shipped/texts.ts';
import { TEXTS as RECEIVED } from '../../../services/notifications/templates/return-received/texts.ts';
import { receivedValues } from '../../../services/notifications/templates/return-received/template.ts';
import { dunningNotice, dunningValues } from '../../../services/notifications/templates/dunning-notice/template.ts';
import { TEXTS as DUNNING } from '../../../services/notifications/templates/dunning-notice/texts.ts';
import { fill, placeholdersOf } from '../../../services/notifications/templates/fill.ts';
import { invoiceValues } from '../../../services/notifications/templates/invoice-ready/values.ts';
import {
  debitValues,
  directDebitAnnounced,
} from '../../../services/notifications/templates/direct-debit-announced/template.ts';
import { TEXTS as DEBIT } from '../../../services/notifications/templates/direct-debit-announced/texts.ts';
import { disputeAnswered, disputeValues } from '../../../services/notifications/templates/dispute-answered/template.ts';
import { TEXTS as DISPUTE } from '../../../services/notifications/templates/dispute-answered/texts.ts';
import { jobApprovalAsked, jobValues } from '../../../services/notifications/templates/job-approval/template.ts';
import { TEXTS as JOB } from '../../../services/notifications/templates/job-approval/texts.ts';
import { TEXTS as INVOICE } from '../../../services/notifications/templates/invoice-ready/texts.ts';
import { sampleInvoice } from '../../../services/notifications/templates/invoice-ready/sample.ts';
import { TEXTS as RETURN } from '../../../services/notifications/templates/return-inspected/texts.ts';
import { returnInspectedView } from '../../../services/notifications/templates/return-inspected/view.ts';
import { WORDS } from '../../../services/notifications/templates/words.ts';
import { asked, dispatched, inspected, received, shipped } from '../../support/mail-samples.ts';

const values = { merchant: { name: 'Muster GmbH', number: '851' }, count: '3' };

test.each([
  ['nothing to fill', 'nothing to fill'],
  ['Hello {{merchant.name}}!', 'Hello Muster GmbH!'],
  ['{{ merchant.number }}/{{count}}/{{count}}', '851/3/3'],
  ['a { single } brace', 'a { single } brace'],
])('%j is filled to %j', (text, filled) => expect(fill(text, values)).toBe(filled));

test.each([
  '{{nobody}}',
  '{{merchant.fax}}',
  '{{merchant}}',
  '{{count.more}}',
  '{{}}',
  '{{constructor.name}}',
  '{{merchant.name',
])('%j is an error, because nothing stands for it', (text) => expect(() => fill(text, values)).toThrow(/placeholder/i));

test('what stands in a value is never read as a template', () =>
  expect(fill('{{a}} {{b}}', { a: '{{b}}', b: '$& $1 {{a}}' })).toBe('{{b}} $& $1 {{a}}'));

const reader = (language: 'de' | 'en') => ({ name: 'Muster GmbH', number: '851', language });
const common = { issuer: { name: 'Kontor' }, count: '1', shown: '1', index: '1', item: 'Tasse' };
const byHand = { number: 'RT-1', order: '1', day: '1', kind: 'x', quantity: '1', name: 'x', what: 'x', when: 'x' };
const invoiceIn = (kind: 'invoice' | 'cancellation' | 'creditNote') => (language: 'de' | 'en') => ({
  ...invoiceValues(sampleInvoice(language, kind), reader(language)),
  debit: { collectedOn: '1' },
});
const kinds = {
  received: { texts: RECEIVED, valuesIn: (language: 'de' | 'en') => receivedValues(received(), reader(language)) },
  decision: {
    texts: DECISION,
    valuesIn: (language: 'de' | 'en') => ({ ...byHand, ...decisionValues(asked(), reader(language), 'Europe/Berlin') }),
  },
  digest: {
    texts: DIGEST,
    valuesIn: (language: 'de' | 'en') => ({
      ...byHand,
      ...digestValues({ day: '2026-10-14', inspected: [], received: [], batches: [], shipped: [] }, reader(language)),
    }),
  },
  return: {
    texts: RETURN,
    valuesIn: (language: 'de' | 'en') => returnInspectedView(inspected(), reader(language)).values,
  },
  shipped: { texts: SHIPPED, valuesIn: (language: 'de' | 'en') => shippedValues(shipped(), reader(language)) },
  batch: { texts: BATCH, valuesIn: (language: 'de' | 'en') => batchValues(dispatched(), reader(language)) },
  job: {
    texts: JOB,
    valuesIn: (language: 'de' | 'en') => jobValues(jobApprovalAsked.sample(language) as never, reader(language)),
  },
  dispute: {
    texts: DISPUTE,
    valuesIn: (language: 'de' | 'en') => disputeValues(disputeAnswered.sample(language) as never, reader(language)),
  },
  invoice: { texts: INVOICE.invoice, valuesIn: invoiceIn('invoice') },
  cancellation: { texts: INVOICE.cancellation, valuesIn: invoiceIn('cancellation') },
  creditNote: { texts: INVOICE.creditNote, valuesIn: invoiceIn('creditNote') },
  debit: {
    texts: DEBIT,
    valuesIn: (language: 'de' | 'en') => debitValues(directDebitAnnounced.sample(language) as never, reader(language)),
  },
  dunning: {
    texts: DUNNING,
    valuesIn: (language: 'de' | 'en') => dunningValues(dunningNotice.sample(language) as never, reader(language)),
  },
  words: { texts: WORDS, valuesIn: () => values },
};

test.each(Object.entries(kinds))('the texts of %s are complete in both languages', (_name, { texts, valuesIn }) => {
  const german = leaves(texts.de);
  const english = leaves(texts.en);
  expect([...german.keys()]).toEqual([...english.keys()]);
  for (const [language, all] of [['de', german] as const, ['en', english] as const])
    for (const [key, text] of all) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      expect(() => fill(text, { ...common, ...valuesIn(language) })).not.toThrow();
    }
  for (const [key, text] of german)
    expect([key, placeholdersOf(english.get(key)!).toSorted()]).toEqual([key, placeholdersOf(text).toSorted()]);
});

function leaves(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...leaves(value as object, `${prefix}${key}.`)],
    ),
  );
}
