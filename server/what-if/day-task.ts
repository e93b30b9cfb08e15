import type { DomainEvent } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import type { RecordedCustomers } from '../../domain/replay/customers.ts';
import type { WhatIfResult } from '../../domain/replay/result.ts';
import type { NamedChanges } from '../../domain/replay/what-if.ts';

/** What a thread is started with: one recorded day, and what is asked of it. */
export type DayTask =
  | {
      readonly kind: 'what-if';
      readonly events: readonly DomainEvent[];
      readonly policies: readonly NamedChanges[];
      /** Midnight of the branch's day. */
      readonly from: Instant;
    }
  | { readonly kind: 'customers'; readonly events: readonly DomainEvent[] };

/** What it says. */
export type FromThread =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'what-if'; readonly result: WhatIfResult }
  | { readonly kind: 'customers'; readonly result: RecordedCustomers };
