import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, fileAnswer, id, language } from '../schemas.ts';
import { OPERATORS } from './intake-actions.ts';

/** `62x29`: a roll of small labels (Brother DK-11209); `a6`: a sheet for boxes. */
export const labelFormat = z.enum(['62x29', 'a6']);

/** The printer stands in the house, whatever language a merchant reads. */
const printed = { format: labelFormat.default('62x29'), language: language.default('de') };

/** Labels the house sticks on goods and boxes; what is scanned is found by `GET /returns/lookup`. */
export const labelActions = {
  getItemLabel: defineAction({
    name: 'returns.getItemLabel',
    summary: 'Label of an item with Code 128 and QR as PDF',
    rest: 'GET /labels/items/{itemId}/label.pdf',
    access: OPERATORS,
    params: z.strictObject({ itemId: id, ...printed }),
    output: fileAnswer,
    download: true,
  }),
  getReturnLabels: defineAction({
    name: 'returns.getReturnLabels',
    summary:
      'Labels of the items of a return as one PDF, a page each: those named, else all that are in the house or, before it came, expected',
    rest: 'GET /returns/{id}/labels.pdf',
    access: OPERATORS,
    params: z.strictObject({
      id,
      ...printed,
      itemIds: z
        .string()
        .regex(/^[0-9a-fA-F-]{36}(,[0-9a-fA-F-]{36}){0,49}$/, 'Must be at most 50 ids separated by commas')
        .optional()
        .meta({ description: 'Ids separated by commas, at most 50' }),
    }),
    output: fileAnswer,
    download: true,
  }),
  getBatchLabel: defineAction({
    name: 'returns.getBatchLabel',
    summary: 'Label of the box of a batch with Code 128 and QR as PDF',
    rest: 'GET /rtv-batches/{id}/label.pdf',
    access: OPERATORS,
    params: z.strictObject({ ...byId.shape, ...printed }),
    output: fileAnswer,
    download: true,
  }),
};
