import type { User } from './session.ts';

export const DESKS = ['warehouse', 'merchant', 'finance', 'admin'] as const;
export type Desk = (typeof DESKS)[number];
export type Role = User['roles'][number];

/** Who works at which desk. What somebody may do there the API decides. */
const ROLES: Record<Desk, readonly Role[]> = {
  warehouse: ['worker', 'lead', 'admin'],
  merchant: ['merchantViewer', 'merchantDecider', 'admin'],
  finance: ['finance', 'admin'],
  // team leads keep what the warehouse works with: articles, checklists, phrases
  admin: ['lead', 'admin'],
};

export const hasRole = (user: User, ...roles: readonly Role[]): boolean =>
  user.roles.some((role) => roles.includes(role));
export const mayEnter = (user: User, desk: Desk): boolean => hasRole(user, ...ROLES[desk]);
export const desksOf = (user: User): Desk[] => DESKS.filter((desk) => mayEnter(user, desk));
/** Where somebody starts after the log-in. */
export const homeOf = (user: User): string => `/${desksOf(user)[0] ?? 'account'}`;
