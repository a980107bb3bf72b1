import { useSyncExternalStore } from 'react';
import type { Output } from '../api/contract.ts';
import { ApiError, OfflineError, problemOf } from '../api/errors.ts';
import { noteAnswer } from '../api/reachability.ts';
import { createLogOutDebt, isSessionOver } from './log-out-debt.ts';

type Answer = Omit<Output<'POST /auth/login'>, 'refreshToken'>;
export type User = Answer['user'];

/**
 * `offline`: this browser knows who was logged in, but the server could not be asked yet. What is kept in the browser
 * can be worked on; the first request that reaches the server decides.
 */
export type Session =
  | {
      status: 'out';
      user: undefined;
      /** Somebody logged out, so there is nothing to come back to. */ byChoice: boolean;
      /** A session ended by itself, which has to be said. */ ended?: boolean;
    }
  | { status: 'in' | 'offline'; user: User };

const USER_KEY = 'kontor.user';
/** A token that ends within this time is renewed first. */
const MARGIN_MS = 30_000;
/** The other tabs wait for it, and on a network that swallows everything nothing else would end it. */
const PATIENCE_MS = 20_000;
/** A log-out that the server has not heard of is told again. */
const AGAIN_MS = 30_000;

let session: Session = { status: 'out', user: undefined, byChoice: false };
/** In memory only; the refresh token is in a cookie that no script can read. */
let token: { text: string; endsAt: number } | undefined;
let renewing: Promise<void> | undefined;
const listeners = new Set<() => void>();
const otherTabs = new BroadcastChannel('kontor-session');
const debt = createLogOutDebt(
  () => localStorage,
  () => post('/auth/logout', {}),
);

otherTabs.onmessage = ({ data }: MessageEvent<Answer | 'out'>) => (data === 'out' ? end(true) : begin(data));

export const currentSession = (): Session => session;
export const useSession = (): Session => useSyncExternalStore(subscribe, currentSession);
/** The user, on pages that only somebody who is logged in sees. */
export function useUser(): User {
  const { user } = useSession();
  if (!user) throw new Error('Nobody is logged in');
  return user;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** @throws ApiError 401 for a wrong e-mail or password, 429 after too many; OfflineError */
export async function logIn(email: string, password: string): Promise<void> {
  await alone(async () => {
    // told later it would end the session that begins now; without an answer nobody can log in either
    await debt.settle().catch((error: unknown) => {
      if (error instanceof OfflineError) throw error;
    });
    const answer = await post('/auth/login', { email, password });
    debt.forgive();
    begin(answer);
    otherTabs.postMessage(answer);
  });
}

/** Ends the session here and in every tab; the server is told when it can be reached, even after a reload. */
export async function logOut(): Promise<void> {
  debt.owe();
  end(true);
  otherTabs.postMessage('out');
  await settleDebt();
}

async function settleDebt(): Promise<void> {
  await alone(debt.settle).catch(() => undefined);
  if (debt.isOwed()) setTimeout(() => void settleDebt(), AGAIN_MS);
}

/** After a reload: whoever was logged in still is, if the cookie is good; without network that is believed. */
export async function restoreSession(): Promise<void> {
  if (debt.isOwed()) void settleDebt();
  window.addEventListener('online', () => void alone(debt.settle).catch(() => undefined));
  const user = rememberedUser();
  if (!user) return;
  change({ status: 'offline', user });
  await renew().catch(() => undefined);
}

/**
 * A token that is good for the next request.
 * @param refused  a token the server did not take, so that it is not handed out again
 * @throws ApiError 401 when the session is over; OfflineError when nobody can be asked
 */
export async function accessToken(refused?: string): Promise<string> {
  if (!token || token.text === refused || token.endsAt - Date.now() < MARGIN_MS) await renew();
  return token!.text;
}

/** Asks once however many requests wait for it, and in one tab at a time: a refresh token counts once. */
function renew(): Promise<void> {
  const before = token;
  renewing ??= alone(async () => {
    // another tab was faster and told us
    if (token !== before && token && token.endsAt - Date.now() > MARGIN_MS) return;
    try {
      const answer = await post('/auth/refresh', {});
      // somebody logged out meanwhile
      if (debt.isOwed()) throw new ApiError(401, { code: 'LOGGED_OUT' });
      begin(answer);
      otherTabs.postMessage(answer);
    } catch (error) {
      if (isSessionOver(error)) end(debt.isOwed());
      throw error;
    }
  }).finally(() => (renewing = undefined));
  return renewing;
}

/** Web locks exist in secure contexts only, which every real installation is. */
const alone = (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request('kontor-session', work) : work();

async function post(path: string, body: object): Promise<Answer> {
  // it goes on when the page is left, else the new cookie would be lost and the old one be refused
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const request = { method: 'POST', body: JSON.stringify(body), keepalive: true, signal };
  const unanswered = (error: unknown) => {
    noteAnswer(false);
    throw new OfflineError(error);
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`/api/v1${path}`, { ...request, headers }).catch(unanswered);
  const text = await answer.text().catch(unanswered);
  noteAnswer(true);
  if (!answer.ok) throw problemOf(answer.status, text, answer.headers.get('content-type'));
  try {
    return (text ? JSON.parse(text) : {}) as Answer;
  } catch (error) {
    // the page of a guest network is no answer of ours
    throw new OfflineError(error);
  }
}

function begin({ accessToken: text, expiresIn, user }: Answer): void {
  token = { text, endsAt: Date.now() + expiresIn * 1_000 };
  localStorage.setItem(USER_KEY, JSON.stringify(user));
  change({ status: 'in', user });
}

function end(byChoice = false): void {
  token = undefined;
  localStorage.removeItem(USER_KEY);
  change({ status: 'out', user: undefined, byChoice, ended: !byChoice });
}

function change(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function rememberedUser(): User | undefined {
  try {
    return JSON.parse(localStorage.getItem(USER_KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
