import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { copiedButIgnored, dockerfileFaults } from '../../scripts/deploy/rules/dockerfile.js';

const ROOT = join(import.meta.dirname, '..', '..');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const dockerignore = readFileSync(join(ROOT, '.dockerignore'), 'utf8');

describe('a Dockerfile', () => {
  it('has no faults', () => {
    expect(dockerfileFaults(dockerfile)).toEqual([]);
  });

  it('copies nothing that the context leaves out', () => {
    expect(copiedButIgnored(dockerfile, dockerignore)).toEqual([]);
    const without = dockerignore.replace('!scripts/bundle.ts\n', '');
    expect(copiedButIgnored(dockerfile, without)).toEqual(['scripts/bundle.ts']);
  });

  it.each([
    [
      'root user',
      'USER 1000:1000\nEXPOSE 8080 9090',
      'USER root\nEXPOSE 8080 9090',
      /USER is root/,
    ],
    [
      'user by name',
      'USER 1000:1000\nEXPOSE 8080 9090',
      'USER node\nEXPOSE 8080 9090',
      /USER is root, a name/,
    ],
    ['shell form', 'CMD ["node", "dist/main"]', 'CMD node dist/main', /runs in a shell/],
    ['secret in clear', 'ENV NODE_ENV', 'ENV JWT_SECRET=hunter2\nENV NODE_ENV', /secret is in ENV/],
    [
      'everything copied',
      'COPY migrations migrations\nCOPY --from',
      'COPY . .\nCOPY --from',
      /whole context/,
    ],
    ['base by tag alone', /@sha256:[0-9a-f]{64}/, '', /by tag and digest/],
    [
      'base by name',
      'FROM ${NODE_IMAGE} AS runtime',
      'FROM node:24 AS runtime',
      /by tag and digest/,
    ],
  ])('is refused with a planted fault: %s', (_name, sound, planted, fault) => {
    expect(dockerfile.replace(sound, planted)).not.toBe(dockerfile);
    expect(dockerfileFaults(dockerfile.replace(sound, planted)).join('\n')).toMatch(fault);
  });
});
