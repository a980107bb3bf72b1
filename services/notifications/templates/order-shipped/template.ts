import type { z } from 'zod';
import { date, decimal } from '../../../../shared/documents/formats.ts';
import { trackingUrl } from '../../../../shared/kernel/tracking-url.ts';
import { orderShippedV1 } from '../../../../shared/protocol/orders/events.ts';
import type { Block, Fact } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import { readerValues } from '../render.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate, type Reader } from '../template.ts';
import { WORDS, type Words } from '../words.ts';
import { sampleShipped } from './sample.ts';
import { TEXTS, type Texts } from './texts.ts';

export type Shipped = z.output<typeof orderShippedV1.payload>;

/** Mail programs cut a mail off at about 100 kB of HTML. */
export const MAX_ROWS = 80;

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'closing']);

/** Each shipment is told for itself: an order may leave in several. */
export const orderShipped = defineTemplate<typeof orderShippedV1>({
  kind: 'orderShipped',
  consumer: 'notifications.tell-order-shipped',
  event: orderShippedV1,
  audience: 'notice',
  about: ({ shipmentId }) => ({ documentId: shipmentId, revision: 0 }),
  slots: SLOTS,
  values: shippedValues,
  sample: sampleShipped,
  write: (payload, reader, { texts: own }) => {
    const [texts, words, values] = [TEXTS[reader.language], WORDS[reader.language], shippedValues(payload, reader)];
    const say = speaker(SLOTS[reader.language], own, values);
    const tracking = trackingUrl(payload.carrier ?? '', payload.trackingNumber ?? '');
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(say('greeting'), say('intro')),
        ...hint(payload.firstShipment ? '' : texts.further),
        { type: 'facts', facts: shippedFacts(payload, texts, values) },
        ...(tracking ? [{ type: 'button' as const, label: texts.track, url: tracking }] : []),
        ...contents(payload, texts, words),
        ...hint(say('closing')),
      ],
      attachments: [],
    };
  },
});

/** What the texts may name. */
export function shippedValues(payload: Shipped, reader: Reader): Values {
  const { language } = reader;
  const { none } = WORDS[language];
  return {
    ...readerValues(reader),
    order: { number: payload.orderNumber, channel: payload.channel },
    shipment: {
      shippedOn: date(payload.serviceDate, language),
      carrier: payload.carrier ?? none,
      trackingNumber: payload.trackingNumber ?? none,
      parcels: String(payload.parcels),
      weight: payload.weightGrams ? `${decimal((payload.weightGrams / 1_000).toFixed(3), language)}\u00A0kg` : none,
      pieces: String(payload.pieces),
    },
  };
}

/** What nobody noted is left out. */
function shippedFacts({ carrier, trackingNumber, weightGrams }: Shipped, { labels }: Texts, values: Values): Fact[] {
  const put = (text: string) => fill(text, values);
  return [
    [labels.order, put('{{order.number}}')],
    [labels.channel, put('{{order.channel}}')],
    [labels.shippedOn, put('{{shipment.shippedOn}}')],
    ...(carrier ? [[labels.carrier, carrier] as const] : []),
    ...(trackingNumber ? [[labels.tracking, trackingNumber] as const] : []),
    [labels.parcels, put('{{shipment.parcels}}')],
    ...(weightGrams ? [[labels.weight, put('{{shipment.weight}}')] as const] : []),
    [labels.pieces, put('{{shipment.pieces}}')],
  ];
}

function contents({ lines }: Shipped, { columns, items }: Texts, words: Words): Block[] {
  if (!lines.length) return [];
  const unlisted = lines.length - MAX_ROWS;
  return [
    { type: 'heading', text: items },
    {
      type: 'table',
      head: [columns.article, columns.sku, columns.quantity],
      rows: lines.slice(0, MAX_ROWS).map(({ name, sku, quantity }) => [name || sku, sku, String(quantity)]),
      numeric: [false, false, true],
      widths: [55, 30, 15],
    },
    ...(unlisted > 0 ? [{ type: 'hint' as const, text: fill(words.more, { count: String(unlisted) }) }] : []),
  ];
}
