import { z } from 'zod';
import { returnPolicy, returnReason, returnRule } from '../merchants/return-policy.ts';
import { defineAction, EVERYONE, STAFF } from '../define.ts';
import { id, line, text } from '../schemas.ts';
import { grade } from './events.ts';

const code = line(60);

/** A short finding ready to be tapped; `grades` and `reasons` say where it is offered first (B6). */
export const returnPhrase = z.strictObject({
  id: code.meta({ description: 'Stable within the list, so that a device knows a phrase again' }),
  de: text(300),
  en: text(300),
  grades: z.array(grade).max(4).optional(),
  reasons: z.array(code).max(50).optional(),
});
export type ReturnPhrase = z.output<typeof returnPhrase>;

const checklistOption = z.strictObject({
  code,
  de: line(80),
  en: line(80),
  grade: grade.optional().meta({ description: 'The best grade goods with this answer can have' }),
});

/** `yesNo` has exactly the options `yes` and `no`. */
const checklistQuestion = z.strictObject({
  code,
  de: line(200),
  en: line(200),
  kind: z.enum(['yesNo', 'choice']),
  options: z.array(checklistOption).min(2).max(20),
});

/** Questions about the articles of a group; the worst grade of the answers is suggested (B7). */
export const returnChecklist = z.strictObject({
  id: code,
  articleGroup: line(60).nullable().meta({ description: '`null`: all articles without a checklist of their own' }),
  questions: z.array(checklistQuestion).min(1).max(30),
});
export type ReturnChecklist = z.output<typeof returnChecklist>;

const settings = {
  reasons: z.array(returnReason),
  phrases: z.array(returnPhrase),
  checklists: z.array(returnChecklist),
  rules: z.array(returnRule),
  policy: returnPolicy,
};
/** What the inspection of a merchant's goods works with. */
export const returnSettings = z.object(settings);
export type ReturnSettings = z.output<typeof returnSettings>;

/** What a device needs to work without a network. */
const allSettings = z.object({
  house: returnSettings,
  merchants: z.array(z.object({ merchantId: id, number: z.string(), name: z.string(), ...settings })),
});

const owner = { merchantId: id.optional().meta({ description: 'Left out for the list of the house' }) };
const listFacts = { merchantId: id.nullable(), version: z.int().nonnegative() };
export const phraseList = z.object({ ...listFacts, phrases: z.array(returnPhrase) });
export const checklistList = z.object({ ...listFacts, checklists: z.array(returnChecklist) });

/** What workers choose from, and what the rules of the merchants say. */
export const settingsActions = {
  getReturnSettings: defineAction({
    name: 'returns.getReturnSettings',
    summary:
      'Reasons, phrases, checklists, rules and policy for returns of one merchant, or of the house and all merchants',
    rest: 'GET /return-settings',
    access: EVERYONE,
    params: z.strictObject({ merchantId: id.optional() }),
    output: z.union([allSettings, returnSettings]),
  }),
  getPhrases: defineAction({
    name: 'returns.getPhrases',
    summary: 'The phrases a merchant or the house has of its own; without any, the house, then the product gives them',
    rest: 'GET /return-phrases',
    access: STAFF,
    params: z.strictObject(owner),
    output: phraseList,
  }),
  putPhrases: defineAction({
    name: 'returns.putPhrases',
    summary: 'Replace the phrases of a merchant or of the house; an empty list gives back those above it',
    rest: 'PUT /return-phrases',
    access: ['lead', 'admin'],
    params: z.strictObject({}),
    body: z.strictObject({ ...owner, phrases: z.array(returnPhrase).max(200) }),
    output: phraseList,
  }),
  getChecklists: defineAction({
    name: 'returns.getChecklists',
    summary: 'The checklists a merchant or the house has of its own',
    rest: 'GET /return-checklists',
    access: STAFF,
    params: z.strictObject(owner),
    output: checklistList,
  }),
  putChecklists: defineAction({
    name: 'returns.putChecklists',
    summary: 'Replace the checklists of a merchant or of the house; for the same articles those of the merchant count',
    rest: 'PUT /return-checklists',
    access: ['lead', 'admin'],
    params: z.strictObject({}),
    body: z.strictObject({ ...owner, checklists: z.array(returnChecklist).max(100) }),
    output: checklistList,
  }),
};
