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

/** Announces a whole body, sends the beginning of it and goes away. */
export async function breakOff(url: string, token: string, body: Buffer, share: number): Promise<void> {
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const request = http.request(url, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${token}`, 'content-type': MULTIPART, 'content-length': body.length },
  });
  request.on('error', () => undefined).on('close', resolve);
  request.on('response', (response) => response.resume());
  request.write(body.subarray(0, Math.floor(body.length * share)));
  // some time on the way, so that the beginning arrives before the end of the connection
  await sleep(15);
  request.destroy();
  await gone;
}

/** Announces a body and sends nothing of it. @returns the status of the answer */
export async function announceOnly(url: string, token: string, bytes: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const request = http.request(url, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${token}`, 'content-type': MULTIPART, 'content-length': bytes },
  });
  request.on('response', (response) => resolve(response.statusCode!)).on('error', reject);
  request.flushHeaders();
  const status = await promise;
  request.destroy();
  return status;
}
