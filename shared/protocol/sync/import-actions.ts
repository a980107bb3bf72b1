import { z } from 'zod';
import { defineAction } from '../define.ts';
import { byId, fileAnswer, id, line, none, page, pageParams } from '../schemas.ts';
import { importState, importView, profileView } from './views.ts';

const READERS = ['lead', 'finance', 'admin', 'api'] as const;
const profileName = line(50);

/** Imports of foreign files, and the profiles that say how to read them. */
export const importActions = {
  createImport: defineAction({
    name: 'sync.createImport',
    summary: 'Takes a CSV file in; it is imported in the background',
    rest: 'POST /imports',
    access: ['lead', 'admin', 'api'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      profile: profileName.meta({ description: 'Name of a mapping profile', example: 'online-retail' }),
      dryRun: z.enum(['true', 'false']).default('false').meta({ description: 'Check everything, change nothing' }),
    }),
    upload: { field: 'file', maxBytes: 512 * 1024 * 1024 },
    output: importView,
    status: 202,
  }),
  listImports: defineAction({
    name: 'sync.listImports',
    summary: 'Imports, newest first',
    rest: 'GET /imports',
    access: READERS,
    params: z.strictObject({ ...pageParams, state: importState.optional(), profile: profileName.optional() }),
    output: page(importView),
  }),
  getImport: defineAction({
    name: 'sync.getImport',
    summary: 'An import with its progress and counts',
    rest: 'GET /imports/{id}',
    access: READERS,
    params: byId,
    output: importView,
  }),
  getImportErrors: defineAction({
    name: 'sync.getImportErrors',
    summary: 'Every row that became nothing, with the reason, as CSV',
    rest: 'GET /imports/{id}/errors.csv',
    access: READERS,
    params: byId,
    output: fileAnswer,
    download: true,
  }),
  listProfiles: defineAction({
    name: 'sync.listProfiles',
    summary: 'Mapping profiles by name',
    rest: 'GET /import-profiles',
    access: READERS,
    params: z.strictObject(pageParams),
    output: page(profileView),
  }),
  createProfile: defineAction({
    name: 'sync.createProfile',
    summary: 'Adds a mapping profile',
    rest: 'POST /import-profiles',
    access: ['admin'],
    params: none,
    body: z.strictObject({ profile: z.record(z.string(), z.unknown()) }),
    output: profileView,
    status: 201,
  }),
  replaceProfile: defineAction({
    name: 'sync.replaceProfile',
    summary: 'Changes a mapping profile; imports that have begun keep the one they began with',
    rest: 'PUT /import-profiles/{name}',
    access: ['admin'],
    params: z.strictObject({ name: profileName }),
    body: z.strictObject({ profile: z.record(z.string(), z.unknown()) }),
    output: profileView,
  }),
};
