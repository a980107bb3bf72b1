import { z } from 'zod';
import { defineAction, MERCHANT_USERS } from '../define.ts';
import { id, instant, language, line, text } from '../schemas.ts';
import { messageKind } from './events.ts';

/** Kinds whose texts stand in templates. */
export const templateKind = messageKind.exclude(['individual']);
export type TemplateKind = z.output<typeof templateKind>;
/** Kinds that are told because something happened. */
export const settingKind = messageKind.exclude(['individual', 'digest']);
export type SettingKind = z.output<typeof settingKind>;

/** Texts an administrator can change; which of them a kind has is told by the list. `''` leaves one out. */
export const templateTexts = z.strictObject({
  subject: line(150).optional(),
  preheader: line(150, 0).optional(),
  heading: line(150).optional(),
  greeting: line(150, 0).optional(),
  intro: text(2_000).optional(),
  correction: text(2_000).optional(),
  closing: text(2_000, 0).optional(),
});
export type TemplateTexts = z.output<typeof templateTexts>;
export type SlotName = keyof TemplateTexts;

export const messageTemplateView = z.object({
  kind: templateKind,
  language,
  /** `null`: for the whole house. */
  merchantId: id.nullable(),
  /** 0 until a text is changed. */
  version: z.int().nonnegative(),
  updatedAt: instant.nullable(),
  slots: z.array(
    z.object({
      name: templateTexts.keyof(),
      maxLength: z.int().positive(),
      multiline: z.boolean(),
      /** Whether `''` is refused. */
      mandatory: z.boolean(),
      /** What is said without a text of one's own. */
      standard: z.string(),
      override: z.string().nullable(),
    }),
  ),
  /** What the texts may name as `{{name}}`. */
  placeholders: z.array(z.object({ name: z.string(), sample: z.string() })),
});
export type MessageTemplateView = z.output<typeof messageTemplateView>;

/** `each`: a mail for each event; `daily`: one mail a day with all of them. */
export const messageMode = z.enum(['each', 'daily', 'off']);
export type MessageMode = z.output<typeof messageMode>;

export const messageSettingView = z.object({
  kind: settingKind,
  mode: messageMode,
  /** Who said so: nobody yet, the house for all its merchants, or for this merchant. */
  source: z.enum(['standard', 'house', 'merchant']),
  /** What can be chosen. */
  modes: z.array(messageMode),
  /** Why there is no choice. */
  fixedBecause: z.string().nullable(),
  /** Of the choice at this place; 0 without one. */
  version: z.int().nonnegative(),
});
export const messageSettings = z.object({ merchantId: id.nullable(), items: z.array(messageSettingView) });
export type MessageSettings = z.output<typeof messageSettings>;

const EDITORS = ['lead', 'finance', 'admin'] as const;
const template = { kind: templateKind, language };
const merchantId = id.optional().meta({ description: 'For one merchant; for the whole house without it' });

/** Texts of mails and who gets which. */
export const templateActions = {
  listMessageTemplates: defineAction({
    name: 'notifications.listMessageTemplates',
    summary: 'The texts of all mails, what was changed, and what they may name',
    rest: 'GET /message-templates',
    access: EDITORS,
    params: z.strictObject({ merchantId }),
    output: z.object({ items: z.array(messageTemplateView) }),
  }),
  changeMessageTemplate: defineAction({
    name: 'notifications.changeMessageTemplate',
    summary:
      'Sets the texts of a mail; what is not named is as the product brings it. Mails in the queue stay as they are',
    rest: 'PUT /message-templates/{kind}/{language}',
    access: ['admin'],
    params: z.strictObject(template),
    body: z.strictObject({ merchantId, texts: templateTexts }),
    output: messageTemplateView,
  }),
  resetMessageTemplate: defineAction({
    name: 'notifications.resetMessageTemplate',
    summary: 'Takes all own texts of a mail back',
    rest: 'DELETE /message-templates/{kind}/{language}',
    access: ['admin'],
    params: z.strictObject({ ...template, merchantId }),
    output: messageTemplateView,
  }),
  previewMessageTemplate: defineAction({
    name: 'notifications.previewMessageTemplate',
    summary: 'A mail with sample data and the given texts; nothing is stored',
    rest: 'POST /message-templates/{kind}/{language}/preview',
    access: EDITORS,
    params: z.strictObject(template),
    body: z.strictObject({ merchantId, texts: templateTexts }),
    output: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
  }),
  listMessageSettings: defineAction({
    name: 'notifications.listMessageSettings',
    summary: 'Which mails are sent: each, once a day, or not at all',
    rest: 'GET /message-settings',
    access: [...EDITORS, ...MERCHANT_USERS],
    params: z.strictObject({
      merchantId: id.optional().meta({ description: 'The house without it; the own merchant for its users' }),
    }),
    output: messageSettings,
  }),
  changeMessageSetting: defineAction({
    name: 'notifications.changeMessageSetting',
    summary: 'Says how a kind of mail is sent; `null` is as the house says',
    rest: 'PUT /message-settings/{kind}',
    access: ['lead', 'admin', 'merchantDecider'],
    params: z.strictObject({ kind: settingKind }),
    body: z.strictObject({
      merchantId: id.optional().meta({ description: 'The house without it; the own merchant for its users' }),
      mode: messageMode.nullable(),
    }),
    output: messageSettingView,
  }),
};
