import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Inject, Injectable } from '@nestjs/common';
import type { ConfigType } from '@nestjs/config';

import { packageRoot } from '../../../platform/app/package-info.js';
import { brandingConfig } from '../../../platform/branding/branding.config.js';
import { ResourceNotFound } from '../../../platform/problems/problem.js';
import { type Asset, BrandAssets } from './brand-assets.js';

/** Where the build puts style sheet and script, with a hash in the name. */
const FOLDER = join(packageRoot, 'dist', 'assets');

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Addresses of what pages load. */
export interface AssetLinks {
  readonly styles: readonly string[];
  readonly forms: string;
  readonly passkeys: string;
  readonly icon: string;
  /** The picture of the brand, if there is one. */
  readonly logo: string | undefined;
}

/** Files that pages load. Their names change with their content, so that browsers keep them. */
@Injectable()
export class Assets {
  private names: Readonly<Record<string, string>> | undefined;
  private brandAssets: BrandAssets | undefined;

  constructor(
    @Inject(brandingConfig.KEY) private readonly branding: ConfigType<typeof brandingConfig>,
  ) {}

  links(): AssetLinks {
    const {
      'pages.css': styles = '',
      'forms.js': forms = '',
      'passkeys.js': passkeys = '',
    } = this.manifest;
    const { brand } = this;
    return {
      styles: [styles, brand.styles].map(address),
      forms: address(forms),
      passkeys: address(passkeys),
      icon: address(brand.icon),
      logo: brand.logo && address(brand.logo),
    };
  }

  /** A file by its name. @throws ResourceNotFound */
  async read(name: string): Promise<Asset> {
    const ofBrand = this.brand.read(name);
    if (ofBrand !== undefined) return ofBrand;
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined || !Object.values(this.manifest).includes(name))
      throw new ResourceNotFound();
    return { type, content: await readFile(join(FOLDER, name)) };
  }

  private get brand(): BrandAssets {
    this.brandAssets ??= new BrandAssets(this.branding);
    return this.brandAssets;
  }

  /** By the names of their sources. */
  private get manifest(): Readonly<Record<string, string>> {
    this.names ??= JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as Record<
      string,
      string
    >;
    return this.names;
  }
}

function address(name: string): string {
  return `/assets/${name}`;
}
