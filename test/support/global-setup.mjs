// One PostgreSQL for all tests of a run, with a migrated template that every test database is copied from.
import { prepareTestCluster } from './cluster.ts';

export default async () => {
  if (process.env.KONTOR_TEST_PG) return;
  const cluster = await prepareTestCluster();
  process.env.KONTOR_TEST_PG = cluster.url;
  globalThis.__kontorTestCluster = cluster;
};
