// Compares what docs/features.md claims with what passed:
//   node test/support/feature-claims.ts docs/features.md results.json
// Prints both lists; fails when a claim is without proof.
import fs from 'node:fs';

/** An id of the catalogue: an area's letter and a number. */
const ID = /^[A-Z]\d{1,3}(?![\w-])/;

/** The ids a Markdown table claims, those that begin a row: in the order of the document, each once. */
export function claimedIds(markdown: string): string[] {
  const cells = markdown.split('\n').map((line) => /^\|\s*([^|]*?)\s*\|/.exec(line)?.[1] ?? '');
  return [...new Set(cells.filter((cell) => ID.exec(cell)?.[0] === cell))];
}

/** The ids that passed tests prove, those their titles start with: sorted, each once. */
export function provenIds(titles: readonly string[]): string[] {
  const ids = titles.flatMap((title) => ID.exec(title)?.[0] ?? []);
  return [...new Set(ids)].sort(byAreaAndNumber);
}

const byAreaAndNumber = (a: string, b: string): number =>
  a.charCodeAt(0) - b.charCodeAt(0) || Number(a.slice(1)) - Number(b.slice(1));

if (import.meta.main) {
  const [features = 'docs/features.md', results = ''] = process.argv.slice(2);
  const claimed = claimedIds(fs.readFileSync(features, 'utf8'));
  const proven = provenIds((JSON.parse(fs.readFileSync(results, 'utf8')) as { titles: string[] }).titles);
  const unproven = claimed.filter((id) => !proven.includes(id));
  console.log(`Claimed by ${features} (${claimed.length}): ${claimed.join(' ') || 'none'}`);
  console.log(`Proven by passing tests (${proven.length}): ${proven.join(' ') || 'none'}`);
  for (const id of unproven) console.log(`${id} is claimed, but no passing test's title starts with it`);
  process.exitCode = unproven.length ? 1 : 0;
}
