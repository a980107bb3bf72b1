import pg from 'pg';

/** A point in the work of a process at which it stands still, so that it can be killed just there. */
export interface Freeze {
  /** Waits until a process has come to the point. */
  reached: () => Promise<void>;
  /** Lets everybody pass from now on. */
  release: () => Promise<void>;
}

let points = 0;
const held = new Set<pg.Client>();

/** Lets go of every point that a failed test left behind. */
export const closeFreezes = (): Promise<unknown> => Promise.all([...held].map((client) => client.end()));

/**
 * Stops every transaction that writes matching rows of a table, by a trigger that waits for a lock we hold: the
 * product needs no hooks to be killed at a named point.
 * @param when  condition on `new` (and `old`), as in a trigger's WHEN
 */
export async function freezeAt(
  url: string,
  { table, event, when = 'true' }: { table: string; event: 'insert' | 'update'; when?: string },
): Promise<Freeze> {
  points += 1;
  const lock = 4_200_000 + points;
  const name = `freeze_${points}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  held.add(client);
  await client.query('select pg_advisory_lock($1)', [lock]);
  await client.query(
    `create function public.${name}() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(${lock}); return new; end $$`,
  );
  await client.query(`grant execute on function public.${name}() to public`);
  await client.query(
    `create trigger ${name} before ${event} on ${table} for each row when (${when}) execute function public.${name}()`,
  );
  return {
    reached: async () => {
      for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const { rowCount } = await client.query(
          `select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted`,
          [lock],
        );
        if (rowCount) return;
      }
      throw new Error(`Nobody came to the freeze at ${event} of ${table}`);
    },
    release: async () => {
      await client.query('select pg_advisory_unlock($1)', [lock]);
      // a transaction that was let go may still hold the table for a moment
      await client.query(`drop trigger ${name} on ${table}`);
      held.delete(client);
      await client.end();
    },
  };
}
