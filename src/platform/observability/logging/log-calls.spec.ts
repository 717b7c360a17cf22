import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const SOURCE = join(import.meta.dirname, '../../..');
const LOG_CALL = /\blog(?:ger)?(?:\?*\.(?:trace|debug|info|warn|error|fatal)|\[\w+\])$/i;

/** Whether V8 gives a function a name, which is that of its method, variable or property. */
function isNamed(scope: ts.SignatureDeclaration): boolean {
  if (scope.name !== undefined || ts.isConstructorDeclaration(scope)) return true;
  const { parent } = scope;
  return (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent)
  );
}

/** Log calls directly in a function without a name: `LOG_CALLER` cannot say where they are. */
function unnamedCallers(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && LOG_CALL.test(node.expression.getText())) {
      const scope = ts.findAncestor(node, ts.isFunctionLike);
      if (scope === undefined || !isNamed(scope)) found.push(`${file}: ${node.getText()}`);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

describe('log calls', () => {
  it('are in functions with a name', () => {
    const files = globSync('**/*.ts', { cwd: SOURCE, exclude: ['**/*.spec.ts'] });
    const calls = files.flatMap((file) =>
      unnamedCallers(file, readFileSync(join(SOURCE, file), 'utf8')),
    );
    expect(calls).toEqual([]);
  });

  it.each([
    `class Orders { place() { this.database.afterCommit(() => this.logger.info('order placed')); } }`,
    `const late = throttle(1000, () => log[level]('order late'));`,
    `process.on('exit', function () { this.logger?.warn('order lost'); });`,
  ])('are found in functions without one: %s', (text) => {
    expect(unnamedCallers('orders.ts', text)).toHaveLength(1);
  });

  it('are allowed in methods, variables and properties', () => {
    const text = `
      class Orders { place() { this.logger.info('order placed'); } }
      const late = () => log.warn('order late');
      watch({ lost: () => logger.error('order lost') });`;
    expect(unnamedCallers('orders.ts', text)).toEqual([]);
  });
});
