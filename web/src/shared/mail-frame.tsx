import { useRef } from 'react';
import classes from './mail-frame.module.css';

export interface MailFrameProps {
  /** A whole HTML mail as the API gives it; pictures stand in it as `data:`. */
  html: string;
  /** What a screen reader calls it. */
  title: string;
}

const STYLE_ATTRIBUTE = /(<[a-z][^<>]*?)\sstyle="/gi;
const STYLE_ELEMENT = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;

/**
 * A mail as its reader sees it. Nothing in it runs: the frame is sandboxed without scripts, forms and ways out. The
 * policy of the app lets no inline styles through, so what the mail says about its looks is set from here.
 */
export function MailFrame({ html, title }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const sheets = [...html.matchAll(STYLE_ELEMENT)].map(([, css]) => css!);
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      className={classes.frame}
      srcDoc={withoutStyles(html)}
      onLoad={() => dress(frame.current!, sheets)}
    />
  );
}

/** The same mail without anything the policy would complain about. */
const withoutStyles = (html: string): string =>
  html.replaceAll(STYLE_ELEMENT, '').replaceAll(STYLE_ATTRIBUTE, '$1 data-style="');

function dress(frame: HTMLIFrameElement, sheets: readonly string[]): void {
  const page = frame.contentDocument;
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page || !view) return;
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]'))
    element.style.cssText = element.dataset['style']!;
  page.adoptedStyleSheets = sheets.map((css) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  page.addEventListener('click', (event) => event.preventDefault());
  frame.style.height = `${page.documentElement.scrollHeight}px`;
}
