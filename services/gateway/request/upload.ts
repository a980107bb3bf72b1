import { cut } from '../../../shared/kernel/cut.ts';
import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { AppError, InvalidInput, invalidField } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { UploadedFile, UploadRule } from '../../../shared/protocol/define.ts';
import { payloadTooLarge, type ObjectStore } from '../../../shared/storage/object-store.ts';
import { INCOMING } from '../../../shared/storage/sweep.ts';
import { formParser, LONGEST_FIELD, MOST_FIELDS, unreadable } from './form-parts.ts';
import { displayName } from './part-header.ts';

export interface ReceivedForm {
  file: UploadedFile;
  /** Text fields, not converted: that is the schema's business. */
  fields: Record<string, string>;
}

export interface UploadDeps {
  store: ObjectStore;
  now: Clock;
  /** Silence after which an upload is given up. */
  idleMs?: number;
  /** The longest an upload may take. */
  withinMs?: number;
}

const IDLE_MS = 30_000;
const WITHIN_MS = 15 * 60_000;
/** For what a request may still send behind the end of its form. */
const AFTER_THE_FORM_MS = 5_000;
/** Fields, heads and boundaries beside the file. */
const BESIDE_THE_FILE = (MOST_FIELDS + 1) * (LONGEST_FIELD + 16 * 1_024);

/**
 * Receives a form with one file, which goes into the store while it arrives. Either the whole form has been read and
 * the file lies under `uploadKey`, or nothing does: a form that breaks off in any way leaves no file.
 * @throws AppError 415, 400 for a form that is broken, breaks off or stands still; 413 for a file over the limit;
 *         InvalidInput for a missing, empty or second file and for too many fields
 */
export async function receiveForm(deps: UploadDeps, request: IncomingMessage, rule: UploadRule): Promise<ReceivedForm> {
  const { store, now, idleMs = IDLE_MS, withinMs = WITHIN_MS } = deps;
  const key = `${INCOMING}/${uuidv7(now())}`;
  const fields = new Map<string, string>();
  const stop = new AbortController();
  const fail = (error: unknown) => stop.abort(error);
  let stored: Promise<UploadedFile> | undefined;
  const whole = Promise.withResolvers<void>();
  stop.signal.addEventListener('abort', () => whole.reject(stop.signal.reason));

  const onFile = (name: string, filename: string, stream: Readable) => {
    if (name !== rule.field || stored) {
      stream.resume();
      return fail(invalidField(cut(name, 64), 'UNEXPECTED_FILE', `Only one file is expected here, as ${rule.field}`));
    }
    stored = storeFile(store, key, stream, { limitBytes: rule.maxBytes, signal: stop.signal }).then((measured) => ({
      ...measured,
      filename: displayName(filename),
    }));
    stored.catch(fail);
  };
  const onField = (name: string, value: string) => void fields.set(name, value);
  const parser = formParser(request, { onFile, onField, fail, onFinish: whole.resolve });
  if (Number(request.headers['content-length'] ?? 0) > rule.maxBytes + BESIDE_THE_FILE)
    throw payloadTooLarge(rule.maxBytes);
  const unwatch = watch(request, fail, idleMs, withinMs);
  request.pipe(parser);
  try {
    await whole.promise;
    await arrival(request, stop.signal);
    const file = await stored;
    if (!file) throw invalidField(rule.field, 'REQUIRED', 'The file is missing');
    if (!file.bytes) throw invalidField(rule.field, 'EMPTY_FILE', 'The file is empty');
    return { file, fields: checked(fields) };
  } catch (error) {
    fail(error);
    await stored?.catch(() => undefined);
    await store.remove(key);
    throw error;
  } finally {
    unwatch();
    request.unpipe(parser);
  }
}

/** A form may end before its request does: who breaks off at the last byte has sent nothing all the same. */
async function arrival(request: IncomingMessage, signal: AbortSignal): Promise<void> {
  if (!request.complete) {
    const enough = AbortSignal.any([signal, AbortSignal.timeout(AFTER_THE_FORM_MS)]);
    await new Promise<void>((resolve) => {
      const done = () => resolve();
      request.once('end', done).once('close', done).resume();
      enough.addEventListener('abort', done);
    });
  }
  if (signal.aborted) throw signal.reason;
  if (!request.complete) throw unreadable('The upload was broken off');
}

async function storeFile(
  store: ObjectStore,
  key: string,
  part: Readable,
  options: { limitBytes: number; signal: AbortSignal },
): Promise<Omit<UploadedFile, 'filename'>> {
  // the store destroys what it reads when it fails; the part must outlive that, because its end by itself is a failure
  const body = new PassThrough();
  part.pipe(body);
  part.once('error', (error) => body.destroy(error));
  const { bytes, sha256 } = await store.put(key, body, options);
  return { uploadKey: key, bytes, sha256 };
}

/** Ends an upload that breaks off, stands still or never ends. A client that goes away causes no event but `close`. */
function watch(
  request: IncomingMessage,
  fail: (error: AppError) => void,
  idleMs: number,
  withinMs: number,
): () => void {
  const tooSlow = () => fail(unreadable('The upload stood still for too long'));
  let idle = setTimeout(tooSlow, idleMs);
  const total = setTimeout(tooSlow, withinMs);
  const onData = () => {
    clearTimeout(idle);
    idle = setTimeout(tooSlow, idleMs);
  };
  const onClose = () => request.complete || fail(unreadable('The upload was broken off'));
  request.on('data', onData).on('close', onClose);
  return () => {
    clearTimeout(idle);
    clearTimeout(total);
    request.off('data', onData).off('close', onClose);
  };
}

function checked(fields: Map<string, string>): Record<string, string> {
  const odd = [...fields.keys()].find((name) => !/^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name) || name in {});
  if (odd === undefined) return Object.fromEntries(fields);
  throw new InvalidInput([{ path: cut(odd, 64), code: 'UNKNOWN_FIELD', message: 'This field is not known here' }]);
}
