import { chanceOf, type Chance } from '../chance.ts';
import type { Sample, SampleDocument } from '../sample.ts';
import { findingsOf, likeNew, type Finding } from './findings.ts';

/**
 * How a parcel is recognised: `announced` by its RMA number, `order` by the order number on the delivery note, `label`
 * by the merchant's address only, `unknown` not at all on the day it comes, `undeliverable` by the order number.
 */
export type Recognised = 'announced' | 'order' | 'label' | 'unknown' | 'undeliverable';

/** A parcel that comes back in the demo's month: what lies in it and what a worker finds. */
export interface PlannedReturn {
  merchant: string;
  recognised: Recognised;
  /** Number of the announced return or of the order; of none for `label` and `unknown`. */
  code: string | null;
  trackingNumber: string;
  /** `YYYY-MM-DD` on which it is received. */
  day: string;
  /** On which its inspection is completed: later than `day` when the merchant had to be found first. */
  inspectedOn: string;
  items: PlannedItem[];
  /** Photos of the parcel beside those of the items. */
  parcelPhotos: number;
}

export interface PlannedItem {
  sku: string;
  name: string;
  /** Announced or taken down, in pieces; more than the parts together when some are missing. */
  pieces: number;
  /** None for a parcel that nobody opens. */
  parts: { pieces: number; finding: Finding }[];
}

/** Which documents may come back when. */
export interface Wave {
  /** Documents of these days are known to the warehouse. */
  upTo: string;
  /** Days on which parcels come in. */
  days: string[];
}

/** Announced ones come as they are; of those nobody announced, this many per wave. */
const UNANNOUNCED_PER_WAVE = { order: 15, label: 7, undeliverable: 2, unknown: 1 } as const;

/** Everything that comes back in the month, in order of the days. The same sample gives the same plan. */
export function planReturns(sample: Sample, waves: readonly Wave[]): PlannedReturn[] {
  const used = new Set<SampleDocument>();
  let since = '';
  return waves.flatMap(({ upTo, days }, index) => {
    const chance = chanceOf(`wave ${index}`);
    const announced = sample.announced.filter(({ day }) => day > since && day <= upTo);
    since = upTo;
    const orders = shuffled(
      sample.orders.filter((order) => order.day <= upTo && isOrdinary(order) && !used.has(order)),
      chance,
    );
    const planned = [
      ...announced.map((document) => plan('announced', document, days, chance)),
      ...(Object.keys(UNANNOUNCED_PER_WAVE) as (keyof typeof UNANNOUNCED_PER_WAVE)[]).flatMap((recognised) =>
        orders.splice(0, UNANNOUNCED_PER_WAVE[recognised]).map((order) => {
          used.add(order);
          return plan(recognised, order, days, chance);
        }),
      ),
    ];
    return planned.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  });
}

/** Consumers send back a few pieces, not pallets. */
const isOrdinary = ({ lines }: SampleDocument): boolean =>
  lines.length <= 6 && lines.every(({ pieces }) => pieces <= 12);

function plan(
  recognised: Recognised,
  document: SampleDocument,
  days: readonly string[],
  chance: Chance,
): PlannedReturn {
  const day = chance.pick(recognised === 'unknown' ? days.slice(0, Math.max(1, days.length - 1)) : days);
  const unopened = recognised === 'undeliverable';
  const whole = recognised === 'announced' || unopened;
  const lines = whole ? document.lines : document.lines.slice(0, chance.whole(1, 2));
  const items = lines.map(({ sku, name, pieces }) => {
    const back = whole ? pieces : chance.whole(1, Math.min(pieces, 3));
    return { sku, name, pieces: back, parts: unopened ? [] : parts(name, back, recognised, chance) };
  });
  const isBad = items.some(({ parts: found }) => found.some(({ finding }) => finding.grade !== 'A'));
  return {
    merchant: document.merchant,
    recognised,
    code: recognised === 'label' || recognised === 'unknown' ? null : document.number,
    trackingNumber: `00340434${chance.whole(100_000, 999_999)}${chance.whole(100_000, 999_999)}`,
    day,
    inspectedOn: recognised === 'unknown' ? days.at(-1)! : day,
    items,
    parcelPhotos: unopened ? 0 : isBad ? 1 : chance.whole(0, 1),
  };
}

/** Mostly one finding for all pieces of a line; sometimes a few of them are worse; an announced piece may be missing. */
function parts(article: string, pieces: number, recognised: Recognised, chance: Chance): PlannedItem['parts'] {
  const isMissing = recognised === 'announced' && pieces > 1 && chance.next() < 0.2;
  const here = isMissing ? pieces - 1 : pieces;
  const good = chance.pick(likeNew);
  const bad = chance.pick(findingsOf(article));
  const luck = chance.next();
  if (luck < 0.42) return [{ pieces: here, finding: good }];
  if (here === 1 || luck < 0.8) return [{ pieces: here, finding: bad }];
  const worse = chance.whole(1, Math.max(1, Math.floor(here / 3)));
  return [
    { pieces: worse, finding: bad },
    { pieces: here - worse, finding: good },
  ];
}

function shuffled<Item>(items: readonly Item[], chance: Chance): Item[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
