import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../platform/app/package-info.js';

/** Where the build puts them, each with a compressed copy. */
const FOLDER = join(packageRoot, 'dist', 'console');

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A file as it is sent. */
export interface ConsoleFile {
  readonly content: Buffer;
  readonly type: string;
  readonly encoding: 'gzip' | undefined;
}

/** The files of the built console, read when they are asked for. */
export class ConsoleFiles {
  private assets: Promise<readonly string[]> | undefined;

  /** The page. */
  async page(acceptsGzip: boolean): Promise<ConsoleFile> {
    return read('index.html', acceptsGzip);
  }

  /** What the page loads; undefined for any other name. */
  async asset(name: string, acceptsGzip: boolean): Promise<ConsoleFile | undefined> {
    this.assets ??= readdir(join(FOLDER, 'assets'));
    const known = (await this.assets).includes(name) && !name.endsWith('.gz');
    return known ? read(join('assets', name), acceptsGzip) : undefined;
  }
}

async function read(file: string, compressed: boolean): Promise<ConsoleFile> {
  const content = await readFile(join(FOLDER, compressed ? `${file}.gz` : file));
  const type = types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return { content, type, encoding: compressed ? 'gzip' : undefined };
}
