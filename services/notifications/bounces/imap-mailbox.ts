import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import { isLoopback } from '../../../shared/kernel/loopback.ts';
import type { BounceMailbox, Settled, WaitingMail } from './bounce-mailbox.ts';

/** Set on what was settled; where a server keeps no flags of its own, the mail counts as read. */
export const SETTLED_FLAG = '$KontorSettled';
/** A server gives up after five days (RFC 5321, 4.5.4.1), so older mails tell nothing new. */
const NO_OLDER_THAN_MS = 14 * 86_400_000;
const HEAD_BYTES = 131_072;
const AT_ONCE = 20;
/** Of a whole visit: a server that drips never hits a timeout of idleness. */
const DEADLINE_MS = 60_000;

export interface ImapMailboxOptions {
  /** By the clock of the machine: the dates of a mailbox are its server's. */
  now: () => Date;
  deadlineMs?: number;
}

interface Place {
  options: ImapFlowOptions;
  folder: string;
}

/** Uids count within one validity of the folder (RFC 3501, 2.3.1.1). */
interface Memory {
  validity: bigint | undefined;
  left: Set<number>;
  done: Set<number>;
  /** Of what is done: what the server does not know of yet. */
  unmarked: Set<number>;
  /** Looked at and to be looked at again, the one that waits longest first. */
  later: Set<number>;
}

const nothingKnown = (validity?: bigint): Memory => ({
  ...{ validity, left: new Set(), done: new Set(), unmarked: new Set(), later: new Set() },
});

/**
 * A folder of an IMAP server, over a connection of its own for each visit.
 * @param url  KONTOR_BOUNCE_IMAP; user and password are percent-encoded, the path is the folder
 */
export function imapMailbox(url: string, { now, deadlineMs = DEADLINE_MS }: ImapMailboxOptions): BounceMailbox {
  const place = readPlace(new URL(url), deadlineMs);
  const memory = nothingKnown();
  return {
    waiting: () => visit(place, deadlineMs, (client) => unsettled(client, memory, now())),
    settle: async (settled) => {
      for (const [uid, verdict] of settled) remember(memory, uid, verdict);
      if (memory.unmarked.size) await visit(place, deadlineMs, (client) => mark(client, memory));
    },
  };
}

function remember({ left, done, unmarked, later }: Memory, uid: number, verdict: Settled): void {
  later.delete(uid);
  if (verdict === 'left') left.add(uid);
  else if (verdict === 'later') later.add(uid);
  else [done, unmarked].forEach((set) => set.add(uid));
}

async function unsettled(client: ImapFlow, memory: Memory, now: Date): Promise<WaitingMail[]> {
  const { uidValidity } = opened(client);
  if (memory.validity !== uidValidity) Object.assign(memory, nothingKnown(uidValidity));
  const flag = flagOf(client);
  const since = new Date(now.getTime() - NO_OLDER_THAN_MS);
  const criteria = flag === SETTLED_FLAG ? { unKeyword: flag, since } : { seen: false, since };
  const found = await client.search(criteria, { uid: true });
  // `false` is no empty mailbox: the library keeps the refusal to itself
  if (!found) throw new Error('The mailbox for bounces cannot be searched');
  const mails = await heads(client, memory, found);
  // said again as long as the server does not know it, so that the self-check tells of it
  if (!mails.length) await mark(client, memory);
  return mails;
}

/** What nobody looked at comes first, so that what has to wait holds up nothing. */
async function heads(client: ImapFlow, memory: Memory, found: readonly number[]): Promise<WaitingMail[]> {
  const { left, done, later } = memory;
  const open = new Set(found.filter((uid) => !left.has(uid) && !done.has(uid)));
  const inTurn = [...[...open].filter((uid) => !later.has(uid)), ...[...later].filter((uid) => open.has(uid))];
  const mails: WaitingMail[] = [];
  let refusal: unknown;
  for (const uid of inTurn.slice(0, AT_ONCE)) {
    try {
      const mail = await client.fetchOne(String(uid), { source: { start: 0, maxLength: HEAD_BYTES } }, { uid: true });
      // gone meanwhile, or not handed out
      if (mail && mail.source) mails.push({ uid, source: mail.source });
      else remember(memory, uid, 'left');
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal = error;
      remember(memory, uid, 'later');
    }
  }
  if (refusal !== undefined && !mails.length) throw refusal;
  return mails;
}

/** The server said no to one mail; anything else is about the connection. */
const isRefusal = (error: unknown): boolean =>
  ['NO', 'BAD'].includes(String((error as { responseStatus?: unknown }).responseStatus));

/** @throws Error when the server does not keep it: the library says so by `false` alone */
async function mark(client: ImapFlow, { validity, unmarked }: Memory): Promise<void> {
  if (!unmarked.size || opened(client).uidValidity !== validity) return;
  const uids = [...unmarked];
  if (!(await client.messageFlagsAdd(uids, [flagOf(client)], { uid: true })))
    throw new Error('The mailbox for bounces does not keep what is settled');
  uids.forEach((uid) => unmarked.delete(uid));
}

function flagOf(client: ImapFlow): string {
  const { permanentFlags } = opened(client);
  return !permanentFlags || permanentFlags.has('\\*') || permanentFlags.has(SETTLED_FLAG) ? SETTLED_FLAG : '\\Seen';
}

function opened({ mailbox }: ImapFlow) {
  if (!mailbox) throw new Error('The mailbox for bounces is not open');
  return mailbox;
}

/** One connection from log-in to log-out, ended by the deadline whatever the server does. */
async function visit<Result>(
  { options, folder }: Place,
  deadlineMs: number,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  // a fifth of a second that only who reads a mailbox pays
  const imap = await import('imapflow');
  const client = new imap.ImapFlow(options);
  // stays attached: what a dying socket says after the end must not end the process
  client.on('error', () => undefined);
  let deadline: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_resolve, reject) => {
    deadline = setTimeout(() => {
      reject(new Error(`The mailbox for bounces did not finish within ${deadlineMs} ms`));
      client.close();
    }, deadlineMs);
  });
  const within = async () => {
    await client.connect();
    await client.mailboxOpen(folder);
    const result = await work(client);
    await client.logout();
    return result;
  };
  const visiting = within();
  // it fails once more when the deadline has closed it
  visiting.catch(() => undefined);
  try {
    return await Promise.race([visiting, tooSlow]).catch(rethrow);
  } finally {
    clearTimeout(deadline);
    client.close();
  }
}

/** Without its cause: that carries what was sent, the password too. */
function rethrow(error: unknown): never {
  throw new Error(describe(error));
}

/** What people are shown: what the server answered, never what we sent. */
function describe(error: unknown): string {
  const { authenticationFailed, responseText, message, code } = error as Record<string, unknown>;
  if (authenticationFailed) return 'The mailbox for bounces refuses the log-in';
  if (typeof responseText === 'string') return `The mailbox for bounces answers: ${responseText.slice(0, 200)}`;
  if (typeof message === 'string' && message.startsWith('The mailbox')) return message;
  return `The mailbox for bounces cannot be read (${String(code ?? 'no answer').slice(0, 60)})`;
}

function readPlace(url: URL, deadlineMs: number): Place {
  const secure = url.protocol === 'imaps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const options: ImapFlowOptions = {
    host,
    port: url.port ? Number(url.port) : secure ? 993 : 143,
    secure,
    // a password never crosses a network in the clear
    ...(secure ? {} : { doSTARTTLS: !isLoopback(host) }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    // the deadline of the whole comes first
    ...{ connectionTimeout: 2 * deadlineMs, greetingTimeout: 2 * deadlineMs, socketTimeout: 2 * deadlineMs },
    // a head in a literal, and room for the answers around it
    maxLiteralSize: 2 * HEAD_BYTES,
  };
  return { options, folder: decodeURIComponent(url.pathname.slice(1)) || 'INBOX' };
}
