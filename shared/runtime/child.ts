import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '../kernel/errors.ts';
import { reviveFailure, type Reply } from './child-tasks.ts';

/** What a task ended with, and the resident memory of its child afterwards. */
export type TaskResult<Response> = { residentBytes: number } & (
  { ok: true; response: Response } | { ok: false; error: Error }
);

/** One child process that works on one task at a time. */
export interface Child<Request, Response> {
  pid: number | undefined;
  /** Fulfilled, never rejected, when the process is gone. */
  exited: Promise<void>;
  tasksDone(): number;
  /** @throws AppError 503 `CHILD_CRASHED` or `CHILD_TIMED_OUT`; the child is of no use any more then. */
  run(request: Request, deadlineMs: number): Promise<TaskResult<Response>>;
  /** Lets the child go; one that does not go is killed. */
  end(): Promise<void>;
}

/** How many characters of what a child wrote to its standard error become the cause of `CHILD_CRASHED`. */
const LAST_WORDS = 4_000;

/**
 * Lets glibc keep the large blocks of one picture in one heap for the next: giving them back to the kernel each time
 * costs a quarter of all time in page faults, and a heap per thread twice the memory. A child that has nothing to do
 * ends ({@link ChildPoolOptions.idleMs}), so it does not keep them for ever. Other C libraries do not read these.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '268435456', MALLOC_TRIM_THRESHOLD_: '536870912' };

/**
 * Garbage is collected and code is compiled by the thread that works. V8 would take a second one for both, and a pool
 * has a child per core: they would only be in each other's way.
 */
const ONE_THREAD = '--single-threaded';

/** How long a child that is told to go may take before it is killed. */
const FAREWELL_MS = 2_000;

/** How a child died, once it has, and who wants to hear of it. */
interface Fate {
  error: AppError | undefined;
  onGone: (error: AppError) => void;
}

/**
 * Starts a child. It gets nothing of the environment but what finds programs and time zones: whoever takes over a
 * decoder through a hostile file finds no passwords there.
 */
export function startChild<Request, Response>(options: {
  module: URL;
  title: string;
  memoryLimitMb: number;
}): Child<Request, Response> {
  const child = spawnChild(options.module, options.title, options.memoryLimitMb);
  const fate: Fate = { error: undefined, onGone: () => undefined };
  const exited = new Promise<void>((resolve) => {
    let lastWords = '';
    child.stderr?.on('data', (text: Buffer) => (lastWords = `${lastWords}${text}`.slice(-LAST_WORDS)));
    const gone = (how: { exitCode?: number | null; signal?: string | null }): void => {
      fate.error = Object.assign(crashed(how), lastWords === '' ? {} : { cause: lastWords });
      fate.onGone(fate.error);
      resolve();
    };
    child.on('exit', (exitCode, signal) => {
      if (child.stderr === null || child.stderr.closed) gone({ exitCode, signal });
      else child.stderr.once('close', () => gone({ exitCode, signal }));
    });
    child.on('error', () => (child.pid === undefined ? gone({}) : child.kill('SIGKILL')));
  });
  let tasksDone = 0;

  return {
    pid: child.pid,
    exited,
    tasksDone: () => tasksDone,
    async run(request, deadlineMs) {
      const reply = await ask<Request, Response>(child, fate, request, deadlineMs);
      tasksDone++;
      const { residentBytes } = reply;
      if (reply.ok) return { ok: true, response: reply.response, residentBytes };
      return { ok: false, error: reviveFailure(reply.failure), residentBytes };
    },
    async end() {
      if (child.connected) child.disconnect();
      const killer = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
      await exited;
      clearTimeout(killer);
    },
  };
}

function spawnChild(module: URL, title: string, memoryLimitMb: number): ChildProcess {
  const passed = ['PATH', 'TZ', 'LANG', 'LC_ALL', 'TMPDIR', 'LD_PRELOAD', 'NODE_ENV', 'NODE_COMPILE_CACHE'];
  return fork(fileURLToPath(module), [title], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', ONE_THREAD, `--max-old-space-size=${memoryLimitMb}`],
    env: {
      ...Object.fromEntries(passed.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
      ...ALLOCATOR,
    },
  });
}

async function ask<Request, Response>(
  child: ChildProcess,
  fate: Fate,
  request: Request,
  deadlineMs: number,
): Promise<Reply<Response>> {
  let onReply: (reply: Reply<Response>) => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Reply<Response>>((resolve, reject) => {
      onReply = resolve;
      child.on('message', onReply);
      fate.onGone = reject;
      if (fate.error) return reject(fate.error);
      timer = setTimeout(() => {
        child.kill('SIGKILL');
        reject(timedOut(deadlineMs));
      }, deadlineMs);
      // A failed send means the process is dying: its exit, made certain here, says how.
      child.send(request as object, (error) => error && child.kill('SIGKILL'));
    });
  } finally {
    clearTimeout(timer);
    child.off('message', onReply);
    fate.onGone = () => undefined;
  }
}

const crashed = (how: { exitCode?: number | null; signal?: string | null }): AppError =>
  new AppError(503, 'CHILD_CRASHED', 'The process that worked on this has crashed', how);

const timedOut = (deadlineMs: number): AppError =>
  new AppError(503, 'CHILD_TIMED_OUT', `This took longer than ${deadlineMs / 1000} s and was stopped`, { deadlineMs });
