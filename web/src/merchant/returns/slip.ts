import { ApiError } from '../../app/api/errors.ts';

/** Whether a mail was refused because nobody knows where the consumer reads mail. */
export const lacksAddress = (error: unknown): boolean =>
  error instanceof ApiError && error.errors.some(({ code }) => code === 'NO_ADDRESS');
