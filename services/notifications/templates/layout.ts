import type { Content } from './content.ts';
import { blockHtml, escape } from './layout-blocks.ts';
import { FONT, SHEET, STYLE } from './layout-style.ts';

const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

/**
 * The mail as HTML: one column of tables, at most 600 pixels wide, styled inline, readable in light and dark. It
 * loads nothing: pictures come with the mail.
 */
export function toHtml({ language, issuerName, subject, preheader, heading, blocks, footer }: Content): string {
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${escape(subject)}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="${STYLE.page}">
<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#eef2f3;">${escape(preheader)}</div>
<table ${TABLE} lang="${language}" class="page" style="background-color:#eef2f3;font-family:${FONT};"><tr><td align="center" style="padding:20px 8px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table ${TABLE} class="card" style="${STYLE.card}" align="center">
<tr><td class="pad" style="padding:24px 32px 0 32px;"><div class="acc" style="${STYLE.issuer}">${escape(issuerName)}</div></td></tr>
<tr><td class="pad" style="padding:14px 32px 0 32px;"><h1 class="ink" style="${STYLE.h1}${STYLE.longWords}">${escape(heading)}</h1></td></tr>
${blocks.map(blockHtml).join('\n')}
<tr><td class="pad" style="padding:28px 32px 26px 32px;"><div class="line" style="${STYLE.rule}padding-top:14px;"><p class="dim" style="${STYLE.small}">${escape(footer)}</p></div></td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}
