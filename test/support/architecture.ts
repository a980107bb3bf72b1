import path from 'node:path';
import ts from 'typescript';

/** A broken rule, in words. */
export type Violation = string;

interface Layer {
  name: string;
  /** Which files it is about, from the root, with slashes. */
  of: RegExp;
  /** Own files it may import: a pattern, in which `$1` stands for the first group of `of`. */
  files: string[];
  /** Packages it may import; all of them without it. */
  packages?: RegExp;
}

/**
 * Who may import whom (docs/architecture.md). The first layer that fits a file decides; nothing else may be
 * imported from the repository than what its layer lists.
 */
const LAYERS: Layer[] = [
  { name: 'kernel', of: /^shared\/kernel\//, files: ['shared/kernel/'], packages: /^(dayjs(\/.*)?|node:crypto)$/ },
  { name: 'protocol', of: /^shared\/protocol\//, files: ['shared/kernel/', 'shared/protocol/'], packages: /^zod$/ },
  {
    name: 'start-up',
    of: /^shared\/runtime\/(start|admin|main|verify-archive)\.ts$/,
    files: ['shared/', 'migrations/index\\.ts$'],
  },
  { name: 'shared', of: /^shared\//, files: ['shared/'] },
  {
    name: 'migration',
    of: /^migrations\//,
    files: ['migrations/', 'shared/persistence/'],
    packages: /^@mikro-orm\/migrations$/,
  },
  {
    name: 'domain',
    of: /^services\/([^/]+)\/domain\//,
    files: ['services/$1/domain/', 'shared/kernel/', 'shared/protocol/'],
    packages: /^zod$/,
  },
  {
    name: 'service',
    of: /^services\/([^/]+)\//,
    files: ['services/$1/', 'shared/(?!runtime/(start|backing|main|admin|verify-archive|embedded-[a-z]+)\\.ts)'],
  },
  { name: 'oracle', of: /^oracle\//, files: ['oracle/'], packages: /^(node:.*|csv-parse(\/.*)?)$/ },
  {
    name: 'demo',
    of: /^demo\//,
    files: [
      'demo/',
      'oracle/',
      'shared/config\\.ts$',
      'shared/runtime/(start|clear-data|demo-folder|first-administrator|log)\\.ts$',
    ],
  },
  {
    name: 'web app',
    of: /^web\/src\//,
    // it speaks to the product over HTTP only; what it takes of the protocol are types (see below)
    files: ['web/src/', 'shared/protocol/', 'shared/kernel/'],
    packages: /^(?!node:)/,
  },
  { name: 'test', of: /^test\//, files: [''] },
  { name: 'anything', of: /^/, files: ['(?!web/)'] },
];

/** Lines that speak to a person at a terminal. */
const MAY_USE_CONSOLE =
  /^(oracle|demo|bench|proof)\/|^shared\/runtime\/(main|admin|verify-archive)\.ts$|^test\/support\/feature-claims\.ts$/;
/** `lazy` of React wants the default export of a component. */
const MAY_EXPORT_DEFAULT = /(\.service|\.config)\.ts$|\.tsx$/;
const LIMITED_IN_LENGTH = /^(services|shared)\//;
const MAX_LINES = 300;

/** All rules that one TypeScript file breaks. @param file  from the root, with slashes */
export function violations(file: string, source: string): Violation[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true);
  const found: Violation[] = [];
  const layer = LAYERS.find(({ of }) => of.test(file))!;
  const inspect = (node: ts.Node): void => {
    const specifier = importOf(node);
    if (specifier !== undefined && (!mayImport(layer, file, specifier) || runsProtocol(layer, node, specifier)))
      found.push(`${file}: ${layer.name} may not import ${specifier}`);
    const forbidden = forbiddenHere(node, file, layer);
    if (forbidden) found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${forbidden}`);
    ts.forEachChild(node, inspect);
  };
  inspect(tree);
  const lines = lineCount(source);
  if (LIMITED_IN_LENGTH.test(file) && lines > MAX_LINES) found.push(`${file}: ${lines} lines are too many`);
  return found;
}

export const lineCount = (source: string): number => source.trimEnd().split('\n').length;

/** The specifier of an import, re-export or dynamic import. One that is computed names no file and is not seen. */
function importOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return literal(node.arguments[0]);
  return undefined;
}

const literal = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

function mayImport(layer: Layer, file: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return layer.packages?.test(specifier) ?? true;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const owner = layer.of.exec(file)?.[1] ?? '';
  return layer.files.some((pattern) => new RegExp(`^${pattern.replace('$1', owner)}`).test(target));
}

/** Schemas would bring Zod and the server's rules into the first load of a phone. */
const runsProtocol = (layer: Layer, node: ts.Node, specifier: string): boolean =>
  layer.name === 'web app' &&
  specifier.includes('/shared/protocol/') &&
  !ts.isImportTypeNode(node) &&
  !(ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);

function forbiddenHere(node: ts.Node, file: string, layer: Layer): string | undefined {
  if (ts.isEnumDeclaration(node)) return 'enum does not survive type stripping';
  if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent))
    return 'parameter properties do not survive type stripping';
  if (isDefaultExport(node) && !MAY_EXPORT_DEFAULT.test(file)) return 'default exports are for services and settings';
  if (isAccess(node, 'console') && !MAY_USE_CONSOLE.test(file)) return 'console is for programs at a terminal';
  if (file.startsWith('test/') && isAccess(node, 'test', 'only')) return 'test.only leaves the other tests out';
  if (file.endsWith('.service.ts') && ts.isIfStatement(node)) return 'a service file is wiring, without if';
  if (layer.name === 'domain' && isHiddenInput(node)) return 'domain takes time and chance as arguments';
  return undefined;
}

const isDefaultExport = (node: ts.Node): boolean =>
  (ts.isExportAssignment(node) && !node.isExportEquals) ||
  (ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false)) ||
  (ts.isExportSpecifier(node) && node.name.text === 'default');

const isAccess = (node: ts.Node, object: string, property?: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object &&
  (property === undefined || node.name.text === property);

/** Now, chance and the environment: what would make a rule answer differently to the same question. */
const isHiddenInput = (node: ts.Node): boolean =>
  isAccess(node, 'Date', 'now') ||
  isAccess(node, 'Math', 'random') ||
  isAccess(node, 'performance', 'now') ||
  isAccess(node, 'crypto') ||
  isAccess(node, 'process') ||
  (ts.isNewExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'Date' &&
    !node.arguments?.length);
