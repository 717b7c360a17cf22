import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { deriveKeys } from '../common/derived-keys.js';
import type { SecretColumn } from '../declarations/secret-column.js';
import { dataKeyConfig } from './data-key.config.js';
import { SecretUnreadable } from './data-key.errors.js';

const ALGORITHM = 'aes-256-gcm';
/** The layout of a stored secret: version, fingerprint of the key, nonce, tag, ciphertext. */
const VERSION = Buffer.of(1);
const FINGERPRINT_BYTES = 8;
/** NIST SP 800-38D §8.2.2: random nonces of 96 bits, for at most 2³² secrets under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const HEADER_BYTES = VERSION.length + FINGERPRINT_BYTES;
const NONCE_END = HEADER_BYTES + NONCE_BYTES;
const TAG_END = NONCE_END + TAG_BYTES;

/** A secret that a key opened. */
interface Opened {
  readonly plaintext: Buffer;
  /** Of the key in `DATA_KEY`, from 0. */
  readonly position: number;
}

/**
 * Encrypts secrets that have to be read back. The place of a secret, `table:column:id`, is authenticated with it, so
 * that a ciphertext is worth nothing in another row.
 */
@Injectable()
export class DataCipher {
  private readonly keys;

  constructor(
    @Inject(dataKeyConfig.KEY) { keys }: ConfigType<typeof dataKeyConfig>,
    @InjectPinoLogger('data-key') private readonly logger: PinoLogger,
  ) {
    // The fingerprint is independent of the position: keys change theirs during a rotation.
    this.keys = keys.map((bytes) => ({
      key: createSecretKey(bytes),
      header: Buffer.concat([
        VERSION,
        deriveKeys([bytes], 'data-key-fingerprint')[0].subarray(0, FINGERPRINT_BYTES),
      ]),
    }));
  }

  /** Number of keys. */
  get size(): number {
    return this.keys.length;
  }

  /** Encrypts with the first key. @param id of the row, in lower case. */
  encrypt(column: SecretColumn, id: string, plaintext: Buffer): Buffer {
    const [{ key, header }] = this.keys as [(typeof this.keys)[0]];
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(placeOf(column, id));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([header, nonce, cipher.getAuthTag(), ciphertext]);
  }

  /** The plaintext. @throws SecretUnreadable, and logs which row it is. */
  decrypt(column: SecretColumn, id: string, stored: Buffer): Buffer {
    const opened = this.open(column, id, stored);
    if (opened !== undefined) return opened.plaintext;
    this.logger.error({ row: placeOf(column, id).toString() }, 'no data key opens a secret');
    throw new SecretUnreadable();
  }

  /** The plaintext, and which key opens it; undefined if none does. */
  open(column: SecretColumn, id: string, stored: Buffer): Opened | undefined {
    const header = stored.subarray(0, HEADER_BYTES);
    const position = this.keys.findIndex((key) => key.header.equals(header));
    const found = this.keys[position];
    if (found === undefined || stored.length < TAG_END) return undefined;
    const decipher = createDecipheriv(
      ALGORITHM,
      found.key,
      stored.subarray(HEADER_BYTES, NONCE_END),
      {
        authTagLength: TAG_BYTES,
      },
    )
      .setAAD(placeOf(column, id))
      .setAuthTag(stored.subarray(NONCE_END, TAG_END));
    const start = decipher.update(stored.subarray(TAG_END));
    try {
      return { plaintext: Buffer.concat([start, decipher.final()]), position };
    } catch {
      return undefined;
    }
  }
}

function placeOf({ table, column }: SecretColumn, id: string): Buffer {
  return Buffer.from(`${table}:${column}:${id}`);
}
