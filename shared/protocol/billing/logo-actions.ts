import { defineAction } from '../define.ts';
import { fileAnswer, none } from '../schemas.ts';
import { issuerView } from './pricing-views.ts';

const FINANCE = ['finance', 'admin'] as const;
const LOGO_BYTES = 5 * 1024 * 1024;

/** The logo of the issuer. It is set by itself: who saves the rest of the issuer keeps it. */
export const logoActions = {
  setIssuerLogo: defineAction({
    name: 'billing.setIssuerLogo',
    summary: 'The logo of the documents to come, in place of the one before; the same again changes nothing',
    rest: 'PUT /issuer/logo',
    access: FINANCE,
    params: none,
    upload: { field: 'file', maxBytes: LOGO_BYTES },
    // pictures queue for the processes that decode them
    timeoutMs: 60_000,
    output: issuerView,
  }),
  removeIssuerLogo: defineAction({
    name: 'billing.removeIssuerLogo',
    summary: 'Documents to come have the name of the issuer in place of a logo',
    rest: 'DELETE /issuer/logo',
    access: FINANCE,
    params: none,
    output: issuerView,
  }),
  getIssuerLogo: defineAction({
    name: 'billing.getIssuerLogo',
    summary: 'The logo as it is put on documents, a JPEG',
    rest: 'GET /issuer/logo',
    access: FINANCE,
    params: none,
    output: fileAnswer,
    download: true,
  }),
};
