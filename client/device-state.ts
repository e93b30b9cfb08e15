import { onScopeDispose, watch } from 'vue';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { send } from './people.ts';

const REPORT_MS = 30_000;

/**
 * Tells the device board every half minute that this screen is there.
 * @param token of a screen that was paired; others report nothing
 * @param parts what there is to say of its parts; told at once when it changes
 */
export function reportState(token: () => string | undefined, parts: () => object = () => ({})): void {
  const report = () => {
    const held = token();
    if (held !== undefined)
      void send('POST', '/api/device-state', { ...parts(), version: String(PROTOCOL_VERSION) }, held);
  };
  watch([token, () => JSON.stringify(parts())], report, { immediate: true });
  const timer = setInterval(report, REPORT_MS);
  onScopeDispose(() => clearInterval(timer));
}
