import { plain, type Block, type Entry, type Fact, type Link, type Picture } from './content.ts';
import { STYLE, TONES } from './layout-style.ts';

/** Text in HTML: escaped, its line breaks kept. */
export const escape = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(/\r\n?|\n/g, '<br>');

const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';
const row = (content: string, top: number): string =>
  `<tr><td class="pad" style="padding:${top}px 32px 0 32px;">${content}</td></tr>`;

/** One block as a row of the mail's table. */
export function blockHtml(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return row(`<p class="ink" style="${STYLE.p}">${escape(block.text)}</p>`, 14);
    case 'hint':
      return row(`<p class="dim" style="${STYLE.small}">${escape(block.text)}</p>`, 14);
    case 'heading':
      return row(`<h2 class="acc" style="${STYLE.h2}">${escape(block.text)}</h2>`, 26);
    case 'facts':
      return row(
        `<table ${TABLE} class="tint" style="${STYLE.tint}"><tr><td style="padding:10px 16px;">${factTable(block.facts)}</td></tr></table>`,
        18,
      );
    case 'figure':
      return row(figure(block), 20);
    case 'item':
      return row(itemCard(block), 14);
    case 'button':
      return row(button(block), 20);
    case 'links':
      return row(
        block.links.map((link) => `<p style="${STYLE.p}padding-bottom:4px;">${anchor(link)}</p>`).join(''),
        16,
      );
    case 'card':
      return row(card(block), 14);
    case 'pictures':
      return row(pictures(block.pictures) + picturesNote(block.picturesNote), 12);
    case 'table':
      return row(dataTable(block), 12);
  }
}

function figure({ label, value, detail }: Extract<Block, { type: 'figure' }>): string {
  return `<div class="dim" style="${STYLE.label}">${escape(label)}</div><div class="ink" style="${STYLE.figure}">${escape(value)}</div><div class="dim" style="${STYLE.label}">${escape(detail)}</div>`;
}

function factTable(facts: readonly Fact[]): string {
  const lines = facts.map(
    ([label, value]) =>
      `<tr><td class="lab dim" width="38%" valign="top" style="${STYLE.label}padding:3px 10px 3px 0;">${escape(label)}</td><td class="val ink" valign="top" style="${STYLE.value}padding:3px 0;${STYLE.longWords}">${escape(value)}</td></tr>`,
  );
  return `<table ${TABLE}>${lines.join('')}</table>`;
}

function itemCard(item: Extract<Block, { type: 'item' }>): string {
  const { ground, ink } = TONES[item.badge.tone];
  const head = `<div class="ink" style="${STYLE.p}font-weight:700;${STYLE.longWords}">${escape(item.title)}</div><div class="dim" style="${STYLE.small}">${escape(item.detail)}</div>`;
  const badge = `<div style="padding:8px 0 6px 0;"><span style="${STYLE.badge}background-color:${ground};color:${ink};">${escape(item.badge.text)}</span></div>`;
  return `<table ${TABLE} class="line" style="${STYLE.box}"><tr><td style="padding:14px 16px;">${head}${badge}${factTable(item.facts)}${quoted(item.note)}${pictures(item.pictures)}${picturesNote(item.picturesNote)}</td></tr></table>`;
}

const quoted = (note: string): string =>
  note
    ? `<div class="line" style="${STYLE.note}margin:8px 0 4px 0;"><p class="ink" style="${STYLE.p}${STYLE.longWords}">${escape(note)}</p></div>`
    : '';

function card({ title, detail, entries, pictures: shown, picturesNote: note, link }: Extract<Block, { type: 'card' }>) {
  const head = `<div class="ink" style="${STYLE.p}font-weight:700;${STYLE.longWords}">${escape(title)}</div><div class="dim" style="${STYLE.small}">${escape(detail)}</div>`;
  return `<table ${TABLE} class="line" style="${STYLE.box}"><tr><td style="padding:14px 16px;">${head}${entries.map(entryHtml).join('')}${pictures(shown)}${picturesNote(note)}<p style="${STYLE.small}padding-top:10px;">${anchor(link)}</p></td></tr></table>`;
}

function entryHtml({ title, detail, badge, note, outcome: [label, value] }: Entry): string {
  const { ground, ink } = TONES[badge.tone];
  const head = `<div class="ink" style="${STYLE.value}font-weight:700;${STYLE.longWords}">${escape(title)}</div>`;
  const found = `<div style="padding-top:4px;"><span style="${STYLE.smallBadge}background-color:${ground};color:${ink};">${escape(badge.text)}</span> <span class="dim" style="${STYLE.label}">${escape(detail)}</span></div>`;
  const outcome = `<div style="padding-top:4px;"><span class="dim" style="${STYLE.label}">${escape(label)}: </span><span class="ink" style="${STYLE.value}">${escape(value)}</span></div>`;
  return `<div class="line" style="${STYLE.rule}margin-top:12px;padding-top:10px;">${head}${found}${quoted(note)}${outcome}</div>`;
}

// a cell with a ground of its own, because some programs ignore the padding of a link
function button({ label, url }: Link): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="btn" style="${STYLE.buttonGround}"><a href="${escape(url)}" style="${STYLE.button}">${escape(label)}</a></td></tr></table>`;
}

const anchor = ({ label, url }: Link): string =>
  `<a class="acc" href="${escape(url)}" style="${STYLE.link}">${escape(label)}</a>`;

function pictures(shown: readonly Picture[]): string {
  if (!shown.length) return '';
  const images = shown.map(({ cid, alt, url }) => {
    const image = `<img src="cid:${escape(cid)}" alt="${escape(alt)}" width="150" style="width:150px;max-width:46%;height:auto;border:0;border-radius:6px;margin:8px 8px 0 0;vertical-align:top;">`;
    return url ? `<a href="${escape(url)}" style="text-decoration:none;">${image}</a>` : image;
  });
  return `<div style="padding-top:4px;font-size:0;line-height:0;">${images.join('')}</div>`;
}

const picturesNote = (text: string): string =>
  text ? `<p class="dim" style="${STYLE.small}padding-top:8px;">${escape(text)}</p>` : '';

function dataTable({ head, rows, numeric, widths }: Extract<Block, { type: 'table' }>): string {
  const align = (column: number) => (numeric[column] ? 'right' : 'left');
  // the first row gives a fixed table its widths
  const frame = { th: (column: number) => ` width="${widths[column]}%"`, td: () => '' };
  const cells = (tag: 'th' | 'td', colour: string, values: readonly string[]) =>
    values
      .map(
        (value, column) =>
          `<${tag} class="${colour} line"${frame[tag](column)} align="${align(column)}" valign="top" style="${STYLE[tag]}padding:6px ${column === values.length - 1 ? 0 : 10}px 6px 0;${numeric[column] ? 'white-space:nowrap' : STYLE.longWords}">${escape(value)}</${tag}>`,
      )
      .join('');
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed;"><thead><tr>${cells('th', 'dim', head)}</tr></thead><tbody>${rows.map((values) => `<tr>${cells('td', 'ink', values)}</tr>`).join('')}</tbody></table>`;
}
