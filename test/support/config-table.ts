// The configuration table of the documents, made from the code:
//   node test/support/config-table.ts
// writes it anew into README.md and docs/operations.md; a test fails when they differ.
import fs from 'node:fs';
import { describeConfig } from '../../shared/config.ts';

export const DOCUMENTS = ['README.md', 'docs/operations.md'];
const TABLE = /(<!-- configuration -->\n)[\s\S]*?(<!-- \/configuration -->)/;

export function configTable(): string {
  const lines = describeConfig().map(
    ({ name, fallback, description }) => `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${description} |`,
  );
  return ['| Variable | Default | Meaning |', '| --- | --- | --- |', ...lines, ''].join('\n');
}

/** A document with its table made anew. @throws Error when it has no place for one */
export function withTable(markdown: string): string {
  if (!TABLE.test(markdown)) throw new Error('The document has no <!-- configuration --> … <!-- /configuration -->');
  return markdown.replace(TABLE, (_, before: string, after: string) => `${before}${configTable()}${after}`);
}

if (import.meta.main)
  for (const document of DOCUMENTS) fs.writeFileSync(document, withTable(fs.readFileSync(document, 'utf8')));
