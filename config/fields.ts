import { z } from 'zod';

/** The small parts of a branch file. Each says what is wrong in the words of the person who writes the file. */

export const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,31}$/,
    'an id has small letters, digits and hyphens only, at most 32 (for example large-cash)',
  );

const words = z.string().trim().min(1, 'the text is empty: write it, in this language');

export const text = z.strictObject({ 'zh-CN': words, 'zh-TW': words, en: words });

export const line = words;

export const named = z.strictObject({ id, name: text });

export const minutes = z
  .number()
  .positive('minutes must be more than 0')
  .max(480, 'minutes must be at most 480 (8 hours)');

export const seconds = z
  .number()
  .int('seconds must be a whole number')
  .min(0, 'seconds cannot be less than 0')
  .max(3600, 'seconds must be at most 3600 (one hour)');

export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write the time as HH:MM on the 24-hour clock, for example 09:00');

export const date = z.iso.date('write an existing date as YYYY-MM-DD, for example 2027-06-30');

export const timeZone = z
  .string()
  .refine(isTimeZone, 'not a known time zone: write an IANA name, for example Asia/Shanghai');

/** Letters that people misread on paper or mishear: they look like 1, 0, 0, 5 and 2. */
export const prefix = z
  .string()
  .regex(/^[A-Z]$/, 'a prefix is one capital letter')
  .regex(/^[^IOQSZ]$/, 'I, O, Q, S and Z are misread as digits: take another letter');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
