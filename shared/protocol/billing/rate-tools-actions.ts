import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, fileAnswer, id, language, line, localDate, localMonth, none, page, pageParams } from '../schemas.ts';
import { newRateVersion, savedRateCard } from './rate-card.ts';
import { rateCheck, rateCsvOutcome, rateDiff, whatIfMerchant } from './rate-tools-views.ts';

const FINANCE = ['finance', 'admin'] as const;
/** 5 MB: a card of a thousand rules in twenty versions needs half of it. */
const CSV_BYTES = 5_000_000;

/** What is done with rate cards besides pricing: check, compare, copy, try out, take in and out as files. */
export const rateToolsActions = {
  checkRateVersion: defineAction({
    name: 'billing.checkRateVersion',
    summary: 'What a save of this version would refuse, and what else is worth a look; stores nothing',
    rest: 'POST /rate-cards/check',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      cardId: id.optional().meta({ description: 'The card it is meant for; without it a base card' }),
      version: newRateVersion,
    }),
    output: rateCheck,
  }),
  copyRateCard: defineAction({
    name: 'billing.copyRateCard',
    summary: 'Copies a card: all of its versions, or with `validFrom` the one in force then as the only version',
    rest: 'POST /rate-cards/{id}/copy',
    access: FINANCE,
    params: byId,
    body: z.strictObject({
      code: line(60),
      name: line(120),
      merchantId: id.optional(),
      validFrom: localDate.optional(),
    }),
    output: savedRateCard,
    status: 201,
  }),
  diffRateCard: defineAction({
    name: 'billing.diffRateCard',
    summary: 'What differs between two versions of a card, or of two cards, field by field',
    rest: 'GET /rate-cards/{id}/diff',
    access: FINANCE,
    params: z.strictObject({
      id,
      from: z.coerce.number().int().positive().optional().meta({ description: 'Version; the last but one without it' }),
      to: z.coerce.number().int().positive().optional().meta({ description: 'Version; the last one without it' }),
      otherId: id.optional().meta({ description: 'The card `to` belongs to; both default to the last version then' }),
    }),
    output: rateDiff,
  }),
  whatIfRateCard: defineAction({
    name: 'billing.whatIfRateCard',
    summary:
      'What past months would have come to at other prices, per merchant and month, beside what they did; stores nothing',
    rest: 'POST /rate-cards/what-if',
    access: FINANCE,
    params: z.strictObject({ cursor: pageParams.cursor, limit: z.coerce.number().int().min(1).max(50).default(20) }),
    body: z
      .strictObject({
        cardId: id.optional(),
        version: z.int().positive().optional().meta({ description: 'The last one without it' }),
        draft: newRateVersion.optional().meta({
          description: 'A version that is not stored, in place of those of `cardId`; without a card for `merchantIds`',
        }),
        from: localMonth,
        to: localMonth,
        merchantIds: z
          .array(id)
          .min(1)
          .max(1_000)
          .optional()
          .meta({ description: 'Those whom the card prices now, without it' }),
      })
      .refine(({ cardId, draft }) => cardId !== undefined || draft !== undefined, {
        message: 'Name a card or give a draft',
        path: ['cardId'],
      })
      .refine(({ version, draft }) => version === undefined || draft === undefined, {
        message: 'Either a version or a draft',
        path: ['version'],
      })
      .refine(({ cardId, version }) => cardId !== undefined || version === undefined, {
        message: 'The version of which card?',
        path: ['cardId'],
      })
      .refine(({ cardId, merchantIds }) => cardId !== undefined || merchantIds !== undefined, {
        message: 'A draft without a card needs merchants',
        path: ['merchantIds'],
      })
      .refine(({ from, to }) => from <= to, { message: 'It ends before it starts', path: ['to'] })
      .refine(({ from, to }) => monthNumber(to) - monthNumber(from) < 12, {
        message: 'At most 12 months at once',
        path: ['to'],
      }),
    output: page(whatIfMerchant),
    timeoutMs: 60_000,
  }),
  importRateCardCsv: defineAction({
    name: 'billing.importRateCardCsv',
    summary:
      'Makes a card of a CSV file, or adds the versions its card lacks. With a mistake in any line nothing is stored: ' +
      '422 `RATE_CARD_INVALID` with `errors` at `lines.<line>.<column>`; a dry run answers 200 with all of them',
    rest: 'POST /rate-cards/csv',
    access: FINANCE,
    params: none,
    body: z.strictObject({
      code: line(60),
      name: line(120).optional().meta({ description: 'Of a new card; the code without it' }),
      merchantId: id.optional().meta({ description: 'Of a new card that is for one merchant' }),
      isBase: z.enum(['true', 'false']).default('false'),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Check everything, store nothing' }),
    }),
    upload: { field: 'file', maxBytes: CSV_BYTES },
    timeoutMs: 60_000,
    output: rateCsvOutcome,
  }),
  exportRateCardCsv: defineAction({
    name: 'billing.exportRateCardCsv',
    summary:
      'All versions of a card as CSV, one line per rule, tier, surcharge, discount and minimum; as a spreadsheet of the ' +
      'language reads it. What is exported can be imported unchanged',
    rest: 'GET /rate-cards/{id}/card.csv',
    access: FINANCE,
    params: z.strictObject({ id, language: language.default('de') }),
    output: fileAnswer,
    download: true,
  }),
};

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
