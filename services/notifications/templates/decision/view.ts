import type { z } from 'zod';
import { date } from '../../../../shared/documents/formats.ts';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import type { decisionRequestedV1 } from '../../../../shared/protocol/returns/events.ts';
import { choosePhotos } from '../../domain/photo-choice.ts';
import type { Block } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import type { MailLinks } from '../links.ts';
import { moment } from '../moment.ts';
import { countPhotos, inlinePhoto, pictureOf, type PhotoRef } from '../photos.ts';
import { readerValues } from '../render.ts';
import type { Attachment, Reader } from '../template.ts';
import { GRADE_TONES, reasonIn, WORDS } from '../words.ts';
import { TEXTS } from './texts.ts';

export type Asked = z.output<typeof decisionRequestedV1.payload>;
type AskedItem = Asked['items'][number];

/** Photos shown inside one mail; with 320 pixels each a mail stays below a megabyte. */
const MAX_PHOTOS = 12;
/** Mail programs cut a mail off at about 100 kB of HTML. */
const MAX_ITEMS = 30;

/** What the texts may name. */
export function decisionValues(payload: Asked, reader: Reader, zone: string): Values {
  const { language } = reader;
  const due = firstDue(payload);
  return {
    ...readerValues(reader),
    return: {
      number: payload.number,
      order: payload.orderNumber ?? WORDS[language].none,
      pieces: String(payload.items.reduce((sum, { quantity }) => sum + quantity, 0)),
    },
    decision: { due: moment(due, zone, language), dueOn: date(localDateOf(due, zone), language) },
  };
}

/** The question without what has passed its deadline; `null` when nothing is left. */
export function openAt(payload: Asked, now: Date): Asked | null {
  const items = payload.items.filter(({ dueAt }) => new Date(dueAt) > now);
  return items.length ? { ...payload, items } : null;
}

/** The deadline to name: pieces may have deadlines of their own, and the first one must not be missed. */
export const firstDue = ({ items }: Pick<Asked, 'items'>): Date =>
  new Date(Math.min(...items.map(({ dueAt }) => Date.parse(dueAt))));

/** What is asked about each item, with its finding, its photos and what happens without an answer. */
export function decisionBlocks(
  payload: Asked,
  { language }: Reader,
  { links, zone }: { links: MailLinks; zone: string },
): { blocks: Block[]; attachments: Attachment[] } {
  const { items: title, labels, decide, inPortal } = TEXTS[language];
  const words = WORDS[language];
  const listed = payload.items.slice(0, MAX_ITEMS);
  const unlisted = payload.items.length - listed.length;
  const chosen = choosePhotos(
    listed.map(({ photos }) => photos),
    MAX_PHOTOS,
  );
  // works as long as anything can be decided
  const url = links.decide(payload.returnId, payload.revision, new Date(payload.dueAt));
  const blocks: Block[] = [
    {
      type: 'facts',
      facts: [
        [labels.number, payload.number],
        ...(payload.orderNumber ? [[labels.order, payload.orderNumber] as const] : []),
        [labels.dueAt, moment(firstDue(payload), zone, language)],
      ],
    },
    { type: 'button', label: decide, url },
    { type: 'links', links: [{ label: inPortal, url: links.returnPage(payload.returnId) }] },
    { type: 'heading', text: title },
    ...listed.map((item, index) => itemBlock(item, chosen[index]!, language, { links, zone })),
    ...(unlisted ? [{ type: 'hint' as const, text: fill(words.more, { count: String(unlisted) }) }] : []),
    ...(chosen.some(({ length }) => length)
      ? [{ type: 'hint' as const, text: words.larger, aboutPictures: true as const }]
      : []),
  ];
  return { blocks, attachments: chosen.flat().map(inlinePhoto) };
}

function itemBlock(
  item: AskedItem,
  shown: readonly PhotoRef[],
  language: Reader['language'],
  { links, zone }: { links: MailLinks; zone: string },
): Block {
  const [texts, words] = [TEXTS[language], WORDS[language]];
  const { labels } = texts;
  const name = item.name || item.sku || words.unknownArticle;
  const grade = item.grade && words.grades[item.grade];
  const reason = reasonIn(language, item);
  const when = moment(new Date(item.dueAt), zone, language);
  return {
    type: 'item',
    title: name,
    detail: [`${labels.quantity}: ${item.quantity}`, ...(item.sku ? [`${labels.sku}: ${item.sku}`] : [])].join(' · '),
    badge: {
      text: grade ? `${grade.name}: ${grade.meaning}` : words.ungraded,
      tone: item.grade ? GRADE_TONES[item.grade] : 'plain',
    },
    facts: [
      ...(reason ? [[labels.reason, reason] as const] : []),
      [labels.choices, item.choices.map((choice) => words.choices[choice]).join(', ')],
      [labels.byDefault, fill(texts.byDefault, { what: words.defaults[item.defaultDisposition], when })],
    ],
    note: item.note,
    pictures: shown.map((photo, index) =>
      pictureOf(photo, fill(texts.photoOf, { index: String(index + 1), item: name }), links),
    ),
    picturesNote: countPhotos(item.photos.length, shown.length, texts),
  };
}
