import { z } from 'zod';
import type { CustomerProfile } from '../customer-ports.ts';

const word = z.string().min(1).max(64);
const channel = z.enum(['sms', 'phone', 'email', 'app']);

/** What a directory may answer. Fields that nobody here knows are left aside; one of a wrong kind makes the whole nonsense. */
export const profileSchema = z.object({
  tier: word.nullish(),
  manager: word.nullish(),
  careNeeds: z.array(word).max(10).nullish(),
  language: z.enum(['zh-CN', 'zh-TW', 'en']).nullish(),
  consent: z.partialRecord(channel, z.boolean()).nullish(),
  channel: channel.nullish(),
  name: z.string().max(100).nullish(),
});

export function profileOf(parsed: z.infer<typeof profileSchema>): CustomerProfile {
  const { tier, manager, careNeeds, language, consent, channel: preferred, name } = parsed;
  return {
    tier: tier ?? undefined,
    manager: manager ?? undefined,
    careNeeds: careNeeds ?? undefined,
    language: language ?? undefined,
    consent: consent ?? undefined,
    channel: preferred ?? undefined,
    name: name ?? undefined,
  };
}
