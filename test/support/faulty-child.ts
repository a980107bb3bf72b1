import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../shared/kernel/errors.ts';
import { serveTasks } from '../../shared/runtime/child-tasks.ts';

/** What a test asks of a child of its pool. */
export type FaultyRequest =
  | { do: 'echo'; value: unknown }
  | { do: 'describe' }
  | { do: 'sleep'; ms: number }
  | { do: 'kill'; signal: NodeJS.Signals }
  | { do: 'exit'; code: number }
  | { do: 'block' }
  | { do: 'grow'; megabytes: number }
  | { do: 'exhaust-heap' }
  | { do: 'refuse' }
  | { do: 'fail' }
  | { do: 'answer-a-function' };

const hoard: unknown[] = [];

serveTasks<FaultyRequest, unknown>(async (request) => {
  switch (request.do) {
    case 'echo':
      return request.value;
    case 'describe':
      return { pid: process.pid, title: process.title, environment: Object.keys(process.env).sort() };
    case 'sleep':
      return sleep(request.ms, process.pid);
    case 'kill':
      process.kill(process.pid, request.signal);
      return sleep(60_000);
    case 'exit':
      return process.exit(request.code);
    case 'block':
      for (;;);
    case 'grow':
      hoard.push(Buffer.alloc(request.megabytes * 1024 * 1024, 1));
      return process.pid;
    case 'exhaust-heap':
      for (;;) hoard.push(Array.from({ length: 100_000 }, (_, n) => ({ n })));
    case 'refuse':
      throw new AppError(422, 'NOT_LIKE_THIS', 'Not like this', { field: 'a' });
    case 'fail':
      throw new TypeError('a bug');
    case 'answer-a-function':
      return () => undefined;
  }
});
