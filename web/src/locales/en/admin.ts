import type { TextsLike } from '../../app/i18n/texts.ts';
import type { admin as german } from '../de/admin.ts';
import { adminAudit } from './admin-audit.ts';
import { adminMerchants } from './admin-merchants.ts';

export const admin: TextsLike<typeof german> = {
  ...adminAudit,
  ...adminMerchants,
  nav: { merchants: 'Merchants', users: 'Users', mails: 'E-mails', reference: 'API reference' },
  users: {
    title: 'Users',
    lead: 'Who can log in, and what they may do',
    name: 'Name',
    email: 'E-mail address',
    roles: 'Roles',
    merchants: 'Merchants',
    house: 'House',
    active: 'Access',
    activeYes: 'Active',
    activeNo: 'Blocked',
    lastLogin: 'Last log-in',
    never: 'Never',
    search: 'Name or e-mail address',
    emptyTitle: 'No users',
  },
  role: {
    worker: 'Warehouse',
    lead: 'Warehouse lead',
    finance: 'Finance',
    admin: 'Administration',
    merchantViewer: 'Merchant, reading',
    merchantDecider: 'Merchant, deciding',
    api: 'Interface',
  },
};
