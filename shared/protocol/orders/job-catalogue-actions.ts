import { z } from 'zod';
import { defineAction, STAFF } from '../define.ts';
import { byId, id, line, none, page, pageParams, text } from '../schemas.ts';
import { catalogueEntryView } from './special-jobs.ts';

const MAINTAINERS = ['lead', 'admin'] as const;

const entryFields = {
  name: z.strictObject({ de: line(120), en: line(120) }),
  unit: z.enum(['piece', 'minute']),
  needsApproval: z.boolean(),
  words: text(200, 0).meta({ description: 'Description of a new job, to be completed' }),
  active: z.boolean(),
};

/** What the house offers as special jobs. */
export const jobCatalogueActions = {
  listJobCatalogue: defineAction({
    name: 'orders.listJobCatalogue',
    summary: 'What the house offers as special jobs, by code',
    rest: 'GET /special-job-catalogue',
    access: STAFF,
    params: z.strictObject({ ...pageParams, active: z.enum(['true', 'false']).optional() }),
    output: page(catalogueEntryView),
  }),
  createCatalogueEntry: defineAction({
    name: 'orders.createCatalogueEntry',
    summary: 'Offer a special job; its price stands in the rate card, under the code',
    rest: 'POST /special-job-catalogue',
    access: MAINTAINERS,
    params: none,
    body: z.strictObject({
      id: id.optional(),
      code: line(60).meta({ description: 'Code the rate card prices by; never changes', example: 'relabel' }),
      ...entryFields,
      needsApproval: entryFields.needsApproval.default(false),
      words: entryFields.words.default(''),
      active: entryFields.active.default(true),
    }),
    output: catalogueEntryView,
    status: 201,
  }),
  changeCatalogueEntry: defineAction({
    name: 'orders.changeCatalogueEntry',
    summary: 'Change what is offered; jobs that were opened keep what they were opened with',
    rest: 'PATCH /special-job-catalogue/{id}',
    access: MAINTAINERS,
    params: byId,
    body: z.strictObject(z.object(entryFields).partial().shape),
    output: catalogueEntryView,
  }),
};
