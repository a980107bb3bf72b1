import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export const BOUNDARY = 'frontier';
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

/** One part of a form, byte for byte. */
export const formPart = (name: string, content: Uint8Array | string, filename?: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n`,
    ),
    Buffer.from(content as Uint8Array),
    Buffer.from('\r\n'),
  ]);

export const formEnd = Buffer.from(`--${BOUNDARY}--\r\n`);

export interface Announced {
  url: string;
  method?: string;
  token: string;
  /** Of the whole body. */
  length: number;
}

/** A request whose head announces a body and is on its way. */
export function beginUpload({ url, method = 'POST', token, length }: Announced): http.ClientRequest {
  const request = http.request(url, {
    method,
    agent: false,
    headers: { authorization: `Bearer ${token}`, 'content-type': MULTIPART, 'content-length': length },
  });
  request.flushHeaders();
  return request;
}

/**
 * Announces a whole body, sends so many bytes of it and goes away.
 * @param meanwhile  waits for what happens before that; without it as long as a connection may take to be heard
 */
export async function breakOff(
  announced: Omit<Announced, 'length'>,
  body: Buffer,
  bytes: number,
  meanwhile: () => Promise<unknown> = () => sleep(15),
): Promise<void> {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const request = beginUpload({ ...announced, length: body.length });
  request.on('error', () => undefined).on('close', resolve);
  request.on('response', (response) => response.resume());
  request.write(body.subarray(0, bytes));
  await meanwhile();
  request.destroy();
  await gone;
}

/** Announces a body and sends nothing of it. @returns the status of the answer */
export async function announceOnly(announced: Announced): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = beginUpload(announced);
  request.on('response', (response) => resolve(response.statusCode!)).on('error', reject);
  const status = await promise;
  request.destroy();
  return status;
}

/** Asks on a connection of its own: when the answer comes, every connection that was opened before has been accepted. */
export async function knock(url: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  http
    .get(`${url}/health/live`, { agent: false }, (response) => void response.resume().on('close', resolve))
    .on('error', reject);
  await promise;
}
