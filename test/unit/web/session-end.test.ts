import { afterEach, expect, test } from '@jest/globals';
import { ApiError, OfflineError, problemOf } from '../../../web/src/app/api/errors.ts';
import { isOnline, noteAnswer } from '../../../web/src/app/api/reachability.ts';
import { sendForm } from '../../../web/src/app/api/send-form.ts';
import { createLogOutDebt, isSessionOver } from '../../../web/src/app/session/log-out-debt.ts';
import { onOtherUser } from '../../../web/src/app/session/other-user.ts';

type Who = { user: { id: string } | undefined };

test('what was fetched for one user is forgotten whenever another one or nobody is there, and only then', () => {
  let session: Who = { user: { id: 'maria' } };
  let forgotten = 0;
  const listeners: (() => void)[] = [];
  const become = (id: string | undefined) => {
    session = { user: id === undefined ? undefined : { id } };
    listeners.forEach((listener) => listener());
    return forgotten;
  };
  onOtherUser(
    () => session as never,
    (listener) => listeners.push(listener),
    () => void (forgotten += 1),
  );
  // a renewed token
  expect(become('maria')).toBe(0);
  expect(become(undefined)).toBe(1);
  expect(become(undefined)).toBe(1);
  expect(become('tom')).toBe(2);
  // logged in from another tab, without a log-out that this one heard of
  expect(become('anna')).toBe(3);
});

function marks(kept = new Map<string, string>()) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

test('a log-out without network stays owed, through a reload too, until the server has heard of it', async () => {
  const device = marks();
  let away = true;
  let told = 0;
  const send = () => {
    if (away) return Promise.reject(new OfflineError());
    told += 1;
    return Promise.resolve();
  };
  const before = createLogOutDebt(() => device, send);
  await before.settle();
  before.owe();
  await expect(before.settle()).rejects.toThrow(OfflineError);

  const reloaded = createLogOutDebt(() => device, send);
  expect(reloaded.isOwed()).toBe(true);
  away = false;
  await reloaded.settle();
  await reloaded.settle();
  expect(told).toBe(1);
  expect(reloaded.isOwed()).toBe(false);
});

test.each([
  ['the session is over already', 401, 'TOKEN_INVALID', 'application/problem+json', false],
  ['a guest network answers', 403, 'SIGN_IN', 'text/html', true],
  ['the server fails', 500, 'INTERNAL_ERROR', 'application/problem+json', true],
])('when %s the log-out stays owed: %#', async (_name, status, code, type, stays) => {
  const refusal = problemOf(status, JSON.stringify({ status, code }), type);
  const debt = createLogOutDebt(
    () => device,
    () => Promise.reject(refusal),
  );
  const device = marks();
  debt.owe();
  await debt.settle().catch(() => undefined);
  expect(debt.isOwed()).toBe(stays);
  expect(isSessionOver(refusal)).toBe(status === 401);
});

/** Answers every request, or never does. */
class FakeRequest {
  static sent = 0;
  static answers = true;
  upload: { onprogress?: unknown } = {};
  onload: () => void = () => undefined;
  onabort: () => void = () => undefined;
  status = 413;
  responseText = '<html></html>';
  open() {}
  setRequestHeader() {}
  getResponseHeader = (name: string) => (name === 'content-type' ? 'text/html' : null);
  abort() {
    this.onabort();
  }
  send() {
    FakeRequest.sent += 1;
    if (FakeRequest.answers) queueMicrotask(() => this.onload());
  }
}
Object.assign(globalThis, { XMLHttpRequest: FakeRequest });
Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
afterEach(() => void Object.assign(FakeRequest, { sent: 0, answers: true }));

test('an upload that was called off before it began is never sent', async () => {
  const signal = AbortSignal.abort(new Error('too late'));
  await expect(sendForm('POST', '/x', new FormData(), {}, { signal })).rejects.toThrow('too late');
  expect(FakeRequest.sent).toBe(0);

  FakeRequest.answers = false;
  const controller = new AbortController();
  const sending = sendForm('POST', '/x', new FormData(), {}, { signal: controller.signal });
  controller.abort();
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' });
});

test('an upload that is answered says that the server is there, and what kind of answer it was', async () => {
  noteAnswer(false);
  expect(isOnline()).toBe(false);
  const answer = await sendForm('POST', '/x', new FormData(), {}, {});
  expect(isOnline()).toBe(true);
  expect(problemOf(answer.status, answer.text, answer.contentType)).toMatchObject({ status: 413, code: 'HTTP_413' });
  expect(problemOf(413, '{"code":"FILE_TOO_LARGE"}', 'application/problem+json')).toBeInstanceOf(ApiError);
});
