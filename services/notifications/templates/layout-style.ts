import type { Tone } from './content.ts';

/** Inline styles, because many mail programs drop everything else. Colours as on our documents. */
export const STYLE = {
  /** Hyphens where the program knows the language; else a word wider than its place is cut. */
  longWords: 'overflow-wrap:break-word;word-break:break-word;-webkit-hyphens:auto;hyphens:auto;',
  page: 'margin:0;padding:0;width:100%;background-color:#eef2f3;',
  card: 'width:100%;max-width:600px;background-color:#ffffff;border-radius:10px;',
  issuer: 'font-size:14px;line-height:20px;font-weight:700;letter-spacing:.02em;color:#17505e;',
  h1: 'margin:0;font-size:23px;line-height:30px;font-weight:700;color:#1a2226;',
  h2: 'margin:0;font-size:16px;line-height:23px;font-weight:700;color:#17505e;',
  p: 'margin:0;font-size:15px;line-height:23px;color:#1a2226;',
  small: 'margin:0;font-size:13px;line-height:19px;color:#5e6a71;',
  label: 'font-size:13px;line-height:20px;color:#5e6a71;',
  value: 'font-size:14px;line-height:20px;color:#1a2226;',
  rule: 'border-top:1px solid #dde3e6;',
  box: 'border:1px solid #dde3e6;border-radius:8px;',
  tint: 'background-color:#f0f4f5;border-radius:8px;',
  note: 'border-left:3px solid #9fb6bd;padding:1px 0 1px 10px;',
  button:
    'display:inline-block;padding:13px 26px;font-size:16px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none;',
  buttonGround: 'background-color:#17505e;border-radius:8px;',
  link: 'color:#17505e;text-decoration:underline;',
  badge: 'display:inline-block;padding:3px 10px;border-radius:12px;font-size:13px;line-height:18px;font-weight:700;',
  smallBadge:
    'display:inline-block;padding:1px 8px;border-radius:10px;font-size:12px;line-height:17px;font-weight:700;',
  figure: 'font-size:28px;line-height:36px;font-weight:700;color:#1a2226;',
  th: 'font-size:12px;line-height:17px;font-weight:700;color:#5e6a71;border-bottom:1px solid #c8d0d4;',
  td: 'font-size:13px;line-height:19px;color:#1a2226;border-bottom:1px solid #dde3e6;',
} as const;

export const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Text on its ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). */
export const TONES: Record<Tone, { ground: string; ink: string }> = {
  good: { ground: '#d9f0e0', ink: '#14532d' },
  fair: { ground: '#d8ecf3', ink: '#0c4a6e' },
  poor: { ground: '#fdecc8', ink: '#713f12' },
  bad: { ground: '#fbdcdc', ink: '#7f1d1d' },
  plain: { ground: '#e6eaec', ink: '#3a444a' },
};

/** For programs that keep a style sheet: narrow windows and the reader's dark colours. */
export const SHEET = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.pad{padding-left:18px!important;padding-right:18px!important}.lab,.val{display:block!important;width:auto!important;padding-left:0!important}.lab{padding-bottom:0!important}.val{padding-top:0!important}.opt{display:none!important}}
@media (prefers-color-scheme:dark){.page{background-color:#11181b!important}.card{background-color:#1b2428!important}.ink{color:#eef3f5!important}.dim{color:#a9b7bd!important}.acc{color:#8fd0df!important}.btn{background-color:#2b8299!important}.tint{background-color:#243036!important}.line{border-color:#3a484f!important}}
`.trim();
