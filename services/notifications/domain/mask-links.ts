/** What follows is a key: whoever has it may decide. */
const DECIDE_LINK = /(\/decide\/)[A-Za-z0-9_.-]+/g;

/** A text without the keys in its links, for people who may read a mail but not decide. */
export const withoutKeys = (text: string): string => text.replaceAll(DECIDE_LINK, '$1…');
