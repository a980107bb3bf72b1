import type { TextsLike } from '../../app/i18n/texts.ts';
import type { adminAuditMoney as german } from '../de/admin-audit-money.ts';

/** What the audit trail says of payments, direct debits and dunning. */
export const adminAuditMoney: TextsLike<typeof german> = {
  payment: {
    recorded: 'Payment recorded',
    assigned: 'Payment assigned to a merchant',
    allocated: 'Payment allocated to an invoice',
    unmatched: 'Allocation of a payment undone',
    refunded: 'Payment paid back',
    voided: 'Payment voided',
  },
  mandate: {
    agreed: 'Mandate recorded',
    revoked: 'Mandate revoked',
    blocked: 'Mandate blocked',
    unblocked: 'Mandate unblocked',
    'made-final': 'Mandate runs out',
    lapsed: 'Mandate lapsed',
  },
  'direct-debit': {
    held: 'Collection held',
    released: 'Collection let in again',
  },
  collection: {
    proposed: 'Collection proposed',
    'item-removed': 'Invoice taken out of a collection',
    approved: 'Collection approved',
    submitted: 'Collection handed in',
    discarded: 'Collection discarded',
    returned: 'Return debit recorded',
    'return-undone': 'Return debit taken back',
  },
  dunning: {
    'settings-changed': 'Dunning levels changed',
    'base-rate-entered': 'Base rate entered',
    'base-rate-corrected': 'Base rate corrected',
    stopped: 'Dunning stopped',
    resumed: 'Dunning stop lifted',
    proposed: 'Dunning run proposed',
    selected: 'Selection of a dunning run changed',
    discarded: 'Dunning run discarded',
    issued: 'Dunning run issued',
    'letter-issued': 'Dunning letter issued',
    'letter-retried': 'Dunning letter created again',
    'claim-paid': 'Interest or fee noted as paid',
    'claim-credited': 'Paid interest or fee made credit',
    'claim-reopened': 'Payment of interest or fee taken back',
    'claim-waived': 'Interest or fee waived',
  },
};
