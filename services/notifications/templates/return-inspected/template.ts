import { date, type Language } from '../../../../shared/documents/formats.ts';
import { returnInspectedV1 } from '../../../../shared/protocol/returns/events.ts';
import type { Block, Fact } from '../content.ts';
import { fill } from '../fill.ts';
import type { MailLinks } from '../links.ts';
import { countPhotos, inlinePhoto, pictureOf, type PhotoRef } from '../photos.ts';
import { hint, opening, slotsOf, speaker } from '../slots.ts';
import { defineTemplate } from '../template.ts';
import { GRADE_TONES, reasonIn, WORDS, type Words } from '../words.ts';
import { sampleInspected } from './sample.ts';
import { TEXTS, type Texts } from './texts.ts';
import { returnInspectedView, type Inspected, type InspectedItem, type ReturnInspectedView } from './view.ts';

const SLOTS = slotsOf(TEXTS, ['subject', 'preheader', 'heading', 'intro', 'correction', 'closing']);

export const returnInspected = defineTemplate<typeof returnInspectedV1>({
  kind: 'returnInspected',
  consumer: 'notifications.tell-return-inspected',
  event: returnInspectedV1,
  audience: 'notice',
  about: ({ returnId, revision }) => ({ documentId: returnId, revision }),
  slots: SLOTS,
  values: (payload, reader) => returnInspectedView(payload, reader).values,
  sample: sampleInspected,
  write: (payload, reader, { texts: own, links }) => {
    const [texts, words, view] = [TEXTS[reader.language], WORDS[reader.language], returnInspectedView(payload, reader)];
    const say = speaker(SLOTS[reader.language], own, view.values);
    return {
      subject: say('subject'),
      preheader: say('preheader'),
      heading: say('heading'),
      blocks: [
        ...opening(
          say('greeting'),
          say(payload.revision && (payload.toldBefore ?? payload.parcelsBefore) ? 'correction' : 'intro'),
        ),
        { type: 'facts', facts: returnFacts(payload, view, texts, words) },
        { type: 'button', label: texts.inPortal, url: links.returnPage(payload.returnId) },
        ...(view.items.length
          ? [{ type: 'heading' as const, text: texts.items }]
          : [{ type: 'paragraph' as const, text: texts.empty }]),
        ...view.items.map(({ item, shown }) => itemBlock(item, shown, reader.language, links)),
        ...(view.unlisted ? [{ type: 'hint' as const, text: fill(words.more, { count: String(view.unlisted) }) }] : []),
        ...parcelBlocks(view, texts, links),
        ...(shownPhotos(view) ? [{ type: 'hint' as const, text: words.larger, aboutPictures: true as const }] : []),
        ...(closing(payload) ? hint(say('closing')) : []),
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

function itemBlock(item: InspectedItem, shown: readonly PhotoRef[], language: Language, links: MailLinks): Block {
  const [texts, words] = [TEXTS[language], WORDS[language]];
  const name = item.foreign ? words.notYours : item.name || item.sku || words.unknownArticle;
  const grade = item.foreign ? null : item.grade && words.grades[item.grade];
  return {
    type: 'item',
    title: name,
    detail: [
      `${texts.labels.quantity}: ${item.quantity}`,
      ...(item.sku ? [`${texts.labels.sku}: ${item.sku}`] : []),
    ].join(' · '),
    badge: {
      text: item.foreign ? words.foreign : grade ? `${grade.name}: ${grade.meaning}` : words.ungraded,
      tone: item.grade && !item.foreign ? GRADE_TONES[item.grade] : 'plain',
    },
    facts: [
      ...evidence(item, texts, language),
      [texts.labels.disposition, item.disposition ? words.dispositions[item.disposition] : words.undecided],
    ],
    note: item.note,
    pictures: shown.map((photo, index) =>
      pictureOf(photo, fill(texts.photoOf, { index: String(index + 1), item: name }), links),
    ),
    picturesNote: item.foreign ? '' : countPhotos(item.photos.length, shown.length, texts),
  };
}

/** What else was found out about the goods. */
function evidence(item: InspectedItem, { labels }: Texts, language: Language): Fact[] {
  const { serialNumbers, serialMismatch, batchNumber, bestBefore } = item;
  const reason = reasonIn(language, item);
  const serials = serialNumbers.join(', ') + (serialMismatch ? ` (${labels.serialMismatch})` : '');
  return [
    ...(reason ? [[labels.reason, reason] as const] : []),
    ...(serialNumbers.length ? [[labels.serials, serials] as const] : []),
    ...(batchNumber ? [[labels.batch, batchNumber] as const] : []),
    ...(bestBefore ? [[labels.bestBefore, date(bestBefore, language)] as const] : []),
  ];
}

function parcelBlocks({ parcel }: ReturnInspectedView, texts: Texts, links: MailLinks): Block[] {
  if (!parcel.all.length) return [];
  const pictures = parcel.shown.map((photo, index) =>
    pictureOf(photo, fill(texts.photoOfParcel, { index: String(index + 1) }), links),
  );
  return [
    { type: 'heading', text: texts.parcelPhotos },
    { type: 'pictures', pictures, picturesNote: countPhotos(parcel.all.length, parcel.shown.length, texts) },
  ];
}

const shownPhotos = ({ items, parcel }: ReturnInspectedView): boolean =>
  parcel.shown.length > 0 || items.some(({ shown }) => shown.length > 0);

/** Whether something of it will come back with a batch. */
const closing = ({ items }: Inspected): boolean => items.some(({ disposition }) => disposition === 'rtv');
