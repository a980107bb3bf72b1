import { plain, type Block, type Content, type Entry, type Fact } from './content.ts';

/** The same mail for programs and people that want plain text; nothing but layout and pictures is left out. */
export function toPlainText({ issuerName, heading, blocks, footer }: Content): string {
  const parts = [issuerName, `${heading}\n${'='.repeat(Math.min(72, [...heading].length))}`, ...blocks.map(blockText)];
  return `${plain([...parts.filter(Boolean), `-- \n${footer}`].join('\n\n'))}\n`;
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return block.text;
    case 'hint':
      return block.aboutPictures ? '' : block.text;
    case 'heading':
      return `${block.text}\n${'-'.repeat(Math.min(72, [...block.text].length))}`;
    case 'facts':
      return facts(block.facts);
    case 'figure':
      return `${block.label}: ${block.value}\n${block.detail}`;
    case 'item':
      return [
        `* ${block.title}`,
        block.detail && `  ${block.detail}`,
        `  ${block.badge.text}`,
        indent(facts(block.facts)),
        block.note && indent(block.note, '  > '),
        block.picturesNote && `  ${block.picturesNote}`,
      ]
        .filter(Boolean)
        .join('\n');
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'links':
      return block.links.map(({ label, url }) => `${label}:\n${url}`).join('\n');
    case 'card':
      return [
        `* ${block.title}`,
        block.detail && `  ${block.detail}`,
        ...block.entries.map(entryText),
        block.picturesNote && `  ${block.picturesNote}`,
        `  ${block.link.label}: ${block.link.url}`,
      ]
        .filter(Boolean)
        .join('\n');
    case 'pictures':
      return block.picturesNote;
    case 'table':
      return block.rows
        .map(
          (row) =>
            `* ${row.map((value, column) => `${block.head[column]}: ${value.replaceAll('\n', ', ')}`).join(' | ')}`,
        )
        .join('\n');
  }
}

const entryText = ({ title, detail, badge, note, outcome }: Entry): string =>
  [
    `  - ${title}`,
    `    ${[badge.text, detail].filter(Boolean).join(' · ')}`,
    note && indent(note, '    > '),
    indent(facts([outcome]), '    '),
  ]
    .filter(Boolean)
    .join('\n');
const facts = (all: readonly Fact[]): string => all.map(([label, value]) => `${label}: ${value}`).join('\n');
const indent = (text: string, by = '  '): string => text.replaceAll(/^/gm, by);
