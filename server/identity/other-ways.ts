import type { BranchId, StaffId } from '../../domain/ids.ts';
import type { StaffRole } from './caller.ts';

/** What a sign-in page must know before anybody has signed in. */
export interface OtherWays {
  /** In a demo: what everybody may use. */
  readonly demo?: {
    readonly pin: string;
    readonly password: string;
    /** Some of each branch. */
    readonly tellers: Readonly<Record<BranchId, readonly StaffId[]>>;
    readonly console: readonly { readonly staffId: string; readonly role: StaffRole }[];
  };
  /** The bank's directory, by the name on the button. */
  readonly singleSignOn?: string;
}
