import { CRASH_POINTS, type Reached } from '../../shared/messaging/crash-points.ts';

/**
 * Ends the process as kill -9 does when it comes to a point.
 * @param text  `<point>[@of][:nth]`, such as `step.worked@approve:2`: the second time that work of that name comes there
 * @throws Error for a point that does not exist, which nobody would ever come to
 */
export function crashAt(text: string, kill: () => void = killMyself): Reached {
  const [, point, wanted, nth] = /^([a-z.]+)(?:@([\w.-]+))?(?::(\d+))?$/.exec(text) ?? [];
  if (!CRASH_POINTS.some((known) => known === point)) throw new Error(`CRASH_AT knows no point like ${text}`);
  let left = Number(nth ?? 1);
  return (reached, of) => {
    if (reached !== point || (wanted !== undefined && wanted !== of)) return;
    left -= 1;
    if (left === 0) kill();
  };
}

const killMyself = (): void => void process.kill(process.pid, 'SIGKILL');
