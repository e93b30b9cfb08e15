import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export interface Member {
  readonly sub: string;
  readonly name: string;
  readonly groups: readonly string[];
}

export interface Directory {
  readonly issuer: string;
  /** Who sits at the browser. */
  member: Member;
  close(): Promise<void>;
}

export const CLIENT = { id: 'lobbyflow', secret: 'a secret that only the two of them know' };

/** A real OpenID Connect provider in this process. It asks nobody for a password: whoever is `member` is let through. */
export async function openDirectory(redirect: (issuer: string) => string, member: Member): Promise<Directory> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory: { member: Member } = { member };
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirect(issuer)],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    // As most directories do: the claims are in the ID token itself.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/let-through/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...directory.member, sub }) }),
    loadExistingGrant: async (context) => {
      const { Grant } = context.oidc.provider;
      const grant = new Grant({
        clientId: CLIENT.id,
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, configuration);
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/let-through/')) {
      const login = { accountId: directory.member.sub };
      void provider.interactionFinished(request, response, { login });
    } else void handle(request, response);
  });
  return {
    issuer,
    get member() {
      return directory.member;
    },
    set member(next) {
      directory.member = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
