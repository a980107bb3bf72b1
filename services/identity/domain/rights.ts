import { InvalidInput, type FieldError } from '../../../shared/kernel/errors.ts';
import { MERCHANT_USERS, STAFF, type Role } from '../../../shared/protocol/define.ts';

/** What somebody may do, and for which merchants; no merchants means the whole house. */
export interface Rights {
  roles: readonly Role[];
  merchantIds: readonly string[];
}

const isStaffRole = (role: Role): boolean => (STAFF as readonly Role[]).includes(role);
const isMerchantRole = (role: Role): boolean => (MERCHANT_USERS as readonly Role[]).includes(role);

/**
 * A user works for the house and sees all merchants, or for merchants and sees those; never both, because one scope
 * decides over every row.
 * @throws InvalidInput with each field that is wrong
 */
export function assertUserRights({ roles, merchantIds }: Rights): void {
  const staff = roles.some(isStaffRole);
  const errors: FieldError[] = [];
  if (roles.includes('api')) errors.push(wrong('roles', 'ROLE_FOR_KEYS_ONLY', 'The role api is for API keys'));
  if (staff && roles.some(isMerchantRole))
    errors.push(wrong('roles', 'ROLES_MIXED', 'A user has roles of the house or of a merchant, not both'));
  if (staff && merchantIds.length)
    errors.push(wrong('merchantIds', 'STAFF_HAS_NO_MERCHANTS', 'Staff see all merchants; leave this empty'));
  if (roles.some(isMerchantRole) && !staff && !merchantIds.length)
    errors.push(wrong('merchantIds', 'MERCHANT_MISSING', 'A merchant user needs at least one merchant'));
  refuse(errors, { roles, merchantIds });
}

/**
 * A key without merchants acts for the house, one with merchants for those only.
 * @throws InvalidInput with each field that is wrong
 */
export function assertKeyRights({ roles, merchantIds }: Rights): void {
  const errors: FieldError[] = [];
  if (merchantIds.length && roles.some(isStaffRole))
    errors.push(wrong('roles', 'ROLES_MIXED', 'A key for some merchants cannot have a role of the house'));
  if (!merchantIds.length && roles.some(isMerchantRole))
    errors.push(
      wrong('merchantIds', 'MERCHANT_MISSING', 'A key with a role of a merchant needs at least one merchant'),
    );
  refuse(errors, { roles, merchantIds });
}

/** What row security is told. */
export const scopeOf = (merchantIds: readonly string[]): 'staff' | string[] =>
  merchantIds.length ? [...merchantIds] : 'staff';

/** Whether both name the same, whatever the order. */
export const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value));

function refuse(errors: FieldError[], { roles, merchantIds }: Rights): void {
  if (new Set(roles).size < roles.length) errors.push(wrong('roles', 'DUPLICATE', 'Each role once'));
  if (new Set(merchantIds).size < merchantIds.length)
    errors.push(wrong('merchantIds', 'DUPLICATE', 'Each merchant once'));
  if (errors.length) throw new InvalidInput(errors);
}

const wrong = (path: string, code: string, message: string): FieldError => ({ path, code, message });
