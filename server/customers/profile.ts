import { z } from 'zod';
import type { CustomerProfile } from '../customer-ports.ts';

const word = z.string().min(1).max(64);
/** `10:30` is that time of every day, for a demo. */
const time = z.union([z.iso.datetime({ offset: true }), z.iso.time({ precision: -1 })]);
const appointment = z.object({
  branch: word.optional(),
  at: time,
  services: z.array(word).min(1).max(3),
  adviser: word.optional(),
});
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
  appointments: z.array(appointment).max(20).nullish(),
});

export function profileOf(parsed: z.infer<typeof profileSchema>): CustomerProfile {
  const { tier, manager, careNeeds, language, consent, channel: preferred, name, appointments } = parsed;
  return {
    tier: tier ?? undefined,
    manager: manager ?? undefined,
    careNeeds: careNeeds ?? undefined,
    language: language ?? undefined,
    consent: consent ?? undefined,
    channel: preferred ?? undefined,
    name: name ?? undefined,
    appointments: appointments ?? undefined,
  };
}
