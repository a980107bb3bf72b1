import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended and all it wrote. */
export interface Ended {
  code: number | null;
  output: string;
}

/** Runs a program to its end, at most a minute. */
export async function runToEnd(program: string, args: string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output.text };
}

/**
 * Starts a program and waits for the first line of its output that fits.
 * @throws Error with the output when it ends before
 */
export async function startAndAwait(
  program: string,
  args: string[],
  line: RegExp,
  options: SpawnOptions = {},
): Promise<{ child: ChildProcess; line: string; output: { text: string } }> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const found = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`Ended with ${code}: ${output.text}`)));
    child.stdout!.on('data', () => {
      const hit = output.text.split('\n').find((text) => line.test(text));
      if (hit !== undefined) resolve(hit);
    });
  });
  return { child, line: found, output };
}

/** Ends a process at once, as a crash does, and waits until it is gone. */
export async function crash(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  return output;
}
