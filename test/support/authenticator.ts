import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

import type { CreationOptions, RequestOptions } from './passkeys.js';

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };
/** Of an authenticator that does not tell its model. */
const NO_MODEL = Buffer.alloc(16);

/** What a test may make an authenticator or a browser do wrong. */
export interface Misbehaviour {
  readonly origin?: string;
  readonly rpId?: string;
  readonly verified?: boolean;
  readonly challenge?: string;
  readonly userHandle?: string | undefined;
  readonly counter?: number;
  readonly credentialId?: Buffer;
  readonly type?: string;
  /** Sends an attestation with one, of the format `packed`. */
  readonly certificate?: boolean;
}

/** An authenticator in software, and the browser around it: ES256, without attestation. */
export class Authenticator {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly credentialId = randomBytes(32);
  private userHandle = '';
  private readonly origin: string;
  counter: number;

  /** @param origin of the page. @param counter of the last signature; 0 for one that does not count. */
  constructor(origin: string, counter = 0) {
    this.origin = origin;
    this.counter = counter;
  }

  /** `navigator.credentials.create`. */
  register({ options }: CreationOptions, wrong: Misbehaviour = {}) {
    this.userHandle = options.user.id;
    const id = wrong.credentialId ?? this.credentialId;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const data = Buffer.concat([
      this.data(options.rp.id, FLAGS.attested, wrong),
      NO_MODEL,
      length,
      id,
      this.coseKey(),
    ]);
    // CBOR maps with the members fmt, attStmt and authData.
    const head = wrong.certificate
      ? 'a363666d74667061636b65646761747453746d74a363616c672663736967410063783563814100686175746844617461'
      : 'a363666d74646e6f6e656761747453746d74a0686175746844617461';
    const attestation = Buffer.concat([
      Buffer.from(head, 'hex'),
      Buffer.from([0x59, data.length >> 8, data.length & 0xff]),
      data,
    ]);
    return {
      ...credential(id),
      response: {
        clientDataJSON: this.clientData('webauthn.create', options.challenge, wrong),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** `navigator.credentials.get`. */
  signIn({ options }: RequestOptions, wrong: Misbehaviour = {}) {
    if (this.counter > 0) this.counter += 1;
    const data = this.data(options.rpId, 0, wrong);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, wrong);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([data, hash]), this.keys.privateKey);
    const handle = 'userHandle' in wrong ? wrong.userHandle : this.userHandle;
    return {
      ...credential(wrong.credentialId ?? this.credentialId),
      response: {
        clientDataJSON,
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(handle !== undefined && { userHandle: handle }),
      },
    };
  }

  private data(rpId: string, flags: number, wrong: Misbehaviour): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrong.counter ?? this.counter);
    return Buffer.concat([
      createHash('sha256')
        .update(wrong.rpId ?? rpId)
        .digest(),
      Buffer.from([FLAGS.present | (wrong.verified === false ? 0 : FLAGS.verified) | flags]),
      counter,
    ]);
  }

  private clientData(type: string, challenge: string, wrong: Misbehaviour): string {
    return Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? this.origin,
        crossOrigin: false,
      }),
    ).toString('base64url');
  }

  /** RFC 9053 §7.1.1. */
  private coseKey(): Buffer {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    return Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }
}

function credential(bytes: Buffer) {
  const id = bytes.toString('base64url');
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
}
