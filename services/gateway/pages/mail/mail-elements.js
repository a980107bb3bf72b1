/* global document */
import { texts } from './mail-texts.js';

export const at = (id) => document.getElementById(id);

/** A new element. Text goes in as text: what stands in a mail is never read as HTML. */
export const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** Where a mail stands, as a word with a colour. */
export const pill = (state) =>
  element('span', { className: `pill ${state}`, textContent: texts().states[state] ?? state });

/** In the opened mail: a phone does not show the list beside it. */
export function refusal(text) {
  at('refusal').hidden = !text;
  at('refusal').textContent = text ?? '';
}

/** Below the head of the list. */
export function note(text, bad = false) {
  at('list-note').hidden = !text;
  at('list-note').textContent = text ?? '';
  at('list-note').classList.toggle('bad', bad);
}
