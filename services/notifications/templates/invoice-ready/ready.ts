import type { z } from 'zod';
import type { invoiceDocumentReadyV1 } from '../../../../shared/protocol/billing/events.ts';

/** A document that may be mailed, as it was announced. */
export type Ready = z.output<typeof invoiceDocumentReadyV1.payload>;
