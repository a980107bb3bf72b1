import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, fileAnswer, none, page, pageParams } from '../schemas.ts';
import {
  accountDigits,
  accountingProposal,
  accountingSettings,
  accountingSettingsView,
  chart,
} from './accounting-settings.ts';
import { exportKind, exportPeriod, exportPreview, exportSummary, exportView } from './export-views.ts';

const FINANCE = ['finance', 'admin'] as const;
const onlyNew = z.boolean().meta({
  description: 'Leave out what an earlier export of this kind had; not for the EC sales list, which tells totals',
});

/** What leaves for the tax adviser and the tax office, and how the books are kept that it is for. */
export const exportActions = {
  getAccountingSettings: defineAction({
    name: 'billing.getAccountingSettings',
    summary: 'How the books of the issuer are kept; 404 until it is said',
    rest: 'GET /accounting-settings',
    access: FINANCE,
    params: none,
    output: accountingSettingsView,
  }),
  putAccountingSettings: defineAction({
    name: 'billing.putAccountingSettings',
    summary: 'Says how the books of the issuer are kept; files that were made stay as they are',
    rest: 'PUT /accounting-settings',
    access: FINANCE,
    params: none,
    body: accountingSettings,
    output: accountingSettingsView,
  }),
  proposeAccounts: defineAction({
    name: 'billing.proposeAccounts',
    summary: 'The usual accounts of a standard chart (SKR03, SKR04)',
    rest: 'GET /accounting-settings/proposal',
    access: FINANCE,
    params: z.strictObject({ chart, accountDigits: z.coerce.number().pipe(accountDigits).default(4) }),
    output: accountingProposal,
  }),
  previewExport: defineAction({
    name: 'billing.previewExport',
    summary: 'What an export of a period would hold, what is wrong with it, and what was exported before',
    rest: 'GET /exports/preview',
    access: FINANCE,
    params: z.strictObject({ kind: exportKind, period: exportPeriod }),
    output: exportPreview,
    timeoutMs: 60_000,
  }),
  makeExport: defineAction({
    name: 'billing.makeExport',
    summary:
      'Makes and keeps the file of a period; what was exported before is in it again, and told, unless only what is new is asked for',
    rest: 'POST /exports',
    access: FINANCE,
    params: none,
    body: z.strictObject({ kind: exportKind, period: exportPeriod, onlyNew: onlyNew.default(false) }),
    output: exportView,
    status: 201,
    timeoutMs: 110_000,
  }),
  listExports: defineAction({
    name: 'billing.listExports',
    summary: 'Every export, newest first',
    rest: 'GET /exports',
    access: FINANCE,
    params: z.strictObject({ ...pageParams, kind: exportKind.optional(), period: exportPeriod.optional() }),
    output: page(exportSummary),
  }),
  getExport: defineAction({
    name: 'billing.getExport',
    summary: 'An export with its documents; each names the export that had it first',
    rest: 'GET /exports/{id}',
    access: FINANCE,
    params: byId,
    output: exportView,
  }),
  getExportFile: defineAction({
    name: 'billing.getExportFile',
    summary: 'The file as it was made',
    rest: 'GET /exports/{id}/file',
    access: FINANCE,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
};
