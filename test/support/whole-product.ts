import type { Role } from '../../shared/protocol/define.ts';
import { logIn, openApi, type Api } from './api.ts';
import { openMailSink, type MailSink } from './mail-sink.ts';
import { openPremises, startProcess, untilReady, type Premises, type ProductProcess } from './product.ts';

/** Somebody who uses the product, logged in. */
export interface Person {
  id: string;
  email: string;
  password: string;
  api: Api;
}

/** The whole product in one process, with a mail server, and its administrator. */
export interface WholeProduct {
  url: string;
  pid: number;
  dir: string;
  query: Premises['database']['query'];
  mails: MailSink['mails'];
  admin: Api;
  /** Makes a user: of the house, or of merchants when some are named. */
  person: (roles: Role[], merchantIds?: string[]) => Promise<Person>;
  apiKey: (merchantIds: string[], roles?: Role[]) => Promise<Api>;
  output: ProductProcess['output'];
  close: () => Promise<void>;
}

/**
 * @param clock  business time at start
 * @param mailServer  false lets mails become files
 */
export async function startWholeProduct({
  clock = '2026-11-01T06:00:00Z',
  mailServer = true,
} = {}): Promise<WholeProduct> {
  const premises = await openPremises({ withNats: false });
  const sink = await openMailSink();
  const env = { KONTOR_CLOCK: clock, ...(mailServer ? sink.env : {}) };
  const product = await startProcess(premises, undefined, env).catch(async (error: unknown) => {
    await sink.close();
    await premises.close();
    throw error;
  });
  const url = product.url!;
  await untilReady(url);
  const admin = await logIn(url, product.administrator!);
  let people = 0;
  return {
    url,
    pid: product.pid,
    dir: premises.dir,
    query: premises.database.query,
    mails: sink.mails,
    admin,
    output: product.output,
    async person(roles, merchantIds = []) {
      people += 1;
      const login = { email: `person-${people}@example.com`, password: 'a long enough password' };
      const { id } = await admin.post('/users', { ...login, displayName: `Person ${people}`, roles, merchantIds });
      return { id, ...login, api: await logIn(url, login) };
    },
    async apiKey(merchantIds, roles = ['api']) {
      const { secret } = await admin.post<{ secret: string }>('/api-keys', { name: 'Shop', roles, merchantIds });
      return openApi(url, secret);
    },
    async close() {
      await product.stop();
      await sink.close();
      await premises.close();
    },
  };
}
