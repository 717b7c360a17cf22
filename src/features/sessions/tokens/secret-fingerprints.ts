import { createPrivateKey, createPublicKey } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { metrics } from '@opentelemetry/api';

import { deriveKeys } from '../../../platform/common/derived-keys.js';
import { accessConfig } from '../../../platform/http/access/access.config.js';
import { dataKeyConfig } from '../../../platform/data-key/data-key.config.js';
import { authConfig } from '../../../platform/http/access/auth.config.js';

/** Distinguishes 65,535 of 65,536 other secrets, and is too short to confirm a guess. */
const FINGERPRINT_BYTES = 2;

/** Fingerprints of the secrets of this process, to detect replicas with different secrets. */
@Injectable()
export class SecretFingerprints {
  constructor(
    @Inject(authConfig.KEY) { jwtSecrets, jwtPrivateKeys }: ConfigType<typeof authConfig>,
    @Inject(accessConfig.KEY) { apiKeys }: ConfigType<typeof accessConfig>,
    @Inject(dataKeyConfig.KEY) dataKeys: ConfigType<typeof dataKeyConfig>,
  ) {
    const secrets = {
      jwt_secret: jwtSecrets,
      jwt_private_key: jwtPrivateKeys.map(publicPart),
      api_key: apiKeys,
      data_key: dataKeys.keys.map((key) => key.toString('base64')),
    };
    const series = Object.entries(secrets).flatMap(([kind, values]) =>
      values.map((value) => ({ kind, fingerprint: fingerprintOf(value) })),
    );
    metrics
      .getMeter('auth')
      .createObservableGauge('secrets_fingerprint_info', {
        description: 'Short hashes of the secrets of this process.',
        unit: '1',
      })
      .addCallback((result) => series.forEach((labels) => result.observe(1, labels)));
  }
}

/** Independent of the text form of the key. */
function publicPart(pem: string): string {
  return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString();
}

/** A hash for this purpose only; other derived keys cannot be computed from it. */
export function fingerprintOf(secret: string): string {
  return deriveKeys([secret], 'fingerprint')[0].subarray(0, FINGERPRINT_BYTES).toString('hex');
}
