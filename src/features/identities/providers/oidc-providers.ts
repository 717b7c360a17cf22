import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';
import { InjectPinoLogger, PinoLogger } from 'nestjs-pino';

import { Outages } from '../../../platform/observability/logging/outages.js';
import { providerPolicy } from '../../../platform/resilience/dependency-policies.js';
import { identitiesConfig } from '../identities.config.js';
import { ProviderNotFound } from '../identity.errors.js';
import { OidcProvider } from './oidc-provider.js';

/** The providers of `OIDC_PROVIDERS`. */
@Injectable()
export class OidcProviders {
  private readonly byId: ReadonlyMap<string, OidcProvider>;

  constructor(
    @Inject(identitiesConfig.KEY) { providers }: ConfigType<typeof identitiesConfig>,
    outages: Outages,
    @InjectPinoLogger('identities') logger: PinoLogger,
  ) {
    const made = providers.map((settings) => {
      const { id } = settings;
      const policy = providerPolicy(id, logger, outages.of(`oidc_${id}`));
      return [id, new OidcProvider(settings, policy)] as const;
    });
    this.byId = new Map(made);
  }

  /** In the order of the configuration. */
  list(): { id: string; label: string }[] {
    return [...this.byId.values()].map(({ id, label }) => ({ id, label }));
  }

  /** @throws ProviderNotFound */
  get(id: string): OidcProvider {
    const provider = this.byId.get(id);
    if (provider === undefined) throw new ProviderNotFound();
    return provider;
  }
}
