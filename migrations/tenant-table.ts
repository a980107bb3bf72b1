/**
 * SQL that closes a table with merchant data (architecture.md, Tenants): row security forced, so that even its owner
 * is bound, and the runtime role granted just what it needs. Rows without merchant are the staff's only.
 * @param table   with schema
 * @param grants  privileges per runtime role, for example `{ kontor_orders: 'select, insert, update' }`
 */
export function tenantTable(table: string, grants: Record<string, string>): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant on ${table} using (${SEES_ROW}) with check (${SEES_ROW})`,
    ...grantsOn(table, grants),
  ];
}

/** Grants on a table without merchant data. */
export function grantsOn(table: string, grants: Record<string, string>): string[] {
  return Object.entries(grants).map(([role, privileges]) => `grant ${privileges} on ${table} to ${role}`);
}

/** Usage of the service's own schema for its runtime role; the first statement of each first migration. */
export const schemaGrants = (service: string): string[] => [`grant usage on schema ${service} to kontor_${service}`];

// the sub-selects are planned once per statement, not once per row
const SEES_ROW = `(select current_setting('kontor.scope', true)) = 'staff'
  or merchant_id = any ((select kontor.scope_merchants())::uuid[])`;

/** SQL of a trigger that refuses UPDATE and DELETE, for rows that are evidence. */
export function appendOnly(table: string): string[] {
  const name = table.replace('.', '_');
  return [
    `create trigger ${name}_append_only before update or delete on ${table} for each row execute function kontor.refuse_change()`,
  ];
}
