import { Transform } from 'node:stream';
import { invalidField } from '../../../shared/kernel/errors.ts';

/**
 * Lets bytes through unchanged as long as they are UTF-8 text and not more than allowed; a parser would quietly
 * put replacement characters in their place.
 * @param maxBytes  of unpacked text
 */
export function utf8Check(maxBytes: number): Transform {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let count = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const fault = count === 0 && isUtf16(chunk) ? utf16() : textFault(chunk, count, decoder, true);
      count += chunk.length;
      if (fault) done(fault);
      else if (count > maxBytes)
        done(invalidField('file', 'FILE_TOO_LARGE', `The file has more than ${maxBytes} bytes`));
      else done(null, chunk);
    },
    flush(done) {
      done(textFault(Buffer.alloc(0), count, decoder, false));
    },
  });
}

const isUtf16 = (start: Buffer): boolean =>
  (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);

function textFault(
  chunk: Buffer,
  position: number,
  decoder: InstanceType<typeof TextDecoder>,
  stream: boolean,
): Error | null {
  const nul = chunk.indexOf(0);
  if (nul >= 0 && position === 0 && nul < 2) return utf16();
  if (nul >= 0) return invalidField('file', 'NUL_CHARACTER', `There is a NUL character at byte ${position + nul}`);
  try {
    decoder.decode(chunk, { stream });
    return null;
  } catch {
    return invalidField('file', 'NOT_UTF8', `The text is not UTF-8 (near byte ${position}); save the file as UTF-8`);
  }
}

const utf16 = () => invalidField('file', 'UTF16', 'The text is UTF-16; save the file as UTF-8');
