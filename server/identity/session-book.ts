import type { ActorId, StaffId } from '../../domain/ids.ts';
import type { Clock, Identities, StaffSession } from '../ports.ts';
import type { Caller } from './caller.ts';
import type { Identity } from './identity.ts';

export interface ShownSession extends Pick<
  StaffSession,
  'id' | 'role' | 'branchId' | 'counterId' | 'openedAt' | 'usedAt'
> {
  /** The one that asks. */
  readonly mine: boolean;
}

export interface SessionBookOptions {
  readonly identities: Identities;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** @param except the session that goes on @returns how many were ended */
export async function endSessions(
  { identities, identity, clock }: SessionBookOptions,
  staffId: StaffId,
  by: ActorId,
  except?: string,
): Promise<number> {
  const ending = (await identities.sessions({ staffId })).filter(({ id }) => id !== except);
  for (const { id } of ending) {
    await identities.endSession(id, clock.now(), by);
    identity.forget(id);
  }
  return ending.length;
}

/** The sessions of one person, to be looked at and ended by them. */
export class SessionBook {
  constructor(private readonly options: SessionBookOptions) {}

  async list({ staffId, grantId }: Caller): Promise<readonly ShownSession[]> {
    const { identities, identity } = this.options;
    if (staffId === undefined) return [];
    const sessions = await identities.sessions({ staffId });
    return sessions
      .filter((session) => identity.stillHolds(session))
      .map(({ id, role, branchId, counterId, openedAt, usedAt }) => ({
        ...{ id, role, branchId, counterId, openedAt, usedAt },
        mine: id === grantId,
      }));
  }

  /** @returns false when it is not one of the caller's */
  async end(caller: Caller, id: string): Promise<boolean> {
    const { identities, identity, clock } = this.options;
    const session = await identities.session(id);
    if (session === undefined || session.staffId !== caller.staffId || session.endedAt !== undefined) return false;
    await identities.endSession(id, clock.now(), caller.actor);
    identity.forget(id);
    return true;
  }
}
