import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Type } from '@nestjs/common';
import ts from 'typescript';
import {
  accessTable,
  auditActions,
  eventDefinitions,
  logFields,
  problems,
} from './declarations.module.js';
import { features } from './features.js';

const SOURCE = join(import.meta.dirname, '..');
const PAGE = join(SOURCE, '../docs/observability.md');
const LOG_METHODS = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child']);

const parse = (file: string, text: string) =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

const sources = globSync('**/*.ts', { cwd: SOURCE, exclude: ['**/*.spec.ts'] })
  .map((file) => join(SOURCE, file))
  .map((file) => parse(file, readFileSync(file, 'utf8')));

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** What files contain in all. It goes through each file once, whoever asks. */
function namesIn(
  find: (file: ts.SourceFile, names: Set<string>) => void,
): (files: readonly ts.SourceFile[]) => Set<string> {
  const known = new Map<ts.SourceFile, Set<string>>();
  const inFile = (file: ts.SourceFile) => {
    const names = known.get(file) ?? new Set<string>();
    if (!known.has(file)) find(file, names);
    known.set(file, names);
    return [...names];
  };
  return (files) => new Set(files.flatMap(inFile));
}

/** A row, or a name in a list, that a feature declares. */
function isDeclaration(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  return (
    ((ts.isPropertyAssignment(parent) && parent.name === node) ||
      ts.isArrayLiteralExpression(parent)) &&
    node.getSourceFile().fileName.endsWith('.feature.ts')
  );
}

const missing = (declared: readonly string[], found: Set<string>) =>
  declared.filter((name) => !found.has(name));

/** Texts outside of declarations. */
const usedTexts = namesIn((file, used) =>
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && !isDeclaration(node)) used.add(node.text);
  }),
);

/** Types of events that something tells: `events.of('<type>', …)`, or `outbox.insertion({ type: '<type>' })`. */
const toldTypes = namesIn((file, told) =>
  walk(file, (node) => {
    if (!ts.isCallExpression(node)) return;
    const [first] = node.arguments;
    const called = node.expression.getText();
    if (first === undefined) return;
    if (/(^|\.)(events\.)?of$/.test(called) && ts.isStringLiteralLike(first)) told.add(first.text);
    if (!called.endsWith('outbox.insertion')) return;
    walk(first, (part) => {
      if (ts.isStringLiteralLike(part)) told.add(part.text);
    });
  }),
);

/** Classes of which something makes an instance, or another class takes the code. */
const thrownClasses = namesIn((file, used) =>
  walk(file, (node) => {
    if (ts.isNewExpression(node)) used.add(node.expression.getText());
    if (ts.isCallExpression(node) && node.expression.getText() === 'problem')
      used.add(node.arguments[0]?.getText() ?? '');
  }),
);

/** Values of variables, and bodies of functions and methods, by name. */
function definitions(file: ts.SourceFile): Map<string, ts.Node[]> {
  const defined = new Map<string, ts.Node[]>();
  walk(file, (node) => {
    if (
      !ts.isVariableDeclaration(node) &&
      !ts.isFunctionDeclaration(node) &&
      !ts.isMethodDeclaration(node)
    )
      return;
    const value = ts.isVariableDeclaration(node) ? node.initializer : node.body;
    const name = node.name?.getText() ?? '';
    if (value) defined.set(name, [...(defined.get(name) ?? []), value]);
  });
  return defined;
}

/** Fields that some line of the log is given, as far as the file of the line shows them. */
const writtenFields = namesIn((file, fields) => {
  const defined = definitions(file);
  const collectNamed = (name: string): void => {
    const values = defined.get(name) ?? [];
    defined.delete(name);
    values.forEach(collect);
  };
  const collect = (value: ts.Node | undefined): void => {
    if (value === undefined) return;
    if (ts.isIdentifier(value)) collectNamed(value.text);
    if (ts.isCallExpression(value)) collectNamed(value.expression.getText().replace('this.', ''));
    if (ts.isArrowFunction(value)) collect(value.body);
    if (ts.isReturnStatement(value)) collect(value.expression);
    if (ts.isBlock(value)) value.forEachChild(collect);
    if (ts.isIfStatement(value)) [value.thenStatement, value.elseStatement].forEach(collect);
    if (ts.isConditionalExpression(value)) [value.whenTrue, value.whenFalse].forEach(collect);
    if (ts.isParenthesizedExpression(value)) collect(value.expression);
    if (ts.isBinaryExpression(value)) collect(value.right);
    if (!ts.isObjectLiteralExpression(value)) return;
    for (const property of value.properties)
      if (ts.isSpreadAssignment(property)) collect(property.expression);
      else if (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
        fields.add(property.name.text);
  };
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const { expression: target, name } = node.expression;
    if (LOG_METHODS.has(name.text) && /\blog(ger)?\b$/i.test(target.getText()))
      collect(node.arguments[0]);
  });
});

/** `err` becomes `exception`. */
function undeclared(files: readonly ts.SourceFile[]): string[] {
  return [...writtenFields(files)].filter((field) => field !== 'err' && !(field in logFields));
}

/** Names of properties of objects, except of those that declare something. */
const objectFields = namesIn((file, written) => {
  if (file.fileName.endsWith('.feature.ts')) return;
  walk(file, (node) => {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node))
      written.add(node.name.getText());
  });
});

describe.each([
  ['an action of the access table', Object.keys(accessTable)],
  ['an audit action', auditActions],
])('%s', (_kind, declared) => {
  it('is used when declared', () => {
    expect(missing(declared, usedTexts(sources))).toEqual([]);
  });

  it('is reported when nothing uses it', () => {
    expect(missing([...declared, 'orders.placed'], usedTexts(sources))).toEqual(['orders.placed']);
  });
});

describe('a type of events', () => {
  const types = eventDefinitions.map(({ type }) => type);

  it('is told when declared', () => {
    expect(missing(types, toldTypes(sources))).toEqual([]);
  });

  it('is reported when nothing tells it', () => {
    expect(missing([...types, 'order.placed'], toldTypes(sources))).toEqual(['order.placed']);
  });
});

describe('a problem', () => {
  const classes = problems.map((problem) => (problem as unknown as Type).name);

  it('that is declared is thrown', () => {
    expect(missing(classes, thrownClasses(sources))).toEqual([]);
  });

  it.each([
    [
      'declares',
      'export class OrderClosed extends problem({ code: "orders.closed" }, "Closed.") {}',
    ],
    ['describes', 'class Orders { @Returns({ status: 200 }, OrderClosed) list() {} }'],
  ])('that the code only %s is found', (_how, text) => {
    const thrown = thrownClasses([...sources, parse('orders.ts', text)]);
    expect(missing([...classes, 'OrderClosed'], thrown)).toEqual(['OrderClosed']);
  });
});

describe('a log field', () => {
  it('is declared when written', () => {
    expect(writtenFields(sources).size).toBeGreaterThan(15);
    expect(undeclared(sources)).toEqual([]);
  });

  it('is written when declared', () => {
    expect(missing(Object.keys(logFields), objectFields(sources))).toEqual([]);
    expect(missing([...Object.keys(logFields), 'order_id'], objectFields(sources))).toEqual([
      'order_id',
    ]);
  });

  it('is declared once', () => {
    const declared = features.flatMap((feature) => Object.keys(feature.logFields ?? {}));
    expect(declared.toSorted()).toEqual(Object.keys(logFields).toSorted());
  });

  it('is documented', () => {
    const [, table = ''] = readFileSync(PAGE, 'utf8').split('\nFields of events:\n');
    const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)` +\| (.*?) +\|/gm)];
    const documented = rows.map(([, field, meaning]) => `${field}: ${meaning}`);
    const declared = Object.entries(logFields).map((row) => row.join(': '));
    expect(documented.toSorted()).toEqual(declared.toSorted());
  });

  it.each([
    ['in a line', `this.logger.info({ user_id: id, order_id: 1 }, 'order placed')`],
    ['of a child logger', `const orders = logger.child({ order_id: 1 });`],
    ['in a variable', `const fields = { order_id: 1 }; logger.warn({ ...fields }, 'order placed')`],
    ['under a condition', `log.error({ ...(late && { order_id: 1 }) }, 'order late')`],
    ['in a branch', `log.info(late ? { order_id: 1 } : {}, 'order placed')`],
    ['in a function', `const fields = () => ({ order_id: 1 }); log.info(fields(), 'order placed')`],
    [
      'in a method',
      `class A { fields() { if (a) return { order_id: 1 }; } b() { this.log.info(this.fields(), 'c'); } }`,
    ],
    [
      'in one of two variables with the same name',
      `() => { const f = { order_id: 1 }; log.info(f, 'a'); }; () => { const f = {}; log.info(f, 'b'); }`,
    ],
  ])('that is not declared is found %s', (_where, text) => {
    expect(undeclared([...sources, parse('orders.ts', text)])).toEqual(['order_id']);
  });
});
