// Forms marked data-passkey="create|get|login" ask the browser for a passkey before they are sent. The options come
// from the page (#js_data) or, for signing in, from the form's address.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value) response[name] = toText(value);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function create(options, passwordless) {
  const { publicKey } = options;
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: passwordless === undefined ? publicKey.authenticatorSelection : {
        ...publicKey.authenticatorSelection,
        residentKey: passwordless ? "required" : "discouraged",
        requireResidentKey: passwordless,
        ...(passwordless ? { userVerification: "required" } : {}),
      },
    },
  });
}

async function get(options) {
  const { publicKey } = options;
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
}

async function ask(form) {
  if (form.dataset.passkey === "login") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The options did not arrive: ${answer.status}`);
    return get((await answer.json()).request_options);
  }
  const data = JSON.parse(document.getElementById("js_data").textContent);
  if (form.dataset.passkey === "get") return get(data.request_options);
  return create(data.creation_options, form.elements.passwordless?.checked);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    const button = event.submitter;
    error.hidden = true;
    if (button) button.disabled = true;
    try {
      form.elements.credential.value = asJson(await ask(form));
      form.submit();
    } catch (problem) {
      console.warn(problem);
      error.hidden = false;
      if (button) button.disabled = false;
    }
  });
}
