import { voicePath } from '../../protocol/display.ts';

/** The picture is there already; a sound that comes later than this would only be confusing. */
const PATIENCE_MS = 3_000;

/**
 * @returns undefined when the server has no voice for it
 * @throws when it does not answer in time or is busy
 */
export async function fetchVoice(
  say: Parameters<typeof voicePath>[0],
  token: string,
): Promise<ArrayBuffer | undefined> {
  const response = await fetch(voicePath(say), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.ok) return response.arrayBuffer();
  if (response.status === 404) return undefined;
  throw new Error(`the voice answered ${response.status}`);
}
