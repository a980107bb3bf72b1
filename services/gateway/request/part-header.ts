import { basename } from 'node:path/posix';

/** What the head of a part of a form says. A part with a filename is a file. */
export interface PartHeader {
  name: string;
  filename: string | undefined;
}

const LONGEST_FILENAME = 200;
const PARAMETER = /;\s*([a-z*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/giy;

/**
 * Reads the head of a part (RFC 7578).
 * @param header  lower-case names to values, one character per byte, as Dicer gives them
 * @returns       `undefined` when it is not the head of a form field
 */
export function readPartHeader(header: Record<string, string[]>): PartHeader | undefined {
  const value = Buffer.from(header['content-disposition']?.[0] ?? '', 'latin1').toString('utf8');
  const kind = /^form-data\s*/i.exec(value)?.[0];
  // eslint-disable-next-line no-control-regex
  if (kind === undefined || /[\r\n\u0000]/.test(value)) return undefined;
  const found = new Map<string, string>();
  PARAMETER.lastIndex = kind.length;
  let end = kind.length;
  for (let match = PARAMETER.exec(value); match; match = PARAMETER.exec(value)) {
    found.set(match[1]!.toLowerCase(), match[2] ?? match[3]!);
    end = PARAMETER.lastIndex;
  }
  const name = found.get('name');
  if (!name || value.slice(end).trim() !== '') return undefined;
  return { name, filename: found.get('filename') };
}

/** A client's file name made harmless: shown to people, never a path of ours (security.md 70). */
export function displayName(filename: string): string | null {
  const plain = basename(filename.replaceAll('\\', '/').replaceAll('%22', '"'))
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .toWellFormed()
    .normalize('NFC');
  const cut = [...plain].slice(0, LONGEST_FILENAME).join('').trim();
  return cut === '' || cut === '.' || cut === '..' ? null : cut;
}
