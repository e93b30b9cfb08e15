/** Where the hall is to be found: what people and screens must know of it. */
export interface Place {
  /** Of the servers as people reach them, through a network that can break. */
  readonly doors: readonly string[];
  readonly hall: {
    readonly branchId: string;
    readonly service: string;
    readonly counters: readonly string[];
    readonly tellers: readonly string[];
  };
}

interface Who {
  readonly role: 'kiosk' | 'teller' | 'display' | 'manager';
  readonly staffId?: string;
}

const tokens = new Map<string, Promise<string>>();

/** One token for each, as a screen keeps it while its server comes and goes. @throws when the server gives none */
export function tokenFor(place: Place, who: Who): Promise<string> {
  const key = JSON.stringify([place.doors, who]);
  const token = tokens.get(key) ?? newToken(place, who);
  tokens.set(key, token);
  return token;
}

async function newToken({ doors, hall }: Place, who: Who): Promise<string> {
  const response = await fetch(`${doors[0]}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ branchId: hall.branchId, ...who }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`no session as ${who.role}: ${response.status}`);
  return token;
}
