import type { ServiceBroker } from 'moleculer';
import {
  CHANGED,
  TOPIC_ALSO,
  TOPIC_OF_ACTION,
  TOPIC_OF_CONSUMER,
  TOPIC_OF_EVENT,
  type ChangeNotice,
  type Topic,
} from '../protocol/live.ts';
import type { AuditEntry } from './audit.ts';

/** What a use case says of a change that leaves neither an audit row nor an event. */
export interface Change {
  topic: Topic;
  /** Without it many changed, or none in particular. */
  id?: string;
  /** Null for what belongs to no merchant. */
  merchantId: string | null;
  version?: number;
}
export type Changed = (change: Change) => void;
export type Tell = (notices: readonly ChangeNotice[]) => void;

/** More of one merchant and topic are told as one. */
const MOST_OF_A_KIND = 20;
const GATHER_MS = 100;
/** Far below what a message of the bus may hold. */
const PER_MESSAGE = 500;

/**
 * What a transaction changed, for open screens: what it says itself, its audit rows, and its events where neither
 * speaks of the same topic and merchant.
 */
export function noticesOf(outgoing: {
  changes: readonly Change[];
  audits: readonly AuditEntry[];
  events: readonly { type: string; merchantId: string | null }[];
}): ChangeNotice[] {
  const told = [...outgoing.changes.map(noticeOf), ...outgoing.audits.flatMap(noticeOfAudit)];
  const notices = [...told, ...told.flatMap(alsoShownBy)];
  const known = new Set(notices.map(kindOf));
  const others = outgoing.events.flatMap(noticeOfEvent).filter((notice) => !known.has(kindOf(notice)));
  return merged([...notices, ...others]);
}

/**
 * Gathers the notices of a moment and broadcasts them, so that a burst of small transactions is one message. What is
 * still gathered when the process ends is lost, as any notice may be.
 */
export function changeTeller(broker: Pick<ServiceBroker, 'broadcast'>, lost: (error: unknown) => void): Tell {
  let gathered: ChangeNotice[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    timer = undefined;
    const notices = merged(gathered);
    gathered = [];
    for (let start = 0; start < notices.length; start += PER_MESSAGE)
      void broker.broadcast(CHANGED, { notices: notices.slice(start, start + PER_MESSAGE) }).catch(lost);
  };
  return (notices) => {
    if (!notices.length) return;
    gathered.push(...notices);
    if (gathered.length > 10 * PER_MESSAGE) gathered = merged(gathered);
    timer ??= setTimeout(send, GATHER_MS).unref();
  };
}

/** What the consumer of some events changed, as far as that is known by its name. */
export function changesOfConsumer(consumer: string, events: readonly { merchantId: string | null }[]): Change[] {
  const topic = TOPIC_OF_CONSUMER[beginningOf(consumer)];
  return topic
    ? [...new Set(events.map(({ merchantId }) => merchantId))].map((merchantId) => ({ topic, merchantId }))
    : [];
}

/** One notice per resource, the last one; one for all where there are too many of a kind. */
export function merged(notices: readonly ChangeNotice[]): ChangeNotice[] {
  return [...Map.groupBy(notices, kindOf).values()].flatMap((group) => {
    const byId = new Map(group.map((notice) => [notice.id, notice]));
    const [{ topic, merchantId }] = group as [ChangeNotice];
    return byId.size > MOST_OF_A_KIND ? [{ topic, id: null, merchantId }] : [...byId.values()];
  });
}

const kindOf = ({ topic, merchantId }: ChangeNotice): string => `${topic} ${merchantId}`;

const noticeOf = ({ topic, id, merchantId, version }: Change): ChangeNotice => ({
  topic,
  id: id ?? null,
  merchantId,
  ...(version === undefined ? {} : { version }),
});

function noticeOfAudit({ action, entityId, merchantId }: AuditEntry): ChangeNotice[] {
  const [about = ''] = action.split('.');
  const topic = Object.hasOwn(TOPIC_OF_ACTION, about) ? TOPIC_OF_ACTION[about] : undefined;
  // what is told of many at once has the id of something else
  return topic ? [{ topic, id: about.endsWith('s') ? null : entityId, merchantId }] : [];
}

/** In general: which of them changed is not known. Money of nobody yet changes no invoice. */
function alsoShownBy({ topic, merchantId }: ChangeNotice): ChangeNotice[] {
  const also = TOPIC_ALSO[topic];
  return also && merchantId !== null ? [{ topic: also, id: null, merchantId }] : [];
}

function noticeOfEvent({ type, merchantId }: { type: string; merchantId: string | null }): ChangeNotice[] {
  const topic = TOPIC_OF_EVENT[beginningOf(type)];
  return topic ? [{ topic, id: null, merchantId }] : [];
}

/** Service and first word: `returns.return` of `returns.return-received.v1`. */
const beginningOf = (name: string): string => /^[a-z]+\.[a-z]+/.exec(name)?.[0] ?? '';
