import { Listr, type ListrTask } from 'listr2';

/** What a step tells the person at the terminal while it works. */
export interface Step {
  say: (text: string) => void;
  /** A bar, on a terminal that can redraw a line; else a line at every quarter. */
  progress: (done: number, total: number, what: string) => void;
  /** What the step came to; stands behind its title from now on. */
  result: (text: string) => void;
}

export interface Chapter {
  title: string;
  work: (step: Step) => Promise<void>;
}

const isTerminal = (): boolean => Boolean(process.stdout.isTTY);

/** Works off the chapters one after the other and shows how far they are; ends with the first that fails. */
export async function tell(chapters: readonly Chapter[]): Promise<void> {
  const tasks = chapters.map(({ title, work }): ListrTask => ({
    title,
    task: (_context, task) => {
      let quarter = 0;
      const say = (text: string) => void (task.output = text);
      return work({
        say,
        progress: (done, total, what) => {
          if (isTerminal()) return say(`${bar(done, total)} ${done} of ${total} ${what}`);
          const reached = Math.floor((4 * done) / Math.max(total, 1));
          if (reached > quarter) say(`${done} of ${total} ${what}`);
          quarter = reached;
        },
        result: (text) => void (task.title = `${title}: ${text}`),
      });
    },
  }));
  await new Listr(tasks, {
    exitOnError: true,
    registerSignalListeners: false,
    rendererOptions: { collapseErrors: false },
  }).run();
}

const WIDTH = 24;

/** `███████░░░░░░░░░░░░░░░░░` */
export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.min(WIDTH, Math.floor((WIDTH * done) / total)) : 0;
  return '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
}
