import { cut } from '../../../../shared/kernel/cut.ts';
import { date, type Language } from '../../../../shared/documents/formats.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { choosePhotos } from '../../domain/photo-choice.ts';
import type { Dispatched } from '../batch-dispatched/template.ts';
import type { Block, Entry } from '../content.ts';
import { fill, type Values } from '../fill.ts';
import type { MailLinks } from '../links.ts';
import { countPhotos, inlinePhoto, pictureOf, type PhotoRef } from '../photos.ts';
import { readerValues } from '../render.ts';
import type { Inspected, InspectedItem } from '../return-inspected/view.ts';
import type { Received } from '../return-received/template.ts';
import type { Shipped } from '../order-shipped/template.ts';
import type { Attachment, Reader } from '../template.ts';
import { GRADE_TONES, reasonIn, WORDS, type Words } from '../words.ts';
import { shippedTable } from './shipped-table.ts';
import { TEXTS, type Texts } from './texts.ts';

/** What a day brought, each in the order it happened. */
export interface DigestFacts {
  day: LocalDate;
  inspected: readonly Inspected[];
  received: readonly Received[];
  batches: readonly Dispatched[];
  shipped: readonly Shipped[];
}

/** Photos shown inside one mail; with 320 pixels each a mail stays below a megabyte. */
const MAX_PHOTOS = 12;
/** Mail programs cut a mail off at about 100 kB of HTML: some returns are shown in full, more of them in a line each. */
const MAX_CARDS = 6;
const MAX_ENTRIES = 3;
const MAX_NOTE = 300;
const MAX_ROWS = 10;

/** What the texts may name. */
export function digestValues({ day, inspected, received, batches, shipped }: DigestFacts, reader: Reader): Values {
  return {
    ...readerValues(reader),
    digest: {
      day: date(day, reader.language),
      inspected: String(inspected.length),
      received: String(received.length),
      batches: String(batches.length),
      shipped: String(shipped.length),
    },
  };
}

export function digestBlocks(
  facts: DigestFacts,
  { language }: Reader,
  links: MailLinks,
): { blocks: Block[]; attachments: Attachment[] } {
  const [texts, words] = [TEXTS[language], WORDS[language]];
  const shown = facts.inspected.slice(0, MAX_CARDS);
  const others = facts.inspected.slice(MAX_CARDS);
  const chosen = choosePhotos(shown.map(photosOf), MAX_PHOTOS);
  const cards = shown.map((inspected, index) => returnCard(inspected, chosen[index]!, { language, links }));
  const blocks: Block[] = [
    ...section(texts.inspected, cards, 0, words),
    ...section(texts.others, othersTable(others, language), others.length - MAX_ROWS, words),
    ...section(texts.received, receivedTable(facts.received, language), facts.received.length - MAX_ROWS, words),
    ...section(texts.batches, batchTable(facts.batches, texts), facts.batches.length - MAX_ROWS, words),
    {
      type: 'links',
      links: facts.batches.slice(0, MAX_ROWS).map(({ batchId, number }) => ({
        label: fill(texts.batchInPortal, { number }),
        url: links.batchPage(batchId),
      })),
    },
    ...section(texts.shipped, shippedTable(facts.shipped, language, MAX_ROWS), facts.shipped.length - MAX_ROWS, words),
    { type: 'button', label: texts.allInPortal, url: links.returns() },
  ];
  return {
    blocks: blocks.filter((block) => block.type !== 'links' || block.links.length),
    attachments: chosen.flat().map(inlinePhoto),
  };
}

/** A heading with what stands below it; nothing at all when there is nothing. */
function section(text: string, blocks: Block[], unlisted: number, words: Words): Block[] {
  if (!blocks.length) return [];
  return [
    { type: 'heading', text },
    ...blocks,
    ...(unlisted > 0 ? [{ type: 'hint' as const, text: fill(words.more, { count: String(unlisted) }) }] : []),
  ];
}

const photosOf = ({ items, photos }: Inspected): PhotoRef[] => [...items.flatMap((item) => item.photos), ...photos];

function returnCard(
  inspected: Inspected,
  shown: readonly PhotoRef[],
  { language, links }: { language: Language; links: MailLinks },
): Block {
  const [texts, words] = [TEXTS[language], WORDS[language]];
  const { number, orderNumber, kind, revision, inspectedOn, items, returnId } = inspected;
  const about = { day: date(inspectedOn, language), kind: words.kinds[kind] };
  const unlisted = items.length - MAX_ENTRIES;
  return {
    type: 'card',
    title: [
      fill(texts.returnOf, { number }),
      ...(orderNumber ? [fill(texts.orderOf, { order: orderNumber })] : []),
    ].join(' · '),
    detail: [
      fill(revision && (inspected.toldBefore ?? inspected.parcelsBefore) ? texts.again : texts.inspectedOn, about),
      ...(items.length ? [] : [texts.empty]),
    ].join('\n'),
    entries: items.slice(0, MAX_ENTRIES).map((item) => entry(item, language)),
    pictures: shown.map((photo, index) =>
      pictureOf(photo, fill(texts.photoOf, { index: String(index + 1), number }), links),
    ),
    picturesNote: [
      unlisted > 0 ? fill(words.more, { count: String(unlisted) }) : '',
      countPhotos(photosOf(inspected).length, shown.length, texts),
    ]
      .filter(Boolean)
      .join('\n'),
    link: { label: fill(texts.inPortal, { number }), url: links.returnPage(returnId) },
  };
}

function entry(item: InspectedItem, language: Language): Entry {
  const { name, sku, foreign, quantity, disposition, note } = item;
  const grade = foreign ? null : item.grade;
  const called = name || sku || WORDS[language].unknownArticle;
  const [texts, words] = [TEXTS[language], WORDS[language]];
  return {
    title: fill(texts.pieces, { quantity: String(quantity), name: foreign ? words.notYours : called }),
    detail: reasonIn(language, item) ?? '',
    outcome: [texts.outcome, disposition ? words.dispositions[disposition] : words.undecided],
    badge: {
      text: foreign ? words.foreign : grade ? words.grades[grade].name : words.ungraded,
      tone: grade ? GRADE_TONES[grade] : 'plain',
    },
    note: note.length > MAX_NOTE ? `${cut(note, MAX_NOTE)} …` : note,
  };
}

/** The grades tell where to look first. */
function othersTable(others: readonly Inspected[], language: Language): Block[] {
  if (!others.length) return [];
  const [{ columns }, words] = [TEXTS[language], WORDS[language]];
  const rows = others.slice(0, MAX_ROWS).map(({ number, orderNumber, items }) => {
    const grades = [...new Set(items.map(({ grade }) => grade))].sort();
    const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const names = grades.map((grade) => (grade ? words.grades[grade].name : words.ungraded));
    return [number, orderNumber ?? words.none, names.join(', ') || words.none, String(pieces)];
  });
  return [
    {
      type: 'table',
      head: [columns.return, columns.order, columns.grades, columns.pieces],
      rows,
      numeric: [false, false, false, true],
      widths: [28, 24, 34, 14],
    },
  ];
}

function receivedTable(received: readonly Received[], language: Language): Block[] {
  if (!received.length) return [];
  const [{ columns }, words] = [TEXTS[language], WORDS[language]];
  const rows = received
    .slice(0, MAX_ROWS)
    .map(({ number, orderNumber, kind, receivedOn }) => [
      number,
      orderNumber ?? words.none,
      words.kinds[kind],
      date(receivedOn, language),
    ]);
  return [
    {
      type: 'table',
      head: [columns.return, columns.order, columns.kind, columns.receivedOn],
      rows,
      numeric: [false, false, false, true],
      widths: [27, 22, 23, 28],
    },
  ];
}

function batchTable(batches: readonly Dispatched[], { batchColumns: columns }: Texts): Block[] {
  if (!batches.length) return [];
  return [
    {
      type: 'table',
      head: [columns.batch, columns.carrier, columns.tracking, columns.pieces],
      rows: batches
        .slice(0, MAX_ROWS)
        .map(({ number, carrier, trackingNumber, pieces }) => [number, carrier, trackingNumber, String(pieces)]),
      numeric: [false, false, false, true],
      widths: [28, 22, 38, 12],
    },
  ];
}
