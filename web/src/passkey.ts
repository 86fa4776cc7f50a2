// A passkey is made or used by the browser itself: this asks it and puts its answer into the form
// (Web Authentication Level 2). The form shows itself only where there are passkeys.

type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

/** Bytes as base64url without padding, which is how they travel. */
function text(bytes: ArrayBuffer | null): string | undefined {
  if (!bytes) return undefined;
  const letters = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytes(text: string): ArrayBuffer {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0)).buffer;
}

interface Sent {
  publicKey: Record<string, unknown> & {
    challenge: string;
    user?: { id: string };
    excludeCredentials?: { id: string }[];
    allowCredentials?: { id: string }[];
  };
}

/** The server's question with its texts as bytes. */
function question(sent: Sent): CredentialCreationOptions & CredentialRequestOptions {
  const key: Record<string, unknown> = { ...sent.publicKey, challenge: bytes(sent.publicKey.challenge) };
  const user = sent.publicKey.user;
  if (user) key["user"] = { ...user, id: bytes(user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"] as const) {
    const known = sent.publicKey[list];
    if (known) key[list] = known.map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return { publicKey: key } as unknown as CredentialCreationOptions & CredentialRequestOptions;
}

/** The browser's answer as the server reads it. */
function answer(credential: PublicKeyCredential): Json {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts: { [name: string]: Json } = { clientDataJSON: text(response.clientDataJSON) ?? "" };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    const value = text(response[part] ?? null);
    if (value !== undefined) parts[part] = value;
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId) ?? "",
    type: credential.type,
    response: parts,
    extensions: {},
  };
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
  const field = form.querySelector<HTMLInputElement>("input[name=passkey]");
  const status = form.querySelector<HTMLElement>("[role=status]");
  const button = form.querySelector<HTMLButtonElement>("button");
  if (!field || !button || !("credentials" in navigator) || !("PublicKeyCredential" in window)) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    const asked = question(JSON.parse(form.dataset["question"] ?? "") as Sent);
    button.disabled = true;
    if (status) status.textContent = "";
    const asking = form.dataset["passkey"] === "create" ? navigator.credentials.create(asked) : navigator.credentials.get(asked);
    asking.then((credential) => {
      field.value = JSON.stringify(answer(credential as PublicKeyCredential));
      button.disabled = false;
      form.requestSubmit();
    }).catch(() => {
      // Turned down, too slow, or a key that is there already: the browser has said which.
      button.disabled = false;
      if (status) status.textContent = form.dataset["failed"] ?? "";
    });
  });
}
