import { z } from 'zod';

import { timestamp } from '../../platform/common/primitives.js';
import { exportParts, type PersonalData } from '../../platform/declarations/personal-data.js';
import { type UserResponse, userResponse } from '../users/user.schemas.js';

/** The answer to an export, with a part for each declaration. */
export function personalDataDocument(data: readonly PersonalData[]) {
  const parts = exportParts(data).map(({ key, schema }) => [key, schema]);
  return z
    .object({
      exported_at: timestamp,
      user: userResponse,
      ...(Object.fromEntries(parts) as Record<string, z.ZodType>),
    })
    .meta({ id: 'UserDataExport' });
}

/** The profile, and an array of rows for each declared part. */
export interface ExportedData {
  readonly exported_at: string;
  readonly user: UserResponse;
  [part: string]: unknown;
}
