import type { z } from 'zod';
import { date, money, period } from '../../../../shared/documents/formats.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { defineTemplate, type Attachment, type Reader } from '../template.ts';
import { opening, slotsOf, speaker } from '../slots.ts';
import { sampleInvoice } from './sample.ts';
import { TEXTS } from './texts.ts';

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
    const [texts, values] = [TEXTS[reader.language], invoiceValues(payload, reader)];
    const say = speaker(SLOTS[reader.language], own, values);
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
            [texts.labels.dueDate, put('{{invoice.dueDate}}')],
          ],
        },
        ...opening(say('closing')),
        { type: 'links', links: [{ label: texts.inPortal, url: links.invoicePage(payload.invoiceId) }] },
      ],
      attachments: [pdf(payload)],
    };
  },
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
