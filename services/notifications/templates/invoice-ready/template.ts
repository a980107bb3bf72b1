import type { z } from 'zod';
import { date, money, period } from '../../../../shared/documents/formats.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { defineTemplate, type Attachment, type Reader } from '../template.ts';
import { opening, slotsOf, speaker } from '../slots.ts';
import { sampleInvoice } from './sample.ts';
import { CORRECTION_TEXTS } from './correction-texts.ts';
import { TEXTS, type Texts } from './texts.ts';

export type Ready = z.output<typeof invoiceDocumentReadyV1.payload>;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

export const invoiceReady = defineTemplate<typeof invoiceDocumentReadyV1>({
  kind: 'invoiceReady',
  consumer: 'notifications.tell-invoice-ready',
  event: invoiceDocumentReadyV1,
  audience: 'invoice',
  about: ({ invoiceId }) => ({ documentId: invoiceId, revision: 0 }),
  slots: SLOTS,
  values: invoiceValues,
  sample: (language) => sampleInvoice(language),
  write: (payload, reader, { texts: own, links }) => {
    const [texts, values] = [textsOf(payload, reader), invoiceValues(payload, reader)];
    // what the house wrote itself is about invoices
    const say =
      payload.kind === 'invoice'
        ? speaker(SLOTS[reader.language], own, values)
        : speaker({ ...SLOTS[reader.language], ...slots(texts) }, {}, values);
    const put = (text: string) => fill(text, values);
    return {
      issuerName: payload.issuerName,
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        { type: 'figure', label: texts.amount, value: put('{{invoice.gross}}'), detail: put(texts.due) },
        {
          type: 'facts',
          facts: [
            [texts.labels.number, put('{{invoice.number}}')],
            [texts.labels.issueDate, put('{{invoice.issueDate}}')],
            [texts.labels.period, put('{{invoice.period}}')],
            [texts.labels.net, put('{{invoice.net}}')],
            [texts.labels.vat, put('{{invoice.vat}}')],
            [texts.labels.gross, put('{{invoice.gross}}')],
            ...(payload.kind === 'invoice'
              ? [[texts.labels.dueDate, put('{{invoice.dueDate}}')] as [string, string]]
              : []),
          ],
        },
        ...opening(say('closing')),
        { type: 'links', links: [{ label: texts.inPortal, url: links.invoicePage(payload.invoiceId) }] },
      ],
      attachments: [pdf(payload)],
    };
  },
});

/** A credit note of a negative total corrects no document. */
function textsOf({ kind, corrects }: Ready, { language }: Reader): Texts {
  if (kind === 'invoice') return TEXTS[language];
  return CORRECTION_TEXTS[language][kind === 'creditNote' && !corrects ? 'credit' : kind];
}

const slots = ({ subject, preheader, heading, intro, closing }: Texts) => ({
  ...{ subject, preheader, heading, intro, closing },
});

/** What the texts may name. */
export function invoiceValues(payload: Ready, reader: Reader): Values {
  const { language } = reader;
  const amount = (minor: number) => money(minor, payload.currency, language);
  return {
    ...readerValues(reader),
    issuer: { name: payload.issuerName },
    invoice: {
      number: payload.number,
      issueDate: date(payload.issueDate, language),
      dueDate: date(payload.dueDate, language),
      period: period(payload.periodFrom, payload.periodTo, language),
      net: amount(payload.netMinor),
      vat: amount(payload.vatMinor),
      gross: amount(payload.grossMinor),
      ...(payload.corrects && {
        corrects: payload.corrects.number,
        correctsDate: date(payload.corrects.issueDate, language),
      }),
    },
  };
}

const pdf = ({ pdf: { objectKey, filename, sha256, bytes } }: Ready): Attachment => ({
  objectKey,
  filename,
  contentType: 'application/pdf',
  sha256,
  bytes,
  cid: null,
});
