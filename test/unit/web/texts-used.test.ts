import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const SOURCES = 'web/src';
const AREAS = ['admin', 'common', 'finance', 'merchant', 'public', 'records', 'warehouse'];

const source = fs
  .readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('locales'))
  .map((file) => fs.readFileSync(path.join(SOURCES, file), 'utf8'))
  .join('\n');
const named = new Set(source.matchAll(/['"`]([A-Za-z]\w*(?:\.\w+)*)['"`]/g).map(([, key]) => key!));
/** What stands before the first value of a template: `states.return.` of `states.return.${state}`. */
const begun = [...new Set(source.matchAll(/`([A-Za-z]\w*\.[\w.]*)\$\{/g).map(([, start]) => start!))];
/** What stands after a first word that is passed on: `ready` of `${words}.ready`. */
const ended = new Set(source.matchAll(/`\$\{\w+\}\.([\w.]+)`/g).map(([, end]) => end!));

const isUsed = (key: string): boolean => {
  const [first = '', ...rest] = key.split('.');
  return (
    named.has(key) || begun.some((start) => key.startsWith(start)) || (named.has(first) && ended.has(rest.join('.')))
  );
};

const keysOf = (texts: object, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [before + key] : keysOf(text as object, `${before}${key}.`),
  );

test.each(AREAS)('every text of %s is used somewhere', async (area) => {
  const file = (await import(`../../../web/src/locales/de/${area}.ts`)) as Record<string, object>;
  const keys = new Set(keysOf(Object.values(file)[0]!).map((key) => key.replace(/_(one|other)$/, '')));
  expect(keys.size).toBeGreaterThan(20);
  expect([...keys].filter((key) => !isUsed(key))).toEqual([]);
});
