// Forms that are sent with a passkey. Each is hidden until the browser has shown that it can; every page says what to
// do without. A form carries data-passkey ("create" or "get") and either data-options (the id of an element with the
// options as JSON) or data-options-from (an address that gives them).

const toBytes = (text) => {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
};

const toText = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const withBytes = (listed = []) => listed.map((known) => ({ ...known, id: toBytes(known.id) }));

const create = ({ publicKey }) =>
  navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      // A passkey opens the account by itself, wherever it is added.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });

const get = ({ publicKey }) =>
  navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });

const asJson = (credential) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const present = parts.filter((part) => credential.response[part]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(present.map((part) => [part, toText(credential.response[part])])),
  });
};

const optionsOf = async (form) => {
  const { options, optionsFrom } = form.dataset;
  if (!optionsFrom) return JSON.parse(document.getElementById(options).textContent);
  const answer = await fetch(optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The options were not given: ${answer.status}`);
  return (await answer.json()).request_options;
};

const prepare = (form) => {
  const ask = form.dataset.passkey === "create" ? create : get;
  const problem = form.querySelector("[data-passkey-problem]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const wanted = await optionsOf(form);
      const credential = await ask(wanted.publicKey ? wanted : { publicKey: wanted });
      form.elements.credential.value = asJson(credential);
      form.submit();
    } catch {
      problem.textContent = problem.dataset.passkeyProblem;
    }
  });
};

if (window.PublicKeyCredential && window.isSecureContext) {
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
  document.querySelectorAll("[data-passkey-without]").forEach((words) => (words.hidden = true));
}
