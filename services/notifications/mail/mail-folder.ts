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
        throw error;
      }
      return `Written to ${fileName}`;
    },
  };
}
