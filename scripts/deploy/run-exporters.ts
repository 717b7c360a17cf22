import { freePort } from '../../test/support/free-port.js';
import { startOtlpReceiver } from '../../test/support/otlp-receiver.js';
import { startTestPostgres } from '../../test/support/postgres.js';
import { startSmtpServer } from '../../test/support/smtp-server.js';
import { waitFor } from '../../test/support/wait-for.js';
import { attempt, run } from './command.js';
import { HARDENED, local, PODMAN } from './containers.js';
import { IMAGE } from './image.js';
import { inventSecrets } from './service-environment.js';

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'];

/**
 * What the image loads only where it is configured: an exporter for each protocol of OTLP, and SMTP.
 * A package that the pruning took away would show in production otherwise.
 */
export async function runExporters(): Promise<string> {
  const postgres = await startTestPostgres({ version: 'embedded', tcp: true });
  const smtp = await startSmtpServer();
  const name = `verify-exporters-${process.pid}`;
  try {
    const environment = { ...inventSecrets(postgres.tcpUrl ?? ''), EMAIL_SERVICE_URL: smtp.url };
    const start = (variables: Readonly<Record<string, string>>, args: readonly string[]) =>
      run('podman', [
        ...PODMAN,
        'run',
        ...args,
        ...HARDENED,
        ...local({ ...environment, ...variables }),
        IMAGE,
      ]);
    for (const [index, protocol] of PROTOCOLS.entries()) {
      const receiver = await startOtlpReceiver();
      try {
        const port = await freePort();
        const variables = {
          HOST: '127.0.0.1',
          PORT: String(port),
          PUBLIC_URL: 'https://accounts.example.com',
          OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
          OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? receiver.grpcUrl : receiver.url,
          OTEL_BSP_SCHEDULE_DELAY: '100',
        };
        await start(variables, ['-d', '--name', name]);
        const url = `http://127.0.0.1:${port}`;
        if (index === 0) {
          await waitFor('the process', async () => (await fetch(`${url}/health`)).ok, 60_000);
          await run('podman', [...PODMAN, 'exec', name, 'node', 'dist/cli', 'migrate']);
        }
        await waitFor('to be ready', async () => (await fetch(`${url}/ready`)).ok, 60_000);
        const created = await fetch(`${url}/users`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': environment.API_KEY },
          body: JSON.stringify({ email: `ada${index}@example.com`, name: 'Ada' }),
        });
        if (created.status !== 201) throw new Error(`POST /users answers ${created.status}`);
        await waitFor(`spans by ${protocol}`, () =>
          receiver.spans.some((span) => span.name === 'POST /users'),
        );
        await waitFor('mail by SMTP', () =>
          smtp.mails.some(({ to }) => to === `ada${index}@example.com`),
        );
        // Metrics go every 30 s, and at the end.
        await run('podman', [...PODMAN, 'kill', '--signal', 'TERM', name]);
        const code = (await run('podman', [...PODMAN, 'wait', name])).trim();
        if (code !== '0') throw new Error(`it ended with ${code}`);
        if (receiver.metrics.size === 0) throw new Error(`no metrics by ${protocol}`);
        await run('podman', [...PODMAN, 'rm', name]);
      } finally {
        await receiver.stop();
      }
    }
    return `spans and metrics arrive by ${PROTOCOLS.join(', ')}, mails by SMTP`;
  } catch (error) {
    const { stdout, stderr } = await attempt('podman', [...PODMAN, 'logs', '--tail', '20', name]);
    throw new Error(`${String(error)}\n${stdout}${stderr}`, { cause: error });
  } finally {
    await attempt('podman', [...PODMAN, 'rm', '-f', '-t', '1', '-i', name]);
    await smtp.stop();
    await postgres.stop();
  }
}
