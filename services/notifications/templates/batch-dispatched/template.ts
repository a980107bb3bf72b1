import type { z } from 'zod';
import { date, decimal } from '../../../../shared/documents/formats.ts';
import { batchDispatchedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Block } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { trackingUrl } from '../../../../shared/kernel/tracking-url.ts';
import type { MailLinks } from '../links.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { WORDS, type Words } from '../words.ts';
import { sampleBatch } from './sample.ts';
import { TEXTS, type Texts } from './texts.ts';

export type Dispatched = z.output<typeof batchDispatchedV1.payload>;

/** Mail programs cut a mail off at about 100 kB of HTML; the packing list in the parcel is complete. */
export const MAX_ROWS = 80;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

export const batchDispatched = defineTemplate<typeof batchDispatchedV1>({
  kind: 'batchDispatched',
  consumer: 'notifications.tell-batch-dispatched',
  event: batchDispatchedV1,
  audience: 'notice',
  about: ({ batchId }) => ({ documentId: batchId, revision: 0 }),
  slots: SLOTS,
  values: batchValues,
  sample: sampleBatch,
  write: (payload, reader, { texts: own, links }) => {
    const [texts, words, values] = [TEXTS[reader.language], WORDS[reader.language], batchValues(payload, reader)];
    const say = speaker(SLOTS[reader.language], own, values);
    const put = (text: string) => fill(text, values);
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        {
          type: 'facts',
          facts: [
            [texts.labels.number, put('{{batch.number}}')],
            [texts.labels.dispatchedOn, put('{{batch.dispatchedOn}}')],
            [texts.labels.carrier, put('{{batch.carrier}}')],
            [texts.labels.tracking, put('{{batch.trackingNumber}}')],
            [texts.labels.parcels, put('{{batch.parcels}}')],
            [texts.labels.weight, put('{{batch.weight}}')],
            [texts.labels.pieces, put('{{batch.pieces}}')],
          ],
        },
        ...linksOf(payload, texts, links),
        ...contents(payload, texts, words),
        ...hint(say('closing')),
      ],
      attachments: [],
    };
  },
});

/** What the texts may name. */
export function batchValues(payload: Dispatched, reader: Reader): Values {
  const { language } = reader;
  return {
    ...readerValues(reader),
    batch: {
      number: payload.number,
      dispatchedOn: date(payload.dispatchedOn, language),
      carrier: payload.carrier,
      trackingNumber: payload.trackingNumber,
      parcels: String(payload.parcels),
      weight: `${decimal((payload.weightGrams / 1_000).toFixed(3), language)}\u00A0kg`,
      pieces: String(payload.pieces),
    },
  };
}

function linksOf(
  { batchId, carrier, trackingNumber }: Dispatched,
  { links: labels }: Texts,
  links: MailLinks,
): Block[] {
  const tracking = trackingUrl(carrier, trackingNumber);
  return [
    ...(tracking ? [{ type: 'button' as const, label: labels.tracking, url: tracking }] : []),
    { type: 'links', links: [{ label: labels.packingList, url: links.batchPage(batchId) }] },
  ];
}

function contents({ items }: Dispatched, { columns, items: title }: Texts, words: Words): Block[] {
  if (!items.length) return [];
  const rows = items
    .slice(0, MAX_ROWS)
    .map(({ returnNumber, name, sku, foreign, grade, reason, quantity }) => [
      returnNumber,
      foreign ? words.notYours : [name || (sku ? '' : words.unknownArticle), sku ?? ''].filter(Boolean).join('\n'),
      foreign ? '' : [grade ? words.grades[grade].name : words.ungraded, reason ?? ''].filter(Boolean).join('\n'),
      String(quantity),
    ]);
  const unlisted = items.length - rows.length;
  return [
    { type: 'heading', text: title },
    {
      type: 'table',
      head: [columns.return, columns.article, columns.grade, columns.quantity],
      rows,
      numeric: [false, false, false, true],
      widths: [24, 35, 26, 15],
    },
    ...(unlisted ? [{ type: 'hint' as const, text: fill(words.more, { count: String(unlisted) }) }] : []),
  ];
}
