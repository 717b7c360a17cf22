/**
 * The floors of src, from the bottom up. Code imports its own floor and those below; ARCHITECTURE.md
 * says what each is for.
 */
const floors = ['platform', 'features', 'bootstrap'];

/**
 * The folders of a floor, from the bottom up. A folder imports only those of earlier rows, and none of its own row.
 */
const platform = [
  ['common', 'problems'],
  ['config', 'resilience'],
  ['declarations'],
  ['app', 'branding', 'overload'],
  ['observability'],
  ['database', 'redis', 'workers'],
  ['http', 'cli', 'payments', 'figures', 'outbound'],
  ['idempotency', 'jobs', 'data-key'],
  ['routes'],
  ['mail'],
  ['audit', 'health', 'events'],
  ['faults'],
];
const features = [
  ['users'],
  ['credentials', 'api-keys'],
  ['factors'],
  ['sign-up', 'profile', 'sessions'],
  ['identities'],
  ['recovery', 'tiers', 'invitations', 'bulk', 'administration', 'webhooks'],
  ['privacy', 'pages'],
  ['operations', 'console'],
];

/** What a task may load: values and the forms of data, nothing that is injected. */
const TASK_CODE = [
  '^src/platform/common/',
  '^src/platform/declarations/thread-task\\.ts$',
  '^src/platform/workers/tasks/',
  '^src/features/.+\\.task\\.ts$',
  '^src/features/bulk/format/(bulk-format|bulk-user|password-hash-fault|record-framing)\\.ts$',
  '^src/features/credentials/passwords/(password-hash\\.ts$|foreign-hashes/)',
  '^src/features/users/fields/user-fields\\.ts$',
];

const folders = (floor, names) => `^src/${floor}/(${names.join('|')})/`;

const floorRules = floors.slice(0, -1).map((floor, level) => ({
  name: `${floor}-imports-nothing-above`,
  comment: `${floor} knows nothing of ${floors.slice(level + 1).join(' and ')}.`,
  severity: 'error',
  from: { path: `^src/${floor}/` },
  to: { path: ['^src/[^/]+$', ...floors.slice(level + 1).map((above) => `^src/${above}/`)] },
}));

const folderRules = Object.entries({ platform, features }).flatMap(([floor, rows]) => {
  const listed = folders(floor, rows.flat());
  return [
    {
      name: `folders-of-${floor}-have-a-level`,
      comment: 'A new folder is listed above.',
      severity: 'error',
      from: { path: '^src/', pathNot: listed },
      to: { path: `^src/${floor}/`, pathNot: listed },
    },
    ...rows.flatMap((names, level) =>
      names.map((name) => ({
        name: `${name}-imports-lower-folders`,
        comment: 'A folder imports only folders below it.',
        severity: 'error',
        from: { path: folders(floor, [name]) },
        to: {
          path: `^src/${floor}/`,
          pathNot: folders(floor, [name, ...rows.slice(0, level).flat()]),
        },
      })),
    ),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floorRules,
    ...folderRules,
    {
      name: 'no-circular',
      comment: 'A circle has no level.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circular-folders',
      comment: 'Subfolders have levels too.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'thread-tasks-load-little',
      comment: 'Dependency injection does not cross threads, and what a thread loads costs memory.',
      severity: 'error',
      from: { path: '\\.task\\.ts$' },
      to: { path: '^src/', reachable: true, pathNot: TASK_CODE },
    },
    {
      name: 'entities-stay-in-their-slice',
      comment: 'Other slices see services, repositories and, at most, the type of a row.',
      severity: 'error',
      from: { path: '^src/(features|platform)/([^/]+)/' },
      to: {
        path: '\\.entity\\.ts$',
        pathNot: '^src/$1/$2/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'entities-stay-below-bootstrap',
      comment: 'Modules register their own.',
      severity: 'error',
      from: { pathNot: '^src/(features|platform)/' },
      to: { path: '\\.entity\\.ts$' },
    },
    {
      name: 'env-is-read-in-one-place',
      comment: 'Only the configuration knows how the environment is parsed.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '\\.config(\\.spec)?\\.ts$|config\\.command|^src/(platform/config|bootstrap)/',
      },
      to: { path: '^src/platform/config/env\\.' },
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
