import { Refused } from './mail-api.js';
import { note, refusal } from './mail-elements.js';
import { texts } from './mail-texts.js';

/** Says at the list why something did not work. */
export async function attempt(work) {
  try {
    await work();
  } catch (error) {
    note(explain(error), true);
  }
}

/** The same with the opened mail, and in it. @param again  reads the mail when it changed meanwhile */
export async function attemptWith(work, again) {
  refusal();
  try {
    await work();
  } catch (error) {
    if (error.status === 409 || error.status === 412) await again();
    refusal(explain(error));
  }
}

export function explain(error) {
  if (!(error instanceof Refused)) return texts().unavailable;
  if (error.status === 401) return texts().loginLead;
  if (error.status === 403) return texts().notAllowed;
  if (error.status === 409 || error.status === 412) return texts().changed;
  return error.status === 429 ? texts().tooMany : texts().unavailable;
}
