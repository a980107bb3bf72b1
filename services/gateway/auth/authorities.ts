import { createHash } from 'node:crypto';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { identityActions } from '../../../shared/protocol/identity/actions.ts';
import type { OutputOf } from '../../../shared/protocol/define.ts';
import type { Call } from '../../../shared/moleculer/call.ts';

type Authority = OutputOf<typeof identityActions.checkSession>;
type KeyAuthority = OutputOf<typeof identityActions.checkApiKey>;

/** What identity says of sessions and API keys, remembered for a moment. */
export interface Authorities {
  ofSession: (session: { userId: string; sessionId: string }, requestId: string) => Promise<Authority>;
  ofApiKey: (key: string, requestId: string) => Promise<KeyAuthority>;
  /** Forgets all about a user or an API key, because identity said that something changed. */
  forget: (id: string) => void;
}

interface Remembered<Value> {
  answer: Promise<Value>;
  until: number;
  /** User or API key; unknown until the answer is there. */
  owner: string | null;
}

/** Bounds the harm of a lost message: a changed role takes effect after this time at the latest. */
const REMEMBER_MS = 5_000;
const MOST = 20_000;

/**
 * Requests of one session ask identity once per 5 seconds; those that come together share one question.
 * @param clock  milliseconds, monotonic
 */
export function authoritiesFrom(call: Call, clock: () => number = () => performance.now()): Authorities {
  const sessions = new Memory<Authority>(clock);
  const keys = new Memory<KeyAuthority>(clock);
  const asGateway = (requestId: string) => serviceActor('gateway', requestId);
  return {
    ofSession: ({ userId, sessionId }, requestId) =>
      sessions.get(
        `${userId} ${sessionId}`,
        () => call(identityActions.checkSession, { userId, sessionId }, asGateway(requestId)),
        userId,
      ),
    ofApiKey: (key, requestId) =>
      keys.get(createHash('sha256').update(key).digest('hex'), () =>
        call(identityActions.checkApiKey, { key }, asGateway(requestId)),
      ),
    forget: (id) => {
      sessions.forget(id);
      keys.forget(id);
    },
  };
}

/** Answers by key, each with its owner. A failed question is not remembered. */
class Memory<Value> {
  readonly #entries = new Map<string, Remembered<Value>>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get(key: string, ask: () => Promise<Value>, owner: string | null = null): Promise<Value> {
    const known = this.#entries.get(key);
    if (known && known.until > this.#clock()) return known.answer;
    this.#makeRoom();
    const entry: Remembered<Value> = { answer: ask(), until: this.#clock() + REMEMBER_MS, owner };
    this.#entries.set(key, entry);
    entry.answer.then(
      (answer) => void (entry.owner ??= (answer as { id?: string | null }).id ?? null),
      () => this.#entries.get(key) === entry && this.#entries.delete(key),
    );
    return entry.answer;
  }

  /** An answer whose owner is not known yet may be the one that has just become wrong. */
  forget(owner: string): void {
    for (const [key, entry] of this.#entries)
      if (entry.owner === owner || entry.owner === null) this.#entries.delete(key);
  }

  #makeRoom(): void {
    if (this.#entries.size < MOST) return;
    for (const [key, { until }] of this.#entries) if (until <= this.#clock()) this.#entries.delete(key);
    if (this.#entries.size >= MOST) this.#entries.clear();
  }
}
