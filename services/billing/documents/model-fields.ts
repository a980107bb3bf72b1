import { z } from 'zod';
import { isLocalDate } from '../../../shared/kernel/dates.ts';

/** The kinds of values that the content of a document is made of. */

export const text = (max: number) => z.string().trim().min(1).max(max);
export const day = z.string().refine(isLocalDate, 'a calendar day, YYYY-MM-DD');
export const minor = z.int();
export const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'a decimal with at most 6 places');
export const servicePeriod = z
  .strictObject({ from: day, to: day })
  .refine(({ from, to }) => from <= to, { message: 'ends before it begins', path: ['to'] });
