import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';

import { packageRoot } from '../../../platform/app/package-info.js';
import { ResourceNotFound } from '../../../platform/problems/problem.js';

/** Where the build puts style sheet and script, with a hash in the name. */
const FOLDER = join(packageRoot, 'dist', 'assets');

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Addresses of what pages load. */
export interface AssetLinks {
  readonly styles: string;
  readonly passkeys: string;
}

/** Files that pages load. Their names change with their content, so that browsers keep them. */
@Injectable()
export class Assets {
  private names: Readonly<Record<string, string>> | undefined;

  links(): AssetLinks {
    const { [`pages.css`]: styles = '', [`passkeys.js`]: passkeys = '' } = this.manifest;
    return { styles: `/assets/${styles}`, passkeys: `/assets/${passkeys}` };
  }

  /** A file of the manifest. @throws ResourceNotFound */
  async read(name: string): Promise<{ readonly type: string; readonly content: Buffer }> {
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined || !Object.values(this.manifest).includes(name))
      throw new ResourceNotFound();
    return { type, content: await readFile(join(FOLDER, name)) };
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
