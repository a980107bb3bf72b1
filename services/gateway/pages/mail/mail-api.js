/* global document */

const BASE = '/api/v1';
/** Lives in memory only; a reload gets a new one by the cookie that no script can read. */
let accessToken;
let roles = [];

/** An answer that is no success, with its status. */
export class Refused extends Error {
  constructor(status) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

export async function logIn(email, password) {
  keep(await json(await post('/auth/login', { email, password })));
}

/** Whether an earlier log-in of this browser is still good. */
export async function resume() {
  const answer = await post('/auth/refresh', {});
  if (!answer.ok) return false;
  keep(await answer.json());
  return true;
}

function keep(session) {
  accessToken = session.accessToken;
  roles = session.user.roles;
}

/** Whoever may not is refused by the server, too. */
export const maySendAgain = () => roles.some((role) => role === 'finance' || role === 'admin');

export async function logOut() {
  accessToken = undefined;
  await post('/auth/logout', {});
}

export const listMessages = (parameters) => get(`/messages?${new URLSearchParams(parameters)}`).then(json);
export const readMessage = (id) => get(`/messages/${encodeURIComponent(id)}`).then(json);

/** @param version  as it was shown: a second click of somebody else is refused */
export const sendAgain = (id, version) =>
  withToken(() =>
    fetch(`${BASE}/messages/${encodeURIComponent(id)}/resend`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'if-match': `"${version}"` },
    }),
  ).then(json);

/** Saves a file that needs the token, under the name the server gives it. */
export async function download(path, fallbackName) {
  const answer = await get(path);
  if (!answer.ok) throw new Refused(answer.status);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = nameOf(answer.headers.get('content-disposition')) ?? fallbackName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const get = (path) => withToken(() => fetch(BASE + path, { headers: { authorization: `Bearer ${accessToken}` } }));

async function withToken(ask) {
  const answer = await ask();
  return answer.status === 401 && (await resume()) ? ask() : answer;
}

const post = (path, body) =>
  fetch(BASE + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function json(answer) {
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}

function nameOf(disposition) {
  const extended = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return extended ? decodeURIComponent(extended) : /filename="([^"]*)"/.exec(disposition ?? '')?.[1];
}
