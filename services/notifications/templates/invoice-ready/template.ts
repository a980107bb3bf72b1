import type { z } from 'zod';
import { date, money, period } from '../../../../shared/documents/formats.ts';
import { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { defineTemplate, type Attachment, type Reader } from '../template.ts';
import { WORDS } from '../words.ts';
import { TEXTS } from './texts.ts';

type Ready = z.output<typeof invoiceDocumentReadyV1.payload>;

export const invoiceReady = defineTemplate<typeof invoiceDocumentReadyV1>({
  kind: 'invoiceReady',
  consumer: 'notifications.tell-invoice-ready',
  event: invoiceDocumentReadyV1,
  audience: 'invoice',
  about: ({ invoiceId }) => ({ documentId: invoiceId, revision: 0 }),
  write: (payload, reader) => {
    const [texts, words, values] = [TEXTS[reader.language], WORDS[reader.language], invoiceValues(payload, reader)];
    const say = (text: string) => fill(text, values);
    return {
      issuerName: payload.issuerName,
      subject: say(texts.subject),
      preheader: say(texts.preheader),
      heading: say(texts.heading),
      blocks: [
        { type: 'paragraph', text: say(`${words.greeting}\n\n${texts.intro}`) },
        { type: 'figure', label: texts.amount, value: say('{{invoice.gross}}'), detail: say(texts.due) },
        {
          type: 'facts',
          facts: [
            [texts.labels.number, say('{{invoice.number}}')],
            [texts.labels.issueDate, say('{{invoice.issueDate}}')],
            [texts.labels.period, say('{{invoice.period}}')],
            [texts.labels.net, say('{{invoice.net}}')],
            [texts.labels.vat, say('{{invoice.vat}}')],
            [texts.labels.gross, say('{{invoice.gross}}')],
            [texts.labels.dueDate, say('{{invoice.dueDate}}')],
          ],
        },
        { type: 'paragraph', text: texts.closing },
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
