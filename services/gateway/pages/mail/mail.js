/* global location, history, window */
import { download, listMessages, logIn, logOut, maySendAgain, readMessage, resume, sendAgain } from './mail-api.js';
import { attempt, attemptWith, explain } from './mail-attempts.js';
import { at, element, note, pill, refusal } from './mail-elements.js';
import { showTexts, size, switchLanguage, texts, when } from './mail-texts.js';

const PAGE = 50;

let items = [];
let nextCursor = null;
let opened = null;

void start();

async function start() {
  showAllTexts();
  at('language').onclick = () => {
    switchLanguage();
    showAllTexts();
    showList();
    if (opened) showMessage();
  };
  at('logout').onclick = async () => {
    await logOut();
    location.reload();
  };
  at('login-form').onsubmit = (event) => {
    event.preventDefault();
    void tryLogIn(new FormData(event.target));
  };
  at('refresh').onclick = () => load();
  at('state').onchange = () => load();
  at('more').onclick = () => load(nextCursor);
  at('back').onclick = () => history.back();
  at('show-html').onclick = () => chooseTab(true);
  at('show-text').onclick = () => chooseTab(false);
  at('source').onclick = () => onOpened(() => download(`/messages/${opened.id}/source`, 'message.eml'));
  at('resend').onclick = () => onOpened(resend);
  window.onhashchange = () => openFromAddress();
  if (await resume().catch(() => false)) await enter();
  else at('login').hidden = false;
}

async function tryLogIn(form) {
  const button = at('login-form').querySelector('button');
  button.disabled = true;
  at('login-error').hidden = true;
  try {
    await logIn(form.get('email'), form.get('password'));
    await enter();
  } catch (error) {
    at('login-error').textContent = error.status === 401 ? texts().loginFailed : explain(error);
    at('login-error').hidden = false;
  } finally {
    button.disabled = false;
  }
}

async function enter() {
  at('login').hidden = true;
  at('mail').hidden = false;
  at('logout').hidden = false;
  await load();
  await openFromAddress();
}

async function load(cursor) {
  note(texts().loading);
  const state = at('state').value;
  await attempt(async () => {
    const page = await listMessages({ limit: PAGE, ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) });
    items = cursor ? [...items, ...page.items] : page.items;
    nextCursor = page.nextCursor;
    note(items.length ? undefined : texts().none);
    showList();
  });
}

async function openFromAddress() {
  const id = location.hash.slice(1);
  at('mail').classList.toggle('reading', Boolean(id));
  opened = null;
  refusal();
  at('open').hidden = true;
  at('nothing').hidden = false;
  at('nothing').textContent = id ? texts().loading : texts().nothing;
  showList();
  if (!id) return;
  try {
    opened = await readMessage(id);
    showMessage();
  } catch (error) {
    at('nothing').textContent = error.status === 404 || error.status === 422 ? texts().gone : explain(error);
  }
}

/** What changed meanwhile is read again, so that the next click is about what is shown. */
const onOpened = (work) => attemptWith(work, openFromAddress);

/** To whom it goes is said before: the addresses may be others than those of the first time. */
async function resend() {
  const { id, version, resendTo } = opened;
  if (!window.confirm(texts().resendQuestion(resendTo.join(', ')))) return;
  await sendAgain(id, version);
  await load();
  // back to the list, which a phone shows alone: what goes out now stands on top of it
  location.hash = '';
  note(texts().resent);
}

function showList() {
  at('more').hidden = !nextCursor;
  at('messages').replaceChildren(...items.map(rowOf));
}

function rowOf(item) {
  const row = element(
    'button',
    { type: 'button', className: 'row', onclick: () => (location.hash = item.id) },
    element('span', { className: 'subject', textContent: item.subject }),
    element('span', { className: 'when', textContent: when(item.sentAt ?? item.createdAt) }),
    element('span', { className: 'to', textContent: item.recipient }),
    pill(item.state),
  );
  row.setAttribute('aria-current', String(item.id === location.hash.slice(1)));
  return element('li', {}, row);
}

function showMessage() {
  const { id, subject, recipient, kind, state, createdAt, sentAt, attempts, html, text, attachments } = opened;
  const words = texts();
  const isUnclear = state === 'unconfirmed';
  const unclear = maySendAgain() ? `${words.unconfirmed} ${words.askFirst}` : words.unconfirmed;
  const error = isUnclear ? unclear : opened.error;
  at('nothing').hidden = true;
  at('open').hidden = false;
  at('subject').textContent = subject;
  const facts = [
    [words.to, recipient],
    [words.about, words.kinds[kind] ?? kind],
    [words.state, pill(state)],
    [words.created, when(createdAt)],
    [words.sentAt, when(sentAt)],
    [words.attempts, String(attempts)],
  ];
  at('facts').replaceChildren(
    ...facts.flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', {}, value)]),
  );
  at('error').hidden = !error;
  at('error').textContent = error ?? '';
  at('error').className = isUnclear ? 'notice warn' : 'notice bad';
  at('resend').hidden = !maySendAgain() || !opened.resendTo.length || opened.isOnItsWay;
  at('attachments').replaceChildren(...attachments.map((file) => element('li', {}, attachmentButton(id, file))));
  // the frame has no rights: what a merchant's data brings into a mail can neither run nor load anything
  at('html').srcdoc = html ?? '';
  at('text').textContent = text ?? '';
  chooseTab(Boolean(html));
}

function attachmentButton(id, { index, filename, bytes }) {
  const save = () => onOpened(() => download(`/messages/${id}/attachments/${index}`, filename));
  return element('button', { type: 'button', onclick: save }, filename, element('small', { textContent: size(bytes) }));
}

function chooseTab(formatted) {
  at('html').hidden = !formatted;
  at('text').hidden = formatted;
  at('show-html').setAttribute('aria-selected', String(formatted));
  at('show-text').setAttribute('aria-selected', String(!formatted));
}

function showAllTexts() {
  showTexts();
  at('language').textContent = texts().other;
  const chosen = at('state').value;
  const states = Object.entries(texts().states).map(([value, textContent]) =>
    element('option', { value, textContent }),
  );
  at('state').replaceChildren(element('option', { value: '', textContent: texts().anyState }), ...states);
  at('state').value = chosen;
  at('state').setAttribute('aria-label', texts().state);
}
