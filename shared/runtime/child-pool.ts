import { availableParallelism } from 'node:os';
import { AppError } from '../kernel/errors.ts';
import { startChild, type Child } from './child.ts';

export interface ChildPoolOptions {
  /** The module the children run; it calls `serveTasks`. */
  module: URL;
  /** Shown by `ps`. */
  title: string;
  /** Children at most; one per core by default. They start when they are first needed. */
  size?: number;
  /** Tasks that may wait beyond those running; one more is refused. Default 32. */
  maxWaiting?: number;
  /** From handing a task to a child until its reply, the start of the child included. Default 30 s. */
  deadlineMs?: number;
  /** A child is replaced after this many tasks, so that leaks of native code stay small. Default 500. */
  maxTasks?: number;
  /** A child without a task for this long ends, because it keeps its memory as long as it lives. Default 60 s. */
  idleMs?: number;
  /** A child with more resident memory than this after a task is replaced; also the limit of its heap. Default 512. */
  memoryLimitMb?: number;
}

export interface ChildPool<Request, Response> {
  /**
   * Runs one task in a child that does nothing else meanwhile. Both sides are copied by structured clone.
   * @throws AppError  the task's own; 503 `BUSY` when too many wait; 503 `CHILD_CRASHED` when the process died;
   *                   503 `CHILD_TIMED_OUT` when it was killed at the deadline
   */
  run(request: Request): Promise<Response>;
  /** Children at most. */
  size: number;
  /** Process ids of the children that take tasks. */
  pids(): number[];
  /** Refuses new and waiting tasks, lets running ones finish and ends all children. */
  close(): Promise<void>;
}

/** A pool of child processes for work that may crash, hang or bloat: decoding of images, rendering of documents. */
export function openChildPool<Request, Response>(options: ChildPoolOptions): ChildPool<Request, Response> {
  const pool: Pool<Request, Response> = {
    options: { ...DEFAULTS, size: availableParallelism(), ...options },
    waiting: [],
    idle: new Map(),
    members: new Set(),
    endings: new Set(),
    closed: false,
  };
  return {
    run: (request) =>
      new Promise<Response>((resolve, reject) => {
        if (pool.closed) return reject(stopping());
        pool.waiting.push({ request, resolve, reject });
        assign(pool);
        if (pool.waiting.length > pool.options.maxWaiting) pool.waiting.pop()!.reject(busy());
      }),
    size: pool.options.size,
    pids: () => [...pool.members].flatMap(({ pid }) => pid ?? []),
    async close() {
      pool.closed = true;
      for (const task of pool.waiting.splice(0)) task.reject(stopping());
      for (const child of pool.idle.keys()) dismiss(pool, child);
      await Promise.all([...pool.members].map((child) => child.exited));
      await Promise.all(pool.endings);
    },
  };
}

const DEFAULTS = { maxWaiting: 32, deadlineMs: 30_000, maxTasks: 500, memoryLimitMb: 512, idleMs: 60_000 };

interface Task<Request, Response> {
  request: Request;
  resolve: (response: Response) => void;
  reject: (error: unknown) => void;
}

interface Pool<Request, Response> {
  options: Required<ChildPoolOptions>;
  waiting: Task<Request, Response>[];
  /** With the timer that ends it; the one that worked last is the last. */
  idle: Map<Child<Request, Response>, NodeJS.Timeout>;
  members: Set<Child<Request, Response>>;
  endings: Set<Promise<void>>;
  closed: boolean;
}

function assign<Request, Response>(pool: Pool<Request, Response>): void {
  while (pool.waiting.length > 0 && (pool.idle.size > 0 || pool.members.size < pool.options.size)) {
    const rested = [...pool.idle.keys()].at(-1);
    if (rested) wake(pool, rested);
    void work(pool, rested ?? recruit(pool), pool.waiting.shift()!);
  }
}

function rest<Request, Response>(pool: Pool<Request, Response>, child: Child<Request, Response>): void {
  const timer = setTimeout(() => dismiss(pool, child), pool.options.idleMs);
  pool.idle.set(child, timer.unref());
}

function wake<Request, Response>(pool: Pool<Request, Response>, child: Child<Request, Response>): void {
  clearTimeout(pool.idle.get(child));
  pool.idle.delete(child);
}

function recruit<Request, Response>(pool: Pool<Request, Response>): Child<Request, Response> {
  const child = startChild<Request, Response>(pool.options);
  pool.members.add(child);
  void child.exited.then(() => {
    pool.members.delete(child);
    wake(pool, child);
    assign(pool);
  });
  return child;
}

async function work<Request, Response>(
  pool: Pool<Request, Response>,
  child: Child<Request, Response>,
  task: Task<Request, Response>,
): Promise<void> {
  const { deadlineMs, maxTasks, memoryLimitMb } = pool.options;
  try {
    const result = await child.run(task.request, deadlineMs);
    const worn = child.tasksDone() >= maxTasks || result.residentBytes > memoryLimitMb * 1024 * 1024;
    if (worn || pool.closed) dismiss(pool, child);
    else rest(pool, child);
    if (result.ok) task.resolve(result.response);
    else task.reject(result.error);
  } catch (error) {
    dismiss(pool, child);
    task.reject(error);
  }
  assign(pool);
}

function dismiss<Request, Response>(pool: Pool<Request, Response>, child: Child<Request, Response>): void {
  wake(pool, child);
  pool.members.delete(child);
  const ending = child.end().finally(() => pool.endings.delete(ending));
  pool.endings.add(ending);
}

const busy = (): AppError => new AppError(503, 'BUSY', 'Too much of this is being worked on; try again in a moment');

const stopping = (): AppError => new AppError(503, 'BUSY', 'The service is being stopped; try again in a moment');
