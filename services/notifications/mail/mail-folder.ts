import fs from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Mailer } from './mailer.ts';

/** Without a mail server each mail becomes a file that any mail program opens; whole or not at all. */
export function mailFolder(folder: string): Mailer {
  return {
    send: async ({ fileName, source }) => {
      await fs.mkdir(folder, { recursive: true });
      const unfinished = path.join(folder, `.${randomUUID()}.part`);
      try {
        const file = await fs.open(unfinished, 'wx', 0o600);
        try {
          await file.writeFile(source);
          await file.sync();
        } finally {
          await file.close();
        }
        await fs.rename(unfinished, path.join(folder, fileName));
      } catch (error) {
        await fs.rm(unfinished, { force: true });
        throw new Error(refusalOf(error), { cause: error });
      }
      return `Written to ${fileName}`;
    },
  };
}

/** What people are shown of it: no path of this machine. */
function refusalOf(error: unknown): string {
  const { code = 'an error' } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return full ? 'There is no room left in the folder for mails' : `The folder for mails cannot be written (${code})`;
}
