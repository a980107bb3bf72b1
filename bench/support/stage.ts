import { prepareTestCluster } from '../../test/support/cluster.ts';
import { logIn, type Api } from '../../test/support/api.ts';
import {
  openPremises,
  startProcess,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../../test/support/product.ts';

/** A product in a process of its own, on a database that writes durably. */
export interface Stage {
  premises: Premises;
  product: ProductProcess;
  administrator: Api;
  /** Log-ins of packing tables: each has the limit of requests of one principal. */
  workers: Api[];
}

/** Opens the stage, plays on it and clears it away. */
export async function onStage(
  play: (stage: Stage) => Promise<number>,
  env: Record<string, string> = {},
  workers = 8,
): Promise<number> {
  const cluster = await prepareTestCluster({ durable: true });
  process.env['KONTOR_TEST_PG'] = cluster.url;
  const premises = await openPremises();
  let product: ProductProcess | undefined;
  try {
    product = await startProcess(premises, undefined, { DATABASE_POOL_SIZE: '10', ...env });
    await untilReady(product.url!);
    const administrator = await logIn(product.url!, product.administrator!);
    return await play({
      premises,
      product,
      administrator,
      workers: await logInWorkers(administrator, product.url!, workers),
    });
  } finally {
    await product?.stop();
    await premises.close();
    await cluster.stop();
  }
}

async function logInWorkers(administrator: Api, url: string, count: number): Promise<Api[]> {
  const logIns = Array.from({ length: count }, (_, index) => ({
    email: `packing-table-${index}@house.example`,
    password: `packing-table-${index}-password`,
  }));
  for (const login of logIns)
    await administrator.post('/users', { ...login, displayName: login.email, roles: ['worker'] });
  return Promise.all(logIns.map((login) => logIn(url, login)));
}
