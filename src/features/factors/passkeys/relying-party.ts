import { generateKeyPairSync } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import type { AuthenticatorTransport } from '@simplewebauthn/server';

import { appConfig } from '../../../platform/app/app.config.js';
import { PublicUrl } from '../../../platform/mail/messages/public-url.js';
import { CHALLENGE_TTL } from './challenges.js';
import type {
  AuthenticationResponse,
  CreationOptions,
  RegistrationResponse,
  RequestOptions,
} from './passkey.schemas.js';
import { passkeysConfig } from './passkeys.config.js';
import type { Credential, KnownPasskey } from './passkeys.repository.js';

/** Milliseconds that a browser waits for the person: an answer that comes later is refused. */
const TIMEOUT_MS = CHALLENGE_TTL * 1000;
/** EdDSA, ES256, RS256: those of WebAuthn §5.4. Named, since the library tries experimental ones otherwise. */
const ALGORITHMS = [-8, -7, -257];
/** Statements without certificates; addresses in certificates would be fetched. We ask for none. */
const STATEMENTS: readonly string[] = ['none', 'packed'];

type Descriptor = Pick<Credential, 'id' | 'transports'>;

/** This service as a relying party of WebAuthn level 3. The library is loaded when a response is checked. */
@Injectable()
export class RelyingParty {
  constructor(
    @Inject(passkeysConfig.KEY) private readonly config: ConfigType<typeof passkeysConfig>,
    @Inject(appConfig.KEY) private readonly app: ConfigType<typeof appConfig>,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** The domain that passkeys belong to. */
  get id(): string {
    return this.config.rpId ?? new URL(this.publicUrl.base).hostname;
  }

  /** Options of `navigator.credentials.create`. @param known passkeys that the user has. */
  creation(
    challenge: Buffer,
    user: { readonly id: string; readonly name: string; readonly displayName: string },
    known: readonly Descriptor[],
  ): CreationOptions['options'] {
    return {
      challenge: challenge.toString('base64url'),
      rp: { id: this.id, name: this.app.serviceName },
      user: { ...user, id: handleOf(user.id) },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: TIMEOUT_MS,
      attestation: 'none',
      excludeCredentials: known.map(descriptorOf),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    };
  }

  /** Options of `navigator.credentials.get`. @param allowed none: any passkey of this service. */
  request(challenge: Buffer, allowed: readonly Descriptor[]): RequestOptions['options'] {
    return {
      challenge: challenge.toString('base64url'),
      rpId: this.id,
      allowCredentials: allowed.map(descriptorOf),
      timeout: TIMEOUT_MS,
      userVerification: 'required',
    };
  }

  /** The credential that a response registers; undefined if it does not fit. */
  async registered(
    challenge: Buffer,
    response: RegistrationResponse,
  ): Promise<Credential | undefined> {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { transports = [] } = response.response;
    return orUndefined(async () => {
      if (!(await isWithoutCertificates(response))) return undefined;
      const { registrationInfo } = await verifyRegistrationResponse({
        response: asJson(response, { transports: transports as AuthenticatorTransport[] }),
        expectedChallenge: challenge.toString('base64url'),
        expectedOrigin: this.origins,
        expectedRPID: this.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
      return registrationInfo && { ...registrationInfo.credential, transports, rpId: this.id };
    });
  }

  /**
   * The counter of a response that a passkey has signed; undefined if it does not fit. The caller compares the
   * counter. A response of an unknown passkey costs the same.
   */
  async signed(
    challenge: Buffer,
    response: AuthenticationResponse,
    passkey: KnownPasskey | undefined,
  ): Promise<number | undefined> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    return orUndefined(async () => {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: asJson(response, { userHandle: response.response.userHandle ?? undefined }),
        expectedChallenge: challenge.toString('base64url'),
        expectedOrigin: this.origins,
        expectedRPID: this.id,
        requireUserVerification: true,
        // With a counter of 0 the library compares none: it would do so before the signature.
        credential: { id: response.id, publicKey: passkey?.publicKey ?? foreignKey(), counter: 0 },
      });
      return verified ? authenticationInfo.newCounter : undefined;
    });
  }

  private get origins(): string[] {
    return this.config.origins ?? [new URL(this.publicUrl.base).origin];
  }
}

/** What authenticators know a user by: the id, in base64url of its 16 bytes. */
export function handleOf(userId: string): string {
  return Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url');
}

function descriptorOf({ id, transports }: Descriptor) {
  return {
    id,
    type: 'public-key' as const,
    ...(transports.length > 0 && { transports: [...transports] }),
  };
}

/** A response as the library takes it. */
function asJson<Inner extends object, More extends object>(
  response: { id: string; rawId: string; type: 'public-key'; response: Inner },
  more: More,
) {
  return {
    ...response,
    response: { ...response.response, ...more },
    clientExtensionResults: {},
  };
}

async function isWithoutCertificates({ response }: RegistrationResponse): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const statement = decodeAttestationObject(Buffer.from(response.attestationObject, 'base64url'));
  return (
    STATEMENTS.includes(statement.get('fmt')) && statement.get('attStmt').get('x5c') === undefined
  );
}

/** The library throws for whatever is wrong, and the text of its errors repeats the input. */
async function orUndefined<Result>(
  verify: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}

let foreign: Uint8Array<ArrayBuffer> | undefined;

/** A P-256 key that nobody can sign with, as a COSE key (RFC 9053 §7.1.1). */
function foreignKey(): Uint8Array<ArrayBuffer> {
  if (foreign === undefined) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    foreign = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }
  return foreign;
}
