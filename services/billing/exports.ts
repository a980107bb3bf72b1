import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import { exportActions } from '../../shared/protocol/billing/export-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { usualAccounts } from './domain/exports/accounts.ts';
import { getAccountingSettings, putAccountingSettings } from './use-cases/exports/accounting-settings.ts';
import { makeExport } from './use-cases/exports/make-export.ts';
import { getExport, getExportFile, listExports, previewExport } from './use-cases/exports/read-exports.ts';

/** Wiring of what leaves for the tax adviser and the tax office. */
export const exportHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(exportActions, {
    getAccountingSettings: (_input, actor) => getAccountingSettings(deps, actor),
    putAccountingSettings: (input, actor) => putAccountingSettings(deps, input, actor),
    proposeAccounts: async ({ chart, accountDigits }) => usualAccounts(chart, accountDigits),
    previewExport: (input, actor) => previewExport(deps, input, actor),
    makeExport: (input, actor) => makeExport(deps, input, actor),
    listExports: (input, actor) => listExports(deps, input, actor),
    getExport: (input, actor) => getExport(deps, input, actor),
    getExportFile: (input, actor) => getExportFile(deps, input, actor),
  });
