import { Dicer } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { AppError, invalidField } from '../../../shared/kernel/errors.ts';
import { readPartHeader } from './part-header.ts';

export const MOST_FIELDS = 20;
export const LONGEST_FIELD = 64 * 1_024;
const LONGEST_HEADER = 16 * 1_024;
const MOST_HEADER_LINES = 20;

/** Where the parts of a form go. `onFile` must read the stream or call `fail`. */
export interface PartHandlers {
  onFile: (name: string, filename: string, stream: Readable) => void;
  onField: (name: string, value: string) => void;
  /** The first failure ends the reading; later ones mean nothing. */
  fail: (error: AppError) => void;
  onFinish: () => void;
}

/**
 * The parser of a multipart request. Every part it cannot make sense of is a failure: parsers that skip such parts
 * leave the sender believing that they arrived.
 * @throws AppError 415 when it is no form, 400 without a boundary
 */
export function formParser({ headers }: IncomingMessage, handlers: PartHandlers): Dicer {
  const type = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*(;|$)/i.test(type))
    throw new AppError(415, 'CONTENT_TYPE_NOT_SUPPORTED', 'Send multipart/form-data');
  const boundary = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))\s*(?:;|$)/i.exec(type);
  if (!boundary) throw unreadable('The Content-Type names no boundary');
  const config = {
    boundary: boundary[1] ?? boundary[2]!,
    maxHeaderPairs: MOST_HEADER_LINES,
    maxHeaderSize: LONGEST_HEADER,
  };
  const parser = new Dicer(config as ConstructorParameters<typeof Dicer>[0]);
  const names = new Set<string>();
  parser.on('part', (part) => readPart(part as Readable, names, handlers));
  parser.on('error', () => handlers.fail(unreadable('The form ends early or is not readable')));
  parser.on('finish', handlers.onFinish);
  return parser;
}

export const unreadable = (message: string): AppError => new AppError(400, 'FORM_UNREADABLE', message);

function readPart(part: Readable, names: Set<string>, handlers: PartHandlers): void {
  let understood = false;
  const refuse = (error: AppError) => {
    understood = true;
    part.resume();
    handlers.fail(error);
  };
  part.on('error', () => handlers.fail(unreadable('A part of the form ends early')));
  part.on('end', () => understood || refuse(unreadable('A part of the form has no readable head')));
  part.on('header', (header: Record<string, string[]>) => {
    const head = readPartHeader(header);
    if (!head) return refuse(unreadable('A part of the form has no readable head'));
    if (names.has(head.name)) return refuse(invalidField(head.name, 'DUPLICATE', 'This field stands there twice'));
    if (names.size > MOST_FIELDS)
      return refuse(invalidField('', 'TOO_MANY', `The form has more than ${MOST_FIELDS} fields and one file`));
    names.add(head.name);
    understood = true;
    if (head.filename !== undefined) return handlers.onFile(head.name, head.filename, part);
    readField(part, head.name, handlers);
  });
  // a part nobody reads would never end
  setImmediate(() => understood || part.resume());
}

function readField(part: Readable, name: string, { onField, fail }: PartHandlers): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  part.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > LONGEST_FIELD)
      fail(new AppError(413, 'PAYLOAD_TOO_LARGE', `A field is larger than ${LONGEST_FIELD} bytes`));
    else chunks.push(chunk);
  });
  part.on('end', () => {
    try {
      if (bytes <= LONGEST_FIELD)
        onField(name, new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
    } catch {
      fail(unreadable('A field is not UTF-8'));
    }
  });
}
