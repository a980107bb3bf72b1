/** White space and what nobody sees, at either end. */
const EDGES = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** A text without blanks and invisible characters at its edges; empty when it says nothing. */
export const trimmed = (text: string): string => text.replaceAll(EDGES, '');

/** The same of a text that may be left out; `undefined` when it says nothing. */
export const filled = (text: string | null | undefined): string | undefined => trimmed(text ?? '') || undefined;
