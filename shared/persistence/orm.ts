import { MikroORM, type Options } from '@mikro-orm/postgresql';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { takeBackBroken } from './broken-connections.ts';
import { prepareOften } from './prepared-statements.ts';

export type { EntityManager };

/** Entities of one service, as `defineEntity` makes them. */
export type Entities = NonNullable<Options['entities']>;

export interface OrmOptions {
  /** Schema and, prefixed with `kontor_`, the runtime role. */
  service: string;
  url: string;
  entities: Entities;
  poolSize: number;
}

/**
 * The ORM of one service: its own schema first in the search path, its own role that owns nothing, so that row
 * security binds it (architecture.md, Tenants), and deadlines that turn a hung database into an error.
 */
export async function openOrm({ service, url, entities, poolSize }: OrmOptions): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    schema: service,
    // a service without entities of its own (sets of rows only) is allowed
    discovery: { warnWhenNoEntities: false },
    entities,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 30_000 },
    driverOptions: {
      onPoolCreated: (pool: Pool) => {
        pool.on('connect', prepareOften);
        takeBackBroken(pool);
      },
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      options: [
        `-c role=kontor_${service}`,
        `-c search_path=${service},messaging,public`,
        '-c statement_timeout=60s',
        '-c lock_timeout=10s',
        '-c idle_in_transaction_session_timeout=60s',
        '-c timezone=UTC',
        // compiling a plan costs more than it ever saves on rows of one merchant
        '-c jit=off',
      ].join(' '),
      application_name: `kontor-${service}`,
    },
    logger: () => undefined,
  });
}
