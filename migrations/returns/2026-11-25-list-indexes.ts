import { Migration } from '@mikro-orm/migrations';

/** Lists of what is rare among much. Whoever looks for open work must not read what was completed years ago. */
export class ListIndexes extends Migration {
  override up(): void {
    for (const statement of [...open, ...rare]) this.addSql(statement);
  }
}

// PostgreSQL proves this of any open state that a statement writes out
const OPEN = `state not in ('completed', 'cancelled', 'expired', 'lost')`;

const open = [
  `create index return_open_created on returns.return (created_at, id) where ${OPEN}`,
  `create index return_open_received on returns.return (received_at, id) where ${OPEN}`,
  `create index return_open_due on returns.return (inspection_due_at, id) where ${OPEN}`,
  // the one before it holds all that this one held
  'drop index returns.return_inspection_due',
];

const rare = [
  'create index return_kind_created on returns.return (kind, created_at, id)',
  `create index return_unmatched on returns.return (created_at, id) where match_state = 'unmatched'`,
  `create index rtv_batch_state_created on returns.rtv_batch (state, created_at, id)`,
];
