import { z } from 'zod';
import type { Clock } from '../../shared/kernel/clock.ts';
import { NotFound } from '../../shared/kernel/errors.ts';
import { readToken } from '../../shared/links/token.ts';
import { id } from '../../shared/protocol/schemas.ts';

/** What a link in a mail asks about. */
export interface LinkedQuestions {
  returnId: string;
  /** Of the inspection the questions come from; a later one asks anew. */
  revision: number;
}

/** @throws NotFound for what is none of our links @throws AppError 410 `LINK_EXPIRED` */
export type ReadDecisionLink = (token: string) => LinkedQuestions;

const payload = z.strictObject({ r: id, v: z.int().nonnegative() });

/** Links that notifications put into mails. @param clock  business time, in which their deadline is */
export const decisionLinks =
  (key: Uint8Array, clock: Clock): ReadDecisionLink =>
  (token) => {
    const { success, data } = payload.safeParse(readToken(key, 'decide', token, clock()));
    if (!success) throw new NotFound('link');
    return { returnId: data.r, revision: data.v };
  };
