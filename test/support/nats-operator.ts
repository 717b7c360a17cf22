import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { nkeys } from '@nats-io/transport-node';

import type { Certificate } from './certificate.js';

/** A new operator of NATS with one account that may use JetStream. */
export interface NatsOperator {
  /** Writes a configuration for a server that knows this operator and wants TLS. @returns its path. */
  writeConfiguration(folder: string, certificate: Certificate): string;
  /** The content of a `.creds` file of a new user of the account. */
  newCredentials(): string;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as `nsc` makes it: https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/jwt. */
function token(issuer: nkeys.KeyPair, subject: nkeys.KeyPair, name: string, nats: object): string {
  const claims = {
    jti: randomUUID(),
    iat: Math.floor(Date.now() / 1000),
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name,
    nats: { version: 2, ...nats },
  };
  const signed = `${encoded({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encoded(claims)}`;
  const signature = issuer.sign(new TextEncoder().encode(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

const UNLIMITED = { subs: -1, data: -1, payload: -1 };
const ACCOUNT_LIMITS = {
  ...UNLIMITED,
  imports: -1,
  exports: -1,
  wildcards: true,
  conn: -1,
  leaf: -1,
};
const STREAM_LIMITS = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };

export function newNatsOperator(): NatsOperator {
  const operator = nkeys.createOperator();
  const [system, account] = [nkeys.createAccount(), nkeys.createAccount()];
  const accountToken = (key: nkeys.KeyPair, name: string, limits: object) =>
    token(operator, key, name, { type: 'account', limits: { ...ACCOUNT_LIMITS, ...limits } });
  return {
    writeConfiguration(folder, { cert, key }) {
      const file = join(folder, 'nats.conf');
      writeFileSync(
        file,
        `operator: ${token(operator, operator, 'test', { type: 'operator' })}
         system_account: ${system.getPublicKey()}
         resolver: MEMORY
         resolver_preload: {
           ${system.getPublicKey()}: ${accountToken(system, 'system', {})}
           ${account.getPublicKey()}: ${accountToken(account, 'users', STREAM_LIMITS)}
         }
         tls: { cert_file: "${cert}", key_file: "${key}" }`,
      );
      return file;
    },
    newCredentials() {
      const user = nkeys.createUser();
      const signed = token(account, user, 'service', {
        type: 'user',
        pub: {},
        sub: {},
        ...UNLIMITED,
      });
      return `-----BEGIN NATS USER JWT-----
${signed}
------END NATS USER JWT------

-----BEGIN USER NKEY SEED-----
${text(user.getSeed())}
------END USER NKEY SEED------
`;
    },
  };
}
