/** A client of the public HTTP API, as a stranger would write it: it knows the reference at `/docs` and no code. */
export interface Api {
  get: <Body>(path: string) => Promise<Body>;
  /** All items of a list, page by page. */
  list: <Item>(path: string) => Promise<Item[]>;
  post: <Body = { id: string }>(path: string, body?: unknown) => Promise<Body>;
  put: <Body = { id: string }>(path: string, body: unknown) => Promise<Body>;
  patch: <Body = { id: string }>(path: string, body: unknown) => Promise<Body>;
  upload: <Body = { id: string }>(path: string, fields: Record<string, string>, file: UploadFile) => Promise<Body>;
  /** Puts a file in the place of the one before. */
  replace: <Body = { id: string }>(path: string, file: UploadFile) => Promise<Body>;
  download: (path: string) => Promise<Buffer>;
}

export interface UploadFile {
  bytes: Uint8Array;
  name: string;
  type: string;
}

export interface LogIn {
  email: string;
  password: string;
}

/**
 * A client that acts as one user. It logs in when it is first used, and again when its session has run out.
 * @throws Error of every call that names the request and the whole answer, unless the answer is a success
 */
export function openApi(url: string, who: LogIn): Api {
  let token: Promise<string> | undefined;
  const send = async (method: string, path: string, init: RequestInit = {}, isRepeated = false): Promise<Response> => {
    const used = (token ??= logIn(url, who));
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${await used}` };
    const response = await fetch(`${url}/api/v1${path}`, { ...init, method, headers });
    if (response.status === 401 && !isRepeated) {
      if (token === used) token = undefined;
      return send(method, path, init, true);
    }
    return successOf(`${method} ${path}`, response);
  };
  const json = async <Body>(method: string, path: string, init?: RequestInit): Promise<Body> => {
    const response = await send(method, path, init);
    return (response.status === 204 ? undefined : await response.json()) as Body;
  };
  const get = <Body>(path: string) => json<Body>('GET', path);
  return {
    get,
    list: (path) => pages(get, path),
    post: (path, body = {}) => json('POST', path, asJson(body)),
    put: (path, body) => json('PUT', path, asJson(body)),
    patch: (path, body) => json('PATCH', path, asJson(body)),
    upload: (path, fields, file) => json('POST', path, { body: formOf(fields, file) }),
    replace: (path, file) => json('PUT', path, { body: formOf({}, file) }),
    download: async (path) => Buffer.from(await (await send('GET', path)).arrayBuffer()),
  };
}

async function logIn(url: string, { email, password }: LogIn): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', ...asJson({ email, password }) });
  return ((await (await successOf('POST /auth/login', response)).json()) as { accessToken: string }).accessToken;
}

async function successOf(request: string, response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${request} answered ${response.status}: ${await response.text()}`);
}

async function pages<Item>(get: Api['get'], path: string): Promise<Item[]> {
  const items: Item[] = [];
  const first = `${path}${path.includes('?') ? '&' : '?'}limit=200`;
  for (let next: string | null = first; next !== null;) {
    const page: { items: Item[]; nextCursor: string | null } = await get(next);
    items.push(...page.items);
    next = page.nextCursor === null ? null : `${first}&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  return items;
}

const asJson = (body: unknown) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

function formOf(fields: Record<string, string>, file: UploadFile): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
  return form;
}
