import fs from 'node:fs';
import { parse } from 'yaml';

export interface ComposeService {
  image?: string;
  environment?: Record<string, string>;
  networks?: string[];
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas: number };
  [other: string]: unknown;
}

export interface Compose {
  services: Record<string, ComposeService>;
  configs?: Record<string, { content: string }>;
  networks?: Record<string, { internal?: boolean }>;
  volumes?: Record<string, unknown>;
}

/**
 * A compose file with its variables put in, as Docker Compose does it.
 * @throws Error when a variable that has to be set (`${NAME:?…}`) is not
 */
export function readCompose(file: string, variables: Record<string, string>): Compose {
  const text = fs.readFileSync(file, 'utf8').replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = variables[String(name)] ?? '';
    if (value === '' && kind === '?') throw new Error(`${name} is not set: ${rest}`);
    return value === '' && kind === '-' ? String(rest) : value;
  });
  return parse(text, { merge: true }) as Compose;
}

/** The variables of a file such as `docker/.env.example`. */
export function readVariables(file: string): Record<string, string> {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return Object.fromEntries(
    lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s, 2)),
  ) as Record<string, string>;
}

/** The containers that run services of the product, by the list they run. */
export function productServices(compose: Compose): [name: string, service: ComposeService][] {
  return Object.entries(compose.services).filter(([, { environment }]) => environment?.['KONTOR_SERVICES']);
}

/** The instructions of a Dockerfile, continued lines joined. */
export function readDockerfile(file: string): { instruction: string; rest: string }[] {
  const text = fs
    .readFileSync(file, 'utf8')
    .replace(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [instruction = '', ...rest] = line.split(' ');
      return { instruction, rest: rest.join(' ') };
    });
}
