import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { DOCUMENTS, withTable } from '../../support/config-table.ts';

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const markdown = ['README.md', 'CHANGELOG.md', ...fs.globSync('{docs,docker,demo,oracle,services}/**/*.md')];

test.each(DOCUMENTS)(
  'the configuration table of %s is the code’s (else: node test/support/config-table.ts)',
  (document) => {
    const text = fs.readFileSync(document, 'utf8');
    expect(text).toBe(withTable(text));
  },
);

test.each(markdown)('every relative link of %s leads somewhere', (document) => {
  const text = fs.readFileSync(document, 'utf8').replace(/```[\s\S]*?```/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const targets = links.filter((link) => !/^(https?:|mailto:|#)/.test(link)).map((link) => link.split('#')[0]!);
  expect(targets.filter((target) => !fs.existsSync(path.join(path.dirname(document), target)))).toEqual([]);
});

test.each(markdown)('every npm command of %s exists', (document) => {
  const commands = [
    ...fs.readFileSync(document, 'utf8').matchAll(/npm (?:run )?(start|test|demo|admin|bench:\w+|prove:\w+)\b/g),
  ];
  for (const [, name] of commands) expect(manifest.scripts).toHaveProperty([name!]);
});

test.each(fs.globSync('docs/decisions/*.md'))(
  '%s is short and says what was decided, why and for what price',
  (file) => {
    const text = fs.readFileSync(file, 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    for (const part of [/^# /, /^\*\*Decision\.\*\*/m, /^\*\*Why/m, /^\*\*Price\.\*\*/m]) expect(text).toMatch(part);
  },
);
