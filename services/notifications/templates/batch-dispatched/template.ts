import type { z } from 'zod';
import { date, decimal } from '../../../../shared/documents/formats.ts';
import { batchDispatchedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Block } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { WORDS, type Words } from '../words.ts';
import { TEXTS, type Texts } from './texts.ts';

type Dispatched = z.output<typeof batchDispatchedV1.payload>;

/** Mail programs cut a mail off at about 100 kB of HTML; the packing list in the parcel is complete. */
export const MAX_ROWS = 80;

export const batchDispatched = defineTemplate<typeof batchDispatchedV1>({
  kind: 'batchDispatched',
  consumer: 'notifications.tell-batch-dispatched',
  event: batchDispatchedV1,
  audience: 'notice',
  about: ({ batchId }) => ({ documentId: batchId, revision: 0 }),
  write: (payload, reader) => {
    const [texts, words, values] = [TEXTS[reader.language], WORDS[reader.language], batchValues(payload, reader)];
    const say = (text: string) => fill(text, values);
    return {
      subject: say(texts.subject),
      preheader: say(texts.preheader),
      heading: say(texts.heading),
      blocks: [
        { type: 'paragraph', text: say(`${words.greeting}\n\n${texts.intro}`) },
        {
          type: 'facts',
          facts: [
            [texts.labels.number, say('{{batch.number}}')],
            [texts.labels.dispatchedOn, say('{{batch.dispatchedOn}}')],
            [texts.labels.carrier, say('{{batch.carrier}}')],
            [texts.labels.tracking, say('{{batch.trackingNumber}}')],
            [texts.labels.parcels, say('{{batch.parcels}}')],
            [texts.labels.weight, say('{{batch.weight}}')],
            [texts.labels.pieces, say('{{batch.pieces}}')],
          ],
        },
        ...contents(payload, texts, words),
        { type: 'hint', text: texts.closing },
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

function contents({ items }: Dispatched, { columns, items: title }: Texts, words: Words): Block[] {
  if (!items.length) return [];
  const rows = items
    .slice(0, MAX_ROWS)
    .map(({ returnNumber, name, sku, grade, reason, quantity }) => [
      returnNumber,
      [name || (sku ? '' : words.unknownArticle), sku ?? ''].filter(Boolean).join('\n'),
      [grade ? words.grades[grade].name : words.ungraded, reason ?? ''].filter(Boolean).join('\n'),
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
