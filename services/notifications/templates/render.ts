import { fill, type Values } from './fill.ts';
import { headerLine, type Content } from './content.ts';
import { toHtml } from './layout.ts';
import { toPlainText } from './plain-text.ts';
import type { Letter, Reader } from './template.ts';
import { WORDS } from './words.ts';

/** A mail ready to be kept: what is rendered when it is queued is what is sent, however late. */
export interface RenderedMail {
  issuerName: string;
  subject: string;
  html: string;
  text: string;
}

/**
 * @param issuerName  used when the letter does not name its own
 * @param audience    a consumer is not told the merchant's customer number
 */
export function renderLetter(
  letter: Letter,
  reader: Reader,
  issuerName: string,
  audience: 'merchant' | 'consumer' | 'written' = 'merchant',
): RenderedMail {
  const issuer = headerLine(letter.issuerName ?? issuerName);
  const content: Content = {
    language: reader.language,
    issuerName: issuer,
    subject: headerLine(letter.subject),
    preheader: letter.preheader,
    heading: letter.heading,
    blocks: letter.blocks,
    footer: fill(WORDS[reader.language].footers[audience], { ...readerValues(reader), issuer: { name: issuer } }),
  };
  return { issuerName: issuer, subject: content.subject, html: toHtml(content), text: toPlainText(content) };
}

/** What every text may name of its reader. */
export const readerValues = ({ name, number }: Reader): { merchant: Values } => ({ merchant: { name, number } });
