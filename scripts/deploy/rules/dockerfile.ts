/** What can be told of the image without building it. @returns faults of the last stage of a Dockerfile. */
export function dockerfileFaults(text: string): string[] {
  const stages = text.replace(/\\\n/g, ' ').split(/^(?=FROM )/m);
  const runtime = (stages.at(-1) ?? '').split('\n');
  const last = (instruction: string) =>
    runtime.findLast((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1);
  const expectations: [boolean, string][] = [
    [
      runtime[0]?.endsWith(' AS runtime') === true,
      'the last stage, which is built by default, is not runtime',
    ],
    [/^[1-9]\d*(:[1-9]\d*)?$/.test(last('USER') ?? ''), 'USER is root, a name, or missing'],
    [last('ENTRYPOINT')?.includes('tini') === true, 'no init passes signals on'],
    [last('CMD')?.startsWith('["') === true, 'CMD runs in a shell, which swallows signals'],
    [/healthcheck\.mjs/.test(text) && last('HEALTHCHECK') !== undefined, 'there is no HEALTHCHECK'],
    [!/^(ENV|ARG) .*(SECRET|PASSWORD|TOKEN|API_KEY)/m.test(text), 'a secret is in ENV or ARG'],
    [!/^ADD /m.test(text), 'ADD fetches and unpacks: COPY'],
    [
      !runtime.some((line) => /^COPY (?!--from)(.* )?\.\/? /.test(line)),
      'the whole context is copied',
    ],
    [
      /^ARG NODE_IMAGE=\S+:\S+@sha256:[0-9a-f]{64}$/m.test(text) &&
        (text.match(/^FROM .*/gm) ?? []).every((from) =>
          /^FROM (\$\{NODE_IMAGE\}|[a-z]+) AS /.test(from),
        ),
      'a base image is not named by tag and digest',
    ],
  ];
  return expectations.flatMap(([holds, fault]) => (holds ? [] : [`Dockerfile: ${fault}`]));
}

/** @returns what a Dockerfile copies from the context although its `.dockerignore`, which names what is let in, does not. */
export function copiedButIgnored(dockerfile: string, dockerignore: string): string[] {
  const letIn = [...dockerignore.matchAll(/^!(.+)$/gm)].map(([, path]) => path ?? '');
  const copies = dockerfile.replace(/\\\n/g, ' ').matchAll(/^COPY (?!--from)(.+) \S+$/gm);
  const sources = [...copies].flatMap(([, paths = '']) => paths.trim().split(/\s+/));
  return sources.filter(
    (source) => !letIn.some((path) => source === path || source.startsWith(`${path}/`)),
  );
}
