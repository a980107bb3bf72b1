import type { Pool, PoolClient } from 'pg';

/**
 * Takes a connection that ends while it is lent out of its pool, so that another can be made in its place. Whoever
 * borrowed it for a transaction does not give it back: Kysely does so only after a COMMIT or ROLLBACK that went well
 * (kysely#1990). Without this, a database that restarts costs a place in the pool for each transaction it interrupts,
 * until none is left.
 */
export function takeBackBroken(pool: Pool): void {
  const lent = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => void lent.add(client));
  pool.on('release', (_error, client) => void lent.delete(client));
  pool.on('connect', (client) =>
    client.once('end', () => {
      if (!lent.has(client)) return;
      client.release(true);
      // a single statement gives its connection back in every case, and twice would be an error
      client.release = () => undefined;
    }),
  );
}
