import type { Exchange } from './exchange.ts';

/**
 * Answers with JSON. A resource that has a version gets it as its `ETag`, for `If-Match`.
 * @param value  what the action answered; it was cut to its schema by its owner
 */
export function sendJson({ response }: Exchange, status: number, value: unknown): void {
  if (status === 204) return void response.writeHead(204).end();
  const version = (value as { version?: unknown } | null)?.version;
  if (Number.isSafeInteger(version)) response.setHeader('ETag', `"${String(version)}"`);
  sendText({ response }, status, 'application/json; charset=utf-8', JSON.stringify(value ?? null));
}

export function sendText({ response }: Pick<Exchange, 'response'>, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
