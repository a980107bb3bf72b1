import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { byId, fileAnswer, id, pageParams } from '../schemas.ts';
import { dunningLetters, dunningLetterView, letterDelivery, letterDocument } from './dunning-views.ts';

const FINANCE = ['finance', 'admin'] as const;
const READERS = [...FINANCE, ...MERCHANT_USERS] as const;

/** Dunning letters, their documents, and what became of them. */
export const dunningLetterActions = {
  listDunningLetters: defineAction({
    name: 'billing.listDunningLetters',
    summary: 'Dunning letters, newest first; merchants see their own',
    rest: 'GET /dunning-letters',
    access: READERS,
    params: z.strictObject({
      ...pageParams,
      merchantId: id.optional(),
      document: letterDocument.optional(),
      delivery: letterDelivery.optional(),
    }),
    output: dunningLetters,
  }),
  getDunningLetter: defineAction({
    name: 'billing.getDunningLetter',
    summary: 'A dunning letter with its invoices, and what became of it; merchants see their own',
    rest: 'GET /dunning-letters/{id}',
    access: READERS,
    params: byId,
    output: dunningLetterView,
  }),
  getDunningLetterPdf: defineAction({
    name: 'billing.getDunningLetterPdf',
    summary: 'The archived PDF of a dunning letter',
    rest: 'GET /dunning-letters/{id}/document.pdf',
    access: READERS,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  retryDunningLetter: defineAction({
    name: 'billing.retryDunningLetter',
    summary: 'Draws a dunning letter again after what parked it was solved',
    rest: 'POST /dunning-letters/{id}/document/retry',
    access: FINANCE,
    params: byId,
    output: dunningLetterView,
    status: 202,
  }),
};
