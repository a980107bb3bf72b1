import postcss, { type Rule } from 'postcss';
import type { Plugin } from 'vite';

/** Classes that Mantine makes for its components; a component that is used names its classes in its script. */
const MANTINE_CLASS = /\.(m_[0-9a-f]+)/g;

/**
 * Leaves out the styles of Mantine's components that no script uses: most of a sheet that every first load waits for.
 * A rule goes when it needs a class that stands in no script.
 */
export const usedMantineStyles = (): Plugin => ({
  name: 'used-mantine-styles',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const scripts = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output.code] : []));
    const used = new Set(scripts.flatMap((code) => code.match(/\bm_[0-9a-f]+\b/g) ?? []));
    for (const output of Object.values(bundle)) {
      if (output.type !== 'asset' || !output.fileName.endsWith('.css')) continue;
      const sheet = postcss.parse(output.source.toString());
      sheet.walkRules((rule) => keepUsed(rule, used));
      sheet.walkAtRules((rule) => void (rule.nodes?.length === 0 && rule.remove()));
      output.source = sheet.toString();
    }
  },
});

function keepUsed(rule: Rule, used: ReadonlySet<string>): void {
  const needed = (selector: string) => [...selector.matchAll(MANTINE_CLASS)].map(([, name]) => name!);
  const kept = rule.selectors.filter((selector) =>
    needed(withoutAlternatives(selector)).every((name) => used.has(name)),
  );
  if (!kept.length) rule.remove();
  else if (kept.length < rule.selectors.length) rule.selectors = kept;
}

/** Of `:where(.a, .b)` one is enough, so nothing in it is needed. */
const withoutAlternatives = (selector: string): string =>
  selector.replaceAll(/:(where|is|not)\((?:[^()]|\([^()]*\))*\)/g, '');
