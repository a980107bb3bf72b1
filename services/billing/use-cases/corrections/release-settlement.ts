import type { StepTx } from '../runs/work-row.ts';

/**
 * What settles a document that claims less from now on, or nothing, is the merchant's again. Nothing settles documents
 * yet; whoever books payments releases them here, in the transaction of the correction.
 */
export const releaseSettlement = (_tx: StepTx, _invoiceId: string, _reason: string): Promise<void> => Promise.resolve();
