/**
 * Every action that the audit trail tells of (K11), in the past tense, by the thing it is done to. One that is not here
 * cannot be audited; each has its words in `web/src/locales/<language>/admin-audit.ts`.
 */
export const AUDIT_ACTIONS = [
  // identity
  ...actionsOf('user', ['created', 'changed', 'deactivated', 'password-changed']),
  ...actionsOf('api-key', ['created', 'ended']),
  ...actionsOf('session', ['reuse-detected']),
  // merchants
  ...actionsOf('merchant', ['created', 'changed', 'vat-id-checked']),
  ...actionsOf('contract', ['agreed', 'changed']),
  ...actionsOf('note', ['written', 'deleted', 'pinned', 'unpinned']),
  // orders
  ...actionsOf('order', ['created', 'cancelled', 'shipped', 'shipment-cancelled']),
  ...actionsOf('article', ['created', 'changed']),
  ...actionsOf('packaging', ['created', 'changed']),
  ...actionsOf('stock', ['booked']),
  ...actionsOf('carrier-invoice', ['recorded']),
  ...actionsOf('carrier-line', ['matched', 'dismissed', 'reopened']),
  ...actionsOf('goods-in', ['announced', 'arrived', 'changed', 'cancelled', 'received', 'counted']),
  ...actionsOf('goods-in', ['closed', 'corrected', 'reopened']),
  ...actionsOf('special-job', ['created', 'approval-asked', 'approved', 'declined', 'cancelled']),
  ...actionsOf('special-job', ['signed-off', 'corrected']),
  ...actionsOf('special-job-catalogue', ['created', 'changed']),
  // returns
  ...actionsOf('return', ['announced', 'items-announced', 'slip-sent', 'in-transit', 'cancelled', 'expired', 'lost']),
  ...actionsOf('return', ['received', 'parcel-received', 'changed', 'matched', 'split', 'split-off']),
  ...actionsOf('return', ['locked', 'lock-taken-over', 'unlocked', 'inspected', 'reopened', 'completed']),
  ...actionsOf('return', ['outcome-reported']),
  ...actionsOf('returns', ['imported']),
  ...actionsOf('item', ['added', 'linked', 'unbundled', 'inspected', 'decided', 'removed-from-batch']),
  ...actionsOf('items', ['decided']),
  ...actionsOf('rtv-batch', ['closed', 'item-checked', 'item-unchecked', 'item-removed', 'packed', 'cancelled']),
  ...actionsOf('rtv-batch', ['carrier-label-added', 'dispatched', 'delivered', 'confirmed']),
  ...actionsOf('rtv-batch', ['disputed', 'dispute-settled']),
  ...actionsOf('return-phrase', ['changed']),
  ...actionsOf('return-checklist', ['changed']),
  // billing
  ...actionsOf('issuer', ['set-up', 'changed', 'logo-set', 'logo-removed']),
  ...actionsOf('rate-card', ['created', 'version-added']),
  ...actionsOf('charge', ['held', 'released', 'waived']),
  ...actionsOf('charges', ['rerated']),
  ...actionsOf('billing-run', ['started', 'joined', 'draft-requested', 'approve-requested', 'finalize-requested']),
  ...actionsOf('invoice', [
    'credit-used',
    'credit-taken-back',
    'released',
    'overdue',
    'written-off',
    'write-off-undone',
  ]),
  ...actionsOf('payment', ['recorded', 'assigned', 'allocated', 'unmatched', 'refunded', 'voided']),
  ...actionsOf('credit', ['granted', 'paid-out', 'taken-back']),
  ...actionsOf('mandate', ['agreed', 'revoked', 'blocked', 'unblocked', 'made-final', 'lapsed']),
  ...actionsOf('direct-debit', ['held', 'released']),
  ...actionsOf('collection', [
    'proposed',
    'item-removed',
    'approved',
    'submitted',
    'discarded',
    'returned',
    'return-undone',
  ]),
  ...actionsOf('dunning', [
    'settings-changed',
    'base-rate-entered',
    'base-rate-corrected',
    'stopped',
    'resumed',
    'proposed',
    'selected',
  ]),
  ...actionsOf('dunning', [
    'discarded',
    'issued',
    'letter-issued',
    'letter-retried',
    'claim-credited',
    'claim-paid',
    'claim-reopened',
    'claim-waived',
  ]),
  ...actionsOf('bank-statement', ['imported']),
  ...actionsOf('bank-entry', ['dismissed', 'reopened', 'linked']),
  ...actionsOf('billing-run', ['approved', 'credit-requested']),
  ...actionsOf('invoice', ['finalized', 'cancelled', 'credited', 'document-retried']),
  ...actionsOf('line-dispute', ['opened', 'written-to', 'credited', 'rejected', 'withdrawn', 'invoice-cancelled']),
  ...actionsOf('storage-snapshots', ['recorded', 'reconstructed']),
  ...actionsOf('storage-policy', ['added']),
  ...actionsOf('accounting-settings', ['set-up', 'changed']),
  ...actionsOf('debtor-account', ['given']),
  ...actionsOf('export', ['made']),
  // notifications
  ...actionsOf('message', ['written', 'sent', 'resent', 'bounced', 'failed', 'unconfirmed']),
  ...actionsOf('message', ['overtaken', 'without-recipient']),
  ...actionsOf('message-setting', ['changed']),
  ...actionsOf('message-template', ['changed']),
  // sync
  ...actionsOf('import', ['started']),
  ...actionsOf('connection', ['created', 'changed', 'removed', 'started', 'secret-read']),
  ...actionsOf('mapping-profile', ['created', 'changed']),
  ...actionsOf('dead-event', ['retried']),
  ...actionsOf('dead-events', ['retried']),
  ...actionsOf('self-check', ['requested']),
];

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

function actionsOf<Thing extends string, const Done extends string>(
  thing: Thing,
  done: readonly Done[],
): `${Thing}.${Done}`[] {
  return done.map((one) => `${thing}.${one}` as const);
}
