import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

import { type ProblemClass, PROBLEMS } from '../../problems/problem.js';
import { problemSchema } from '../../problems/problem.schemas.js';
import { packageVersion } from '../../app/package-info.js';

/** The OpenAPI 3.1 description of the application's routes, from the schemas that validate them. */
export function createOpenApi(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Cloud-native user API')
    .setDescription('User accounts. Errors are RFC 9457 problem documents with a stable `code`.')
    .setVersion(packageVersion)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'apiKey')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'accessToken')
    // Public actions need no credentials.
    .addSecurityRequirements({})
    .addSecurityRequirements('apiKey')
    .addSecurityRequirements('accessToken')
    .build();
  const document = SwaggerModule.createDocument(app, outline, {
    standardSchemaConverter: (schema, { schemaType }) => convert(schema, schemaType),
  });
  const problem = convert(problemSchema(app.get<readonly ProblemClass[]>(PROBLEMS)), 'output');
  Object.assign(((document.components ??= {}).schemas ??= {}), problem?.components);
  return document;
}

/** Zod's JSON Schema is OpenAPI 3.1's own dialect; named schemas become components. */
function convert(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $schema: _dialect,
    $defs = {},
    ...converted
  } = onlyComponents(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const id = z.globalRegistry.get(schema)?.id;
  const own = withoutId(converted);
  const named = components($defs);
  if (typeof id !== 'string') return { schema: own, components: named };
  return {
    schema: { $ref: `#/components/schemas/${id}` },
    // Zod puts a named schema among its own definitions and refers to it from the root.
    components: { [id]: own, ...named },
  };
}

/** The document has one place for named schemas. */
function onlyComponents<Schema>(schema: Schema): Schema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as Schema;
}

function components(definitions: Record<string, object>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, withoutId(schema)]),
  );
}

function withoutId(schema: object): object {
  const { id: _id, ...rest } = schema as { id?: string };
  return rest;
}
