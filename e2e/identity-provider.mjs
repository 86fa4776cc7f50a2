// A real OpenID Connect provider (npm oidc-provider) for the browser tests, as a city would have one:
// people with groups, its own log-in page, its own log-out.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const listening = (server, port) => new Promise((resolve, reject) => {
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
});

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  await listening(server, 0);
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * The provider for one client at `site`. Whoever logs in as `asa` is `asa@stad.example`; `groups` maps
 * log-in names to lists of groups and may be changed at any time.
 */
export async function startProvider(site, groups) {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "torg",
      client_secret: "a secret between the two",
      redirect_uris: [`${site}/admin/log-in/provider/callback`],
      post_logout_redirect_uris: [`${site}/admin/log-in?out=here`],
    }],
    cookies: { keys: ["a key for tests only"] },
    claims: { email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups"],
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id, email: `${id}@stad.example`, email_verified: true, name: `${id} från katalogen`, groups: groups[id] ?? [],
      }),
    }),
  });
  const handle = provider.callback();
  let down = false;
  const server = createServer((request, response) => (down ? request.socket.destroy() : handle(request, response)));
  // It goes down when it has sent the browser back, as the site comes to fetch the token.
  const fall = { wanted: false };
  provider.on("authorization.success", () => { down = fall.wanted; });
  await listening(server, port);
  return {
    issuer,
    goDownAfterNextLogIn: () => { fall.wanted = true; },
    stop: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
