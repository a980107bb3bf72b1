import { returnInspectedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Block, Picture } from '../content.ts';
import { fill } from '../fill.ts';
import { cidOf, inlinePhoto, type PhotoRef } from '../photos.ts';
import { defineTemplate } from '../template.ts';
import { GRADE_TONES, WORDS, type Words } from '../words.ts';
import { TEXTS, type Texts } from './texts.ts';
import { returnInspectedView, type Inspected, type InspectedItem, type ReturnInspectedView } from './view.ts';

export const returnInspected = defineTemplate<typeof returnInspectedV1>({
  kind: 'returnInspected',
  consumer: 'notifications.tell-return-inspected',
  event: returnInspectedV1,
  audience: 'notice',
  about: ({ returnId, revision }) => ({ documentId: returnId, revision }),
  write: (payload, reader) => {
    const [texts, words, view] = [TEXTS[reader.language], WORDS[reader.language], returnInspectedView(payload, reader)];
    const say = (text: string) => fill(text, view.values);
    return {
      subject: say(texts.subject),
      preheader: say(texts.preheader),
      heading: say(texts.heading),
      blocks: [
        { type: 'paragraph', text: say(`${words.greeting}\n\n${payload.revision ? texts.correction : texts.intro}`) },
        { type: 'facts', facts: returnFacts(payload, view, texts, words) },
        ...(view.items.length
          ? [{ type: 'heading' as const, text: texts.items }]
          : [{ type: 'paragraph' as const, text: texts.empty }]),
        ...view.items.map(({ item, shown }) => itemBlock(item, shown, texts, words)),
        ...(view.unlisted ? [{ type: 'hint' as const, text: fill(words.more, { count: String(view.unlisted) }) }] : []),
        ...parcelBlocks(view, texts),
        ...closing(payload, texts),
      ],
      attachments: [...view.items.flatMap(({ shown }) => shown), ...view.parcel.shown].map(inlinePhoto),
    };
  },
});

/** The order; without one, what else the merchant can find the customer by. */
function knownBy({ orderNumber, externalNumber, trackingNumber }: Inspected, { labels }: Texts) {
  if (orderNumber) return [[labels.order, orderNumber] as const];
  return [
    ...(externalNumber ? [[labels.external, externalNumber] as const] : []),
    ...(trackingNumber ? [[labels.tracking, trackingNumber] as const] : []),
  ];
}

function returnFacts(payload: Inspected, { values }: ReturnInspectedView, texts: Texts, words: Words) {
  return [
    [texts.labels.number, payload.number] as const,
    ...knownBy(payload, texts),
    [texts.labels.kind, words.kinds[payload.kind]] as const,
    [texts.labels.inspectedOn, fill('{{return.inspectedOn}}', values)] as const,
  ];
}

function itemBlock(item: InspectedItem, shown: readonly PhotoRef[], texts: Texts, words: Words): Block {
  const name = item.name || item.sku || words.unknownArticle;
  const grade = item.grade && words.grades[item.grade];
  return {
    type: 'item',
    title: name,
    detail: [
      `${texts.labels.quantity}: ${item.quantity}`,
      ...(item.sku ? [`${texts.labels.sku}: ${item.sku}`] : []),
    ].join(' · '),
    badge: {
      text: grade ? `${grade.name}: ${grade.meaning}` : words.ungraded,
      tone: item.grade ? GRADE_TONES[item.grade] : 'plain',
    },
    facts: [
      ...(item.reason ? [[texts.labels.reason, item.reason] as const] : []),
      [texts.labels.disposition, item.disposition ? words.dispositions[item.disposition] : words.undecided],
    ],
    note: item.note,
    pictures: shown.map((photo, index): Picture => ({
      cid: cidOf(photo),
      alt: fill(texts.photoOf, { index: String(index + 1), item: name }),
    })),
    picturesNote: countPhotos(item.photos.length, shown.length, texts),
  };
}

function parcelBlocks({ parcel }: ReturnInspectedView, texts: Texts): Block[] {
  if (!parcel.all.length) return [];
  const pictures = parcel.shown.map((photo, index) => ({
    cid: cidOf(photo),
    alt: fill(texts.photoOfParcel, { index: String(index + 1) }),
  }));
  return [
    { type: 'heading', text: texts.parcelPhotos },
    { type: 'pictures', pictures, picturesNote: countPhotos(parcel.all.length, parcel.shown.length, texts) },
  ];
}

function countPhotos(count: number, shown: number, texts: Texts): string {
  if (!count) return '';
  return fill(count > shown ? texts.morePhotos : texts.photos, { count: String(count), shown: String(shown) });
}

const closing = ({ items }: Inspected, { closing: text }: Texts): Block[] =>
  items.some(({ disposition }) => disposition === 'rtv') ? [{ type: 'hint', text }] : [];
