import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { accountSchema } from './accounts-api.ts';
import { confirmSchema, pairingQuestionSchema, pairingSchema, stateSchema } from './devices-api.ts';
import { secretChangeSchema } from './own-secret-api.ts';
import { linkSchema, secretsSchema, signInSchema } from './sign-in-api.ts';

const named = z.string().max(64);
const done = z.object({ ok: z.literal(true) });
const session = z.object({
  token: z.string(),
  role: named,
  actor: named,
  expiresAt: z.number().int(),
  staffId: named,
  name: z.string(),
  roles: z.array(named),
  everywhere: z.boolean().meta({ description: 'For all branches, not only this one.' }),
});
const device = z
  .object({
    id: named,
    kind: named,
    name: z.string(),
    counterId: named.optional(),
    pairedAt: z.number().int(),
    pairedBy: named,
    seenAt: z.number().int().optional(),
    here: z.boolean().meta({ description: 'It has reported within a minute and a half.' }),
    state: stateSchema,
  })
  .meta({ id: 'Device' });

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const branch = z.object({ branchId: named });
const signed = [{ session: [] }];

/** The part of the OpenAPI document about people and devices. A refusal carries a `reason` beside the problem. */
export function identityPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const answers = (schema: z.ZodType, description = 'Done.') => ({ '200': json(description, schema), ...problems });
  return {
    '/api/sign-in': {
      get: {
        summary: 'What a sign-in page must know',
        responses: { '200': json('Public.', z.looseObject({ by: z.enum(['account', 'name']) })) },
      },
      post: {
        summary: 'Sign in: with a PIN at a counter, with a password at the console',
        description:
          '409 with the reason `counter-in-use` asks whether to take over; 429 with `locked` says until when.',
        requestBody: body(signInSchema),
        responses: { ...answers(session, 'A session.'), '409': json('Somebody is there.', z.looseObject({})) },
      },
    },
    '/api/sign-out': { post: { summary: 'End this session', security: signed, responses: answers(done) } },
    '/api/own-secret': {
      get: {
        summary: 'Which of PIN and password this person can change',
        security: signed,
        responses: answers(z.object({ kinds: z.array(z.enum(['pin', 'password'])) })),
      },
      post: {
        summary: 'Change one’s own PIN or password',
        description:
          'The old one is asked for, and a wrong one counts like a failed sign-in: 429 with `locked` says until when.',
        security: signed,
        requestBody: body(secretChangeSchema),
        responses: answers(z.object({ ended: z.number().int() }), 'How many other sessions it ended.'),
      },
    },
    '/api/set-up': {
      post: {
        summary: 'Set the PIN and password of an account with its link',
        requestBody: body(secretsSchema),
        responses: answers(z.object({ staffId: named })),
      },
    },
    '/api/set-up/look': {
      post: {
        summary: 'Whose link it is',
        requestBody: body(linkSchema),
        responses: answers(z.object({ staffId: named, name: z.string(), pin: z.boolean(), password: z.boolean() })),
      },
    },
    '/api/accounts': {
      get: {
        summary: 'Accounts within reach',
        security: signed,
        responses: answers(z.object({ accounts: z.array(z.looseObject({ staffId: named })) })),
      },
    },
    '/api/accounts/{staffId}': {
      put: {
        summary: 'Make or change an account',
        security: signed,
        requestParams: { path: z.object({ staffId: named }) },
        requestBody: body(accountSchema),
        responses: answers(z.looseObject({ staffId: named })),
      },
    },
    '/api/accounts/{staffId}/link': {
      post: {
        summary: 'A link to set PIN and password, good once',
        security: signed,
        requestParams: { path: z.object({ staffId: named }) },
        responses: answers(z.object({ link: z.string(), until: z.number().int() })),
      },
    },
    '/api/pairings': {
      post: {
        summary: 'A code for a device to show',
        requestBody: body(pairingSchema),
        responses: answers(
          z.object({ pairingId: z.uuid(), key: z.string(), code: z.string(), until: z.number().int() }),
        ),
      },
    },
    '/api/pairings/ask': {
      post: {
        summary: 'Whether the device was confirmed',
        requestBody: body(pairingQuestionSchema),
        responses: answers(
          z.object({ state: z.enum(['waiting', 'paired', 'gone']), token: z.string().optional() }),
          'The token once it is confirmed.',
        ),
      },
    },
    '/api/branches/{branchId}/devices': {
      get: {
        summary: 'The device board',
        security: signed,
        requestParams: { path: branch },
        responses: answers(z.object({ devices: z.array(device) })),
      },
      post: {
        summary: 'Confirm the device that shows this code',
        security: signed,
        requestParams: { path: branch },
        requestBody: body(confirmSchema),
        responses: answers(device),
      },
    },
    '/api/branches/{branchId}/devices/{deviceId}': {
      delete: {
        summary: 'Revoke a device',
        security: signed,
        requestParams: { path: branch.extend({ deviceId: named }) },
        responses: answers(done),
      },
    },
    '/api/device-state': {
      post: {
        summary: 'A device says how it is, every half minute',
        security: signed,
        requestBody: body(stateSchema),
        responses: answers(
          done.extend({ printer: stateSchema.shape.printer }),
          'With how its printer in the network is, where it has one.',
        ),
      },
    },
  };
}
