/** What follows is a key: whoever has it may decide, or read the documents of an invoice, without a log-in. */
const KEYS = {
  decide: /(\/decide\/)[A-Za-z0-9_.-]+/g,
  invoice: /(\/invoice\/)[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
};
export type KeyPurpose = keyof typeof KEYS;

/** A text without the keys in its links of a purpose, for people who may read a mail but have no right to them. */
export const withoutKeys = (text: string, purpose: KeyPurpose): string => text.replaceAll(KEYS[purpose], '$1…');
