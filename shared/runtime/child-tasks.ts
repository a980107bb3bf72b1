import { setPriority } from 'node:os';
import { AppError } from '../kernel/errors.ts';

/** What a child answers to a task. */
export type Reply<Response> = { residentBytes: number } & (
  { ok: true; response: Response } | { ok: false; failure: Failure }
);

/** An error as it crosses the border of a process. An `AppError` keeps everything, any other its name and stack. */
interface Failure {
  message: string;
  stack: string | undefined;
  app?: { code: number; type: string; data: Record<string, unknown> };
}

/** Web requests go first: a child that decodes or renders is content with what they leave. */
const NICENESS = 5;

/**
 * Makes this process a child of a pool: it answers one task after the other and dies with its parent. An interrupt
 * from the terminal reaches the whole group; it is the parent's to decide when the children go.
 */
export function serveTasks<Request, Response>(handle: (request: Request) => Promise<Response> | Response): void {
  process.title = process.argv[2] ?? process.title;
  setPriority(NICENESS);
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  process.on('disconnect', () => process.exit(0));
  process.on('message', (request) => void answer(handle, request as Request));
}

/** The error of a child's task as the parent throws it. */
export function reviveFailure({ message, stack, app }: Failure): Error {
  const error = app ? new AppError(app.code, app.type, message, app.data) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

async function answer<Request, Response>(
  handle: (request: Request) => Promise<Response> | Response,
  request: Request,
): Promise<void> {
  try {
    const response = await handle(request);
    process.send?.({ ok: true, response, residentBytes: process.memoryUsage.rss() } satisfies Reply<Response>);
  } catch (error) {
    process.send?.({ ok: false, failure: failureOf(error), residentBytes: process.memoryUsage.rss() });
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined };
  const { message, stack } = error;
  return error instanceof AppError
    ? { message, stack, app: { code: error.code, type: error.type, data: error.data } }
    : { message, stack };
}
