/** The level of each folder of src; code imports lower levels only, as ARCHITECTURE.md says. */
const levels = [
  ['common'],
  ['config'],
  ['observability', 'resilience', 'overload', 'faults'],
  ['database', 'redis', 'workers'],
  ['jobs', 'idempotency'],
  ['email', 'payments'],
  ['users'],
  ['auth'],
  ['health', 'admin', 'docs'],
];

const folders = (names) => `^src/(${names.join('|')})/`;

/** One rule per level: nothing above it, and nobody beside it. */
const levelRules = levels.flatMap((names, level) => [
  {
    name: `level-${level}-imports-lower-levels`,
    comment: `${names.join(', ')}: imports only what lies below.`,
    severity: 'error',
    from: { path: folders(names) },
    to: {
      path: [
        '^src/[^/]+$',
        ...(levels[level + 1] ? [folders(levels.slice(level + 1).flat())] : []),
      ],
    },
  },
  ...names.map((name) => ({
    name: `${name}-imports-no-neighbour`,
    comment: 'No imports sideways within a level.',
    severity: 'error',
    from: { path: folders([name]) },
    to: { path: folders(names), pathNot: folders([name]) },
  })),
]);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...levelRules,
    {
      name: 'no-circular',
      comment: 'A circle has no level.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'thread-tasks-import-only-common',
      comment: 'Dependency injection does not cross threads.',
      severity: 'error',
      from: { path: '^src/workers/tasks/' },
      to: { path: '^src/', pathNot: '^src/(common|workers/tasks)/' },
    },
    {
      name: 'entities-stay-in-their-slice',
      comment: 'Others see responses and services.',
      severity: 'error',
      from: { pathNot: '^src/users/' },
      to: { path: '^src/users/user\\.entity' },
    },
    {
      name: 'env-is-read-in-one-place',
      comment: 'Only the configuration knows how the environment is parsed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config|admin/config\\.command|app\\.)' },
      to: { path: '^src/config/env\\.' },
    },
    {
      name: 'sources-import-no-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'no-development-packages',
      comment: 'The image has production packages only; the embedded database is resolved by name.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
