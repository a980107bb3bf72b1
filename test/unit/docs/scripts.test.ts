import fs from 'node:fs';
import { expect, test } from '@jest/globals';

const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

// npm signals the shell it starts, and dash keeps the signal for itself: only a replaced shell lets SIGTERM through
test.each(Object.entries(scripts).filter(([, command]) => /\bnode\b/.test(command)))(
  'the script %s replaces its shell, so that a signal to npm arrives',
  (_name, command) => expect(command).toMatch(/^exec node /),
);
