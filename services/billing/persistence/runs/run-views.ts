import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { RowState, RunView } from '../../../../shared/protocol/billing/runs-actions.ts';

type RunSummary = Omit<RunView, 'rows'>;
/** What of a row its run is made of. */
interface Member {
  state: RowState;
  wanted: string | null;
  netMinor: number | null;
  grossMinor: number | null;
  /** It has finalized something, although it may be cancelled since. */
  hasBilled: boolean;
}
type RunHead = Pick<RunSummary, 'id' | 'cutoff' | 'startedBy' | 'startedKind'> & { createdAt: string };

const HEAD = sql`r.id, r.cutoff, r.started_by as "startedBy", r.started_kind as "startedKind", r.created_at as "createdAt"`;

/** A run with all its rows. @throws NotFound */
export async function runView(em: EntityManager, runId: string): Promise<RunView> {
  const [head] = await rows<RunHead>(em, sql`select ${HEAD} from run r where r.id = ${runId}`);
  if (!head) throw new NotFound('billing run');
  const members = await rows<RunView['rows'][number]>(
    em,
    sql`select m.merchant_id as "merchantId", ref.number as "merchantNumber", ref.name as "merchantName", m.state, m.final, m.wanted, m.findings,
          m.charge_count as "chargeCount", m.net_minor::float8 as "netMinor", m.gross_minor::float8 as "grossMinor", m.approved_by as "approvedBy", m.issue_credit as "issueCredit",
          coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'correctsId', i.corrects_id, 'number', i.number, 'state', i.state, 'netMinor', i.net_minor,
            'grossMinor', i.gross_minor) order by i.finalized_at, i.kind, i.series_number, i.split, i.tax_group) from invoice i where i.run_merchant_id = m.id), '[]') as invoices
        from run_merchant m join merchant_ref ref on ref.merchant_id = m.merchant_id where m.run_id = ${runId} order by ref.number`,
  );
  const counted = members.map((row) => ({
    ...row,
    hasBilled: row.invoices.some(({ state, correctsId }) => state === 'finalized' && correctsId === null),
  }));
  return { ...summary(head, counted), rows: members };
}

export async function listRuns(
  em: EntityManager,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<RunSummary>> {
  const after = readCursor(cursor, ['day', 'id']);
  const heads = await rows<RunHead & { members: Member[] }>(
    em,
    sql`select ${HEAD}, coalesce((select jsonb_agg(jsonb_build_object('state', m.state, 'wanted', m.wanted, 'netMinor', m.net_minor,
          'grossMinor', m.gross_minor, 'hasBilled', cardinality(m.done_streams) > 0)) from run_merchant m where m.run_id = r.id), '[]') as members
        from run r where ${after ? sql`(r.cutoff, r.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by r.cutoff desc, r.id desc limit ${limit + 1}`,
  );
  return toPage(
    heads,
    limit,
    ({ cutoff, id }) => [cutoff, id],
    ({ members, ...head }) => summary(head, members),
  );
}

function summary(head: RunHead, members: readonly Member[]): RunSummary {
  const billed = members.filter(({ state, hasBilled }) => hasBilled || !['skipped', 'cancelled'].includes(state));
  const counts = Object.fromEntries(
    [...Map.groupBy(members, ({ state }) => state)].map(([state, group]) => [state, group.length]),
  );
  return {
    ...head,
    createdAt: new Date(head.createdAt).toISOString(),
    state: runState(members),
    counts,
    netMinor: billed.reduce((sum, row) => sum + (row.netMinor ?? 0), 0),
    grossMinor: billed.reduce((sum, row) => sum + (row.grossMinor ?? 0), 0),
    currency: 'EUR',
  };
}

/** The run's state is no column: it follows from its rows. */
function runState(members: readonly Member[]): RunView['state'] {
  const any = (...states: RowState[]) => members.some(({ state }) => states.includes(state));
  if (members.some(({ wanted }) => wanted !== null)) return 'working';
  if (any('parked', 'scheduled')) return 'attention';
  if (any('draft')) return 'draft';
  if (any('approved')) return 'approved';
  return any('finalized', 'delivered') || members.some(({ hasBilled }) => hasBilled) ? 'finalized' : 'empty';
}
