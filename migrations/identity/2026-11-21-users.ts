import { Migration } from '@mikro-orm/migrations';
import { grantsOn, schemaGrants } from '../tenant-table.ts';

const STAFF = `array['worker', 'lead', 'finance', 'admin']`;
const MERCHANT = `array['merchantViewer', 'merchantDecider']`;

/**
 * Users, sessions and API keys. They are nobody's merchant data: a user may have several merchants, and the rights
 * themselves must be readable before a scope is known. So no row security here, and no role but identity's own.
 */
export class Users extends Migration {
  override up(): void {
    for (const statement of [...schemaGrants('identity'), ...users, ...sessions, ...apiKeys, ...grants])
      this.addSql(statement);
  }
}

const users = [
  `create table identity.user_account (
     id uuid primary key,
     version integer not null default 1,
     email text not null,
     display_name text not null,
     roles text[] not null check (roles <@ (${STAFF} || ${MERCHANT}) and cardinality(roles) > 0),
     merchant_ids uuid[] not null,
     password_hash text not null,
     active boolean not null default true,
     last_login_at timestamptz,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint user_account_staff_or_merchant check ((roles && ${STAFF}) <> (roles && ${MERCHANT})),
     constraint user_account_scope check ((roles && ${MERCHANT}) = (cardinality(merchant_ids) > 0)))`,
  'create unique index user_account_email on identity.user_account (lower(email))',
  'create index user_account_merchants on identity.user_account using gin (merchant_ids)',
  // one row per attempt that has not turned out right; the account is hashed, because people type passwords there
  `create table identity.login_attempt (
     id uuid primary key,
     account_hash text not null,
     at timestamptz not null)`,
  'create index login_attempt_account on identity.login_attempt (account_hash, at)',
  'create index login_attempt_age on identity.login_attempt (at)',
];

const sessions = [
  `create table identity.session (
     id uuid primary key,
     user_id uuid not null references identity.user_account (id),
     created_at timestamptz not null,
     expires_at timestamptz not null,
     revoked_at timestamptz,
     revoked_because text check (revoked_because in ('logout', 'reuse', 'password', 'deactivated')),
     check ((revoked_at is null) = (revoked_because is null)))`,
  'create index session_of_user on identity.session (user_id)',
  'create index session_age on identity.session (expires_at)',
  // used tokens stay, so that a stolen one is recognised when it comes a second time
  `create table identity.refresh_token (
     token_hash text primary key,
     session_id uuid not null references identity.session (id) on delete cascade,
     issued_at timestamptz not null,
     used_at timestamptz)`,
  'create unique index refresh_token_current on identity.refresh_token (session_id) where used_at is null',
  'create index refresh_token_session on identity.refresh_token (session_id)',
  'create index refresh_token_used on identity.refresh_token (used_at) where used_at is not null',
];

const apiKeys = [
  `create table identity.api_key (
     id uuid primary key,
     version integer not null default 1,
     name text not null,
     hint text not null,
     secret_hash text not null constraint api_key_secret unique,
     roles text[] not null check (roles <@ (${STAFF} || ${MERCHANT} || array['api']) and cardinality(roles) > 0),
     merchant_ids uuid[] not null,
     active boolean not null default true,
     last_used_at timestamptz,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     constraint api_key_scope check (case when cardinality(merchant_ids) > 0 then not roles && ${STAFF} else not roles && ${MERCHANT} end))`,
  // identity answers GET /audit; the merchant's filter needs its own order
  'create index audit_entry_merchant on messaging.audit_entry (merchant_id, id)',
];

const grants = [
  ...grantsOn('identity.user_account', { kontor_identity: 'select, insert, update' }),
  ...grantsOn('identity.login_attempt', { kontor_identity: 'select, insert, delete' }),
  ...grantsOn('identity.session', { kontor_identity: 'select, insert, update, delete' }),
  ...grantsOn('identity.refresh_token', { kontor_identity: 'select, insert, update, delete' }),
  ...grantsOn('identity.api_key', { kontor_identity: 'select, insert, update' }),
];
