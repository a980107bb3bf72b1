import { z } from 'zod';

/**
 * Why a document is parked: a character no font here has, a check before the release that it failed,
 * or a process that did not live to make it.
 */
export const documentFinding = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('DOCUMENT_GLYPH_MISSING'),
    /** Where in the content: `buyer.name`. */
    field: z.string().optional(),
    text: z.string(),
    character: z.string(),
    codePoint: z.string(),
  }),
  z.object({
    code: z.literal('DOCUMENT_INVALID'),
    check: z.string(),
    /** By rule: `BR-DE-15`. */
    findings: z.array(z.object({ rule: z.string(), path: z.string(), message: z.string() })),
  }),
  z.object({
    code: z.literal('DOCUMENT_CRASHED'),
    /** How often whatever makes it died or hung over it. */
    crashes: z.int(),
  }),
]);
export type DocumentFinding = z.output<typeof documentFinding>;
