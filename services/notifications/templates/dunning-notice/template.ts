import type { z } from 'zod';
import { date, money, type Language } from '../../../../shared/documents/formats.ts';
import { uuidOf } from '../../../../shared/kernel/ids.ts';
import { dunningLetterReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { TEXTS } from './texts.ts';

export type DunningLetter = z.output<typeof dunningLetterReadyV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** The letter is the document; the mail says what is in it and brings it. */
export const dunningNotice = defineTemplate<typeof dunningLetterReadyV1>({
  kind: 'dunningNotice',
  consumer: 'notifications.tell-dunning-notice',
  event: dunningLetterReadyV1,
  audience: 'invoice',
  about: ({ letterId }) => ({ documentId: letterId, revision: 0 }),
  slots: SLOTS,
  values: dunningValues,
  sample: sampleLetter,
  write: (payload, reader, { texts: own, links }) => {
    const texts = TEXTS[reader.language];
    const values = dunningValues(payload, reader);
    const say = speaker(SLOTS[reader.language], own, values);
    const amount = (minor: number) => money(minor, payload.currency, reader.language);
    const ofInvoices = payload.invoices.map(
      ({ number, dueDate, openMinor }) =>
        [`${number}, ${texts.due(date(dueDate, reader.language))}`, amount(openMinor)] as const,
    );
    const claims = [[texts.labels.claims, amount(payload.claimsMinor)] as const];
    return {
      issuerName: payload.issuerName,
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        { type: 'figure', label: texts.amount, value: amount(payload.totalMinor), detail: fill(texts.payBy, values) },
        {
          type: 'facts',
          facts: [
            ...ofInvoices,
            ...(payload.claimsMinor > 0 ? claims : []),
            [texts.labels.total, amount(payload.totalMinor)],
          ],
        },
        ...opening(say('closing')),
        { type: 'links', links: [{ label: texts.inPortal, url: links.invoices() }] },
      ],
      attachments: [{ ...payload.pdf, contentType: 'application/pdf', cid: null }],
    };
  },
});

/** What the texts may name. */
export function dunningValues(payload: DunningLetter, { language, ...reader }: Reader): Values {
  const amount = (minor: number) => money(minor, payload.currency, language);
  return {
    ...readerValues({ language, ...reader }),
    issuer: { name: payload.issuerName },
    dunning: {
      title: titleOf(payload, language),
      number: payload.number,
      issueDate: date(payload.issueDate, language),
      payBy: date(payload.payBy, language),
      open: amount(payload.openMinor),
      claims: amount(payload.claimsMinor),
      total: amount(payload.totalMinor),
    },
  };
}

/** As the letter is called. */
function titleOf({ level, invoices }: DunningLetter, language: Language): string {
  const levels = new Set(invoices.map((invoice) => invoice.level ?? level));
  const { titles, mixedTitles } = TEXTS[language];
  return levels.size > 1 ? mixedTitles[levels.has(0) ? 1 : 0] : titles[level]!;
}

const HASH = '0'.repeat(64);

function sampleLetter(language: Language): DunningLetter {
  return {
    letterId: uuidOf('sample', 'dunning-letter'),
    merchantId: uuidOf('sample', 'merchant'),
    number: 'MA-10851-002',
    level: 1,
    language,
    issuerName: 'Muster Fulfillment GmbH',
    currency: 'EUR',
    issueDate: '2026-11-30',
    payBy: '2026-12-10',
    openMinor: 146_913,
    claimsMinor: 4_678,
    totalMinor: 151_591,
    invoices: [
      {
        invoiceId: uuidOf('sample', 'invoice'),
        number: 'RE-2026-00123',
        dueDate: '2026-11-14',
        openMinor: 146_913,
      },
    ],
    pdf: { objectKey: `dunning-letters/00/${HASH}.pdf`, sha256: HASH, bytes: 1, filename: 'MA-10851-002.pdf' },
  };
}
