/** Kinds of returns that a merchant announces; what could not be delivered only the warehouse finds. */
export const KINDS = ['withdrawal', 'complaint', 'exchange'] as const;
