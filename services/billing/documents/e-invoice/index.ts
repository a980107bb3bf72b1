/** The electronic invoice beside every document (EN 16931, ZUGFeRD and XRechnung; docs/decisions/019-e-invoice.md). */
export { isXRechnung } from './cii/profile.ts';
export type { Finding } from './finding.ts';
export { readTotals, type XmlTotals } from './read-totals.ts';
export { totalsOf } from './totals-of.ts';
export { validateCii } from './validate-cii.ts';
export { writeCii } from './write-cii.ts';
