/** A client of the public HTTP API, as a stranger would write it. */
export interface Api {
  get: <Body = Record<string, never>>(path: string) => Promise<Body>;
  post: <Body = { id: string }>(path: string, body?: unknown, headers?: Record<string, string>) => Promise<Body>;
  put: <Body = { id: string }>(path: string, body: unknown) => Promise<Body>;
  patch: <Body = { id: string }>(path: string, body: unknown) => Promise<Body>;
  upload: <Body = { id: string }>(
    path: string,
    fields: Record<string, string>,
    file: { bytes: Uint8Array; name: string; type: string },
  ) => Promise<Body>;
  /** The answer as it comes, errors included. */
  raw: (method: string, path: string, init?: RequestInit) => Promise<Response>;
}

/** An answer that is no success. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: { code?: string; detail?: string; errors?: { path: string }[] };
  constructor(request: string, status: number, problem: ApiError['problem']) {
    super(`${request} answered ${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

/** @param token  of a log-in or an API key; none for what is public */
export function openApi(url: string, token?: string): Api {
  const raw: Api['raw'] = (method, path, init = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...init,
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(init.headers as Record<string, string>) },
    });
  const json = async (method: string, path: string, init?: RequestInit) => {
    const response = await raw(method, path, init);
    if (!response.ok)
      throw new ApiError(
        `${method} ${path}`,
        response.status,
        (await response.json().catch(() => ({}))) as ApiError['problem'],
      );
    return response.status === 204 ? undefined : response.json();
  };
  const send =
    (method: string) =>
    (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      json(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  return {
    raw,
    get: (path) => json('GET', path) as never,
    post: send('POST') as Api['post'],
    put: send('PUT') as Api['put'],
    patch: send('PATCH') as Api['patch'],
    upload: (path, fields, file) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
      return json('POST', path, { body: form }) as never;
    },
  };
}

interface Credentials {
  email: string;
  password: string;
}

/** Logs in and gives a client that acts as the user. */
export const logIn = async (url: string, user: Credentials): Promise<Api> =>
  openApi(url, await accessTokenOf(url, user));

/** Logs in; the token is good for any address of the same product. */
export async function accessTokenOf(url: string, { email, password }: Credentials): Promise<string> {
  const { accessToken } = await openApi(url).post<{ accessToken: string }>('/auth/login', { email, password });
  return accessToken;
}
