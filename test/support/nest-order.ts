// Under Jest's ESM these have to be loaded in this order, or Nest's packages find a cycle. First import of a test that loads Nest's modules.
import 'reflect-metadata';
await import('@nestjs/common');
await import('@nestjs/core');
