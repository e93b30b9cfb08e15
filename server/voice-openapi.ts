import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { codeWishSchema, feedbackSchema, followKeySchema } from '../protocol/feedback.ts';
import { inboxAnswerSchema, inboxClosingSchema, inboxEntrySchema, inboxQuerySchema } from '../protocol/inbox.ts';
import { INBOX_KINDS, INBOX_NATURES, INBOX_STATES } from '../protocol/inbox-lists.ts';
import { surveyAnswerSchema, surveyDraftSchema } from '../protocol/surveys.ts';

const named = z.string().max(64);
const time = z.number().int();
const item = z
  .looseObject({
    ...{ id: named, number: named, branchId: named, at: time },
    ...{ kind: z.enum(INBOX_KINDS), nature: z.enum(INBOX_NATURES), state: z.enum(INBOX_STATES) },
    may: z.array(z.enum(['take', 'answer', 'close', 'make-case'])),
  })
  .meta({ id: 'InboxItem', description: '`text` and `contact` are missing when they were erased.' });
const survey = z
  .looseObject({ id: named, state: z.enum(['draft', 'running', 'ended']), answers: time })
  .meta({ id: 'Survey' });
const ok = z.object({ ok: z.literal(true) });

const content = (type: string, schema: z.ZodType) => ({ content: { [type]: { schema } } });
const json = (schema: z.ZodType) => content('application/json', schema);
const security = [{ session: [] }];

/** The part of the OpenAPI document about what customers say: the inbox, the public form and surveys. */
export function voicePaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const refused = { '409': { description: 'Not as things stand: `reason` says why.', ...json(z.looseObject({})) } };
  const answers = (description: string, schema: z.ZodType) => ({
    '200': { description, ...json(schema) },
    ...problems,
    ...refused,
  });
  const of = (name: string) => ({ path: z.object({ [name]: named }) });
  const move = (summary: string, body: z.ZodType = z.object({})): { post: ZodOpenApiOperationObject } => ({
    post: {
      ...{ summary, security, requestParams: of('itemId'), requestBody: json(body) },
      responses: answers('The item as it is now.', item),
    },
  });
  const surveyOf = (
    summary: string,
    schema: z.ZodType,
    body?: z.ZodType,
    isPublic = false,
  ): ZodOpenApiOperationObject => ({
    ...{ summary, requestParams: of('surveyId'), responses: answers('Done.', schema) },
    ...(!isPublic && { security }),
    ...(body && { requestBody: json(body) }),
  });
  return {
    '/api/inbox': {
      get: {
        ...{ summary: 'What customers said, newest first', security, requestParams: { query: inboxQuerySchema } },
        responses: answers(
          'Lobby managers and above.',
          z.looseObject({ items: z.array(item), next: named.optional() }),
        ),
      },
      post: {
        ...{ summary: 'Type in an entry of the book, or what the regulator sent', security },
        requestBody: json(inboxEntrySchema),
        responses: answers('The item.', item),
      },
    },
    '/api/inbox/{itemId}': {
      get: {
        ...{ summary: 'One item', security, requestParams: of('itemId') },
        responses: answers('Lobby managers and above.', item),
      },
    },
    '/api/inbox/{itemId}/page': {
      get: {
        ...{ summary: 'The photo of the page', security, requestParams: of('itemId') },
        responses: { '200': { description: 'The picture.', ...content('image/*', z.string()) }, ...problems },
      },
      put: {
        ...{ summary: 'Keep the photo of the page: JPEG or PNG, at most 8 MB', security },
        ...{ requestParams: of('itemId'), requestBody: content('image/*', z.string()) },
        responses: answers('The item.', item),
      },
    },
    '/api/inbox/{itemId}/take': move('Look after it'),
    '/api/inbox/{itemId}/answer': move('Answer the customer', inboxAnswerSchema),
    '/api/inbox/{itemId}/close': move('Say what was done', inboxClosingSchema),
    '/api/inbox/{itemId}/make-case': move('Make a complaint case of it'),
    '/api/feedback': {
      get: {
        summary: 'What the public form needs to know',
        responses: answers('Anybody.', z.object({ mail: z.boolean(), codeMinutes: time, textLimit: time })),
      },
      post: {
        ...{ summary: 'A suggestion, a complaint or praise', requestBody: json(feedbackSchema) },
        responses: answers('Its number.', z.looseObject({ ok: z.literal(true), number: named, isCase: z.boolean() })),
      },
    },
    '/api/feedback/codes': {
      post: {
        ...{ summary: 'Send a code to a mail address', requestBody: json(codeWishSchema) },
        responses: answers('To be sent back with the code.', z.object({ challenge: named })),
      },
    },
    '/api/feedback/follow': {
      post: {
        ...{ summary: 'How far it is, by its number and key', requestBody: json(followKeySchema) },
        responses: answers('Whoever has the key.', z.looseObject({ number: named, state: z.enum(INBOX_STATES) })),
      },
    },
    '/api/surveys': {
      get: {
        ...{ summary: 'Surveys of the branches that the caller may see', security },
        responses: answers('Branch heads and above, auditors.', z.object({ surveys: z.array(survey) })),
      },
      post: {
        ...{ summary: 'Write a survey', security, requestBody: json(surveyDraftSchema) },
        responses: answers('A draft.', survey),
      },
    },
    '/api/surveys/{surveyId}': {
      put: surveyOf('Change a draft', survey, surveyDraftSchema),
      delete: surveyOf('Delete a draft', ok),
    },
    '/api/surveys/{surveyId}/start': { post: surveyOf('Start it', survey) },
    '/api/surveys/{surveyId}/end': { post: surveyOf('End it', survey) },
    '/api/surveys/{surveyId}/results': { get: surveyOf('What was answered', z.looseObject({ survey })) },
    '/api/surveys/{surveyId}/export.csv': {
      get: {
        ...{ summary: 'Counts for an agency, without small groups', security, requestParams: of('surveyId') },
        responses: { '200': { description: 'A table.', ...content('text/csv', z.string()) }, ...problems },
      },
    },
    '/api/surveys/{surveyId}/import': {
      post: {
        ...{ summary: 'Take what an agency counted, whole or not at all', security, requestParams: of('surveyId') },
        requestBody: content('text/csv', z.string()),
        responses: answers('How many rows.', z.object({ cells: time })),
      },
    },
    '/api/surveys/{surveyId}/form': { get: surveyOf('As a customer sees it', z.looseObject({}), undefined, true) },
    '/api/surveys/{surveyId}/answers': {
      post: surveyOf('Answer it, once', ok, surveyAnswerSchema, true),
    },
    '/api/ticket-survey': {
      get: {
        ...{ summary: 'What is asked after a visit today', requestParams: { query: z.object({ branch: named }) } },
        responses: answers('Anybody.', z.object({ id: named.optional() })),
      },
    },
  };
}
