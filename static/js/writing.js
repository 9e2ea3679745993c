// Autosaves the form. What cannot be sent is stored on this device until it can. Saving works without this file,
// because every button posts the form.
import { backOf, forget, keep, keptFor } from "./writing-device.js";

const PAUSE = 1500;      // ms after the last keystroke
const LONGEST = 8000;    // ms while typing continues without a pause
const HEARTBEAT = 30000;
const MOST = 4 * 1024 * 1024; // the server's DATA_UPLOAD_MAX_MEMORY_SIZE
const form = document.querySelector("[data-writing]");
const state = form.querySelector("[data-state]");
const alerts = form.querySelector("[data-alerts]");
const words = new Map([...document.getElementById("writing-words").content.querySelectorAll("[data-word]")].map((word) => [word.dataset.word, word.textContent]));
const say = (text, bad = false) => {
  state.textContent = text;
  state.classList.toggle("writing__state--bad", bad);
};

let changed = 0;         // counts inputs
let savedAt = 0;         // the value of `changed` at the last save
let firstUnsaved = 0;
let timer = null;
let sending = null;
let failures = 0;
let leaving = false;

const posted = () => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return new URLSearchParams(data);
};

const touched = () => {
  changed += 1;
  firstUnsaved ||= Date.now();
  keep(form, posted());
  if (!failures) say(words.get("typing"));
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, firstUnsaved + LONGEST - Date.now())));
};
form.addEventListener("input", (event) => {
  // Fields of the editor's dialogs are not part of the practice.
  if (event.target.closest("dialog") || event.target.type === "file") return;
  touched();
});
form.addEventListener("writing:changed", touched);

const later = () => {
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(save, Math.min(60000, 2500 * 2 ** failures));
};

// Signing in again invalidates the page's CSRF token. Fetch a new one from a page of the site.
const freshToken = async () => {
  const page = await fetch(form.dataset.signIn, { credentials: "same-origin" });
  if (!page.ok) return false;
  const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
};

const showErrors = (errors) => {
  for (const old of form.querySelectorAll(".field__refused")) old.remove();
  for (const marked of form.querySelectorAll("[data-refused]")) {
    marked.removeAttribute("data-refused");
    marked.removeAttribute("aria-invalid");
  }
  for (const [name, sentences] of Object.entries(errors ?? {})) {
    const field = form.elements[name];
    const at = (field instanceof RadioNodeList ? field[0] : field)?.closest(".field, fieldset, .disclosure");
    if (!at) continue;
    const told = document.createElement("p");
    told.className = "field__refused";
    told.textContent = sentences.join(" ");
    at.append(told);
    if (field instanceof HTMLElement) {
      field.dataset.refused = "";
      field.setAttribute("aria-invalid", "true");
    }
  }
};

const alertBox = (key, text, actions) => {
  let box = alerts.querySelector(`[data-alert="${key}"]`);
  if (!box) {
    box = document.createElement("div");
    box.className = "alert alert--warning";
    box.dataset.alert = key;
    box.setAttribute("role", "alert");
    box.append(document.createElement("span"), document.createElement("div"));
    alerts.prepend(box);
  }
  const inside = box.lastElementChild;
  const sentence = document.createElement("p");
  sentence.textContent = text;
  const row = document.createElement("p");
  row.className = "btn-row";
  row.append(...actions);
  inside.replaceChildren(sentence, row);
  return box;
};
const link = (text, href, options = {}) => Object.assign(document.createElement("a"), { textContent: text, href, className: "btn btn--secondary" }, options);
const button = (text, act) => {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, className: "btn btn--secondary" });
  made.addEventListener("click", act);
  return made;
};

const takeOver = () => {
  const post = document.createElement("form");
  post.method = "post";
  post.action = form.dataset.autosave.replace(/autosave\/$/, "take-over/");
  for (const name of ["csrfmiddlewaretoken", "step"]) post.append(form.elements[name].cloneNode());
  leaving = true;
  document.body.append(post);
  post.submit();
};

const answers = {
  saved(answer, held) {
    savedAt = held;
    firstUnsaved = changed === held ? 0 : Date.now();
    form.elements.version.value = answer.version;
    form.elements.words.value = "";
    form.dataset.autosave = answer.autosave;
    form.action = answer.address;
    if (!location.pathname.includes("/edit/")) history.replaceState(null, "", answer.address);
    form.querySelector("[data-checklist]").innerHTML = answer.checklist;
    showErrors(answer.errors);
    const refused = Object.keys(answer.errors).length;
    say(refused ? words.get("partly") : answer.text, refused);
    alerts.querySelector("[data-alert=signed-out]")?.remove();
    if (changed === held && !refused) forget(form);
  },
  idle() {
    if (changed === savedAt) alerts.querySelector("[data-alert=signed-out]")?.remove();
  },
  unsaved(answer, held) {
    savedAt = held;
    showErrors(answer.errors);
    say(words.get("partly"), true);
  },
  taken(answer, held) {
    // A conflict copy on the server makes it safe to leave.
    if (answer.words) savedAt = held;
    const actions = [button(words.get("write-on"), takeOver)];
    if (answer.words) actions.unshift(link(words.get("your-words"), answer.words));
    alertBox("taken", answer.words ? `${answer.text} ${words.get("kept")}` : answer.text, actions);
    say(answer.text, true);
  },
  refused(answer, held) {
    if (answer.words) savedAt = held;
    alertBox("refused", answer.words ? `${answer.text} ${words.get("kept")}` : answer.text, answer.words ? [link(words.get("your-words"), answer.words)] : []);
    say(answer.text, true);
  },
};

const signedOut = () => {
  alertBox("signed-out", words.get("signed-out"), [link(words.get("sign-in"), form.dataset.signIn, { target: "_blank" })]);
  say(words.get("signed-out"), true);
  later();
};

const send = async (body, held, again = true) => {
  const response = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
  if (response.type === "opaqueredirect" || response.status === 404) return signedOut();
  if (!response.headers.get("content-type")?.includes("json")) {
    if (response.status === 403 && again && await freshToken()) {
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      return send(body, held, false);
    }
    if (response.status === 403) return signedOut();
    if (response.status === 413 || response.status === 400) {
      say(words.get("too-long"), true);
      return;
    }
    throw new Error(`HTTP ${response.status}`);
  }
  const answer = await response.json();
  failures = 0;
  answers[answer.state](answer, held);
};

async function save() {
  clearTimeout(timer);
  if (sending || leaving) return sending;
  const held = changed;
  const body = posted();
  if (held === savedAt) {
    for (const name of [...body.keys()]) if (name !== "csrfmiddlewaretoken") body.delete(name);
  } else {
    say(words.get("saving"));
  }
  sending = send(body, held).catch(() => {
    if (held !== savedAt) say(words.get("offline"), true);
    later();
  });
  await sending;
  sending = null;
  if (changed !== held && !failures && !leaving) timer = setTimeout(save, PAUSE);
}

// Renew the edit lock while the page is open and visible.
setInterval(() => { if (!document.hidden && !failures) save(); }, HEARTBEAT);
addEventListener("online", () => { failures = 0; save(); });
document.addEventListener("visibilitychange", () => { if (changed !== savedAt) save(); });
addEventListener("beforeunload", (event) => {
  if (changed !== savedAt && !leaving) event.preventDefault();
});

// Wait for a save in progress, because the next page starts from it.
form.addEventListener("submit", async (event) => {
  if (sending) {
    event.preventDefault();
    const pressed = event.submitter;
    await sending;
    form.requestSubmit(pressed);
    return;
  }
  const body = posted();
  if (body.toString().length > MOST) {
    // Sending this would replace the text with an error page.
    event.preventDefault();
    say(words.get("too-long"), true);
    return;
  }
  leaving = true;
  // Kept until the next page confirms that it was saved.
  keep(form, body);
});

// Restore what an earlier visit could not send.
const found = keptFor(form, posted());
if (found) {
  const putIn = () => {
    backOf(form, found);
    touched();
    alerts.querySelector("[data-alert=found]")?.remove();
  };
  if (found.version === form.elements.version.value) {
    addEventListener("load", () => {
      putIn();
      alertBox("restored", words.get("restored"), []);
    });
  } else {
    const time = new Date(found.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    alertBox("found", `${words.get("found")} ${time}`, [
      button(words.get("put-in"), putIn),
      button(words.get("throw-away"), () => { forget(form); alerts.querySelector("[data-alert=found]").remove(); }),
    ]);
  }
}

// Links to a hidden field lead to the editor or checkboxes that represent it.
const goTo = (id) => {
  const field = document.getElementById(id);
  const target = field?.closest(".field, details, fieldset")?.querySelector("[contenteditable], input:not([type=hidden]), select, textarea");
  if (!target) return false;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  target.focus();
  return true;
};
form.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href^='#id_']");
  if (anchor && goTo(anchor.hash.slice(1))) event.preventDefault();
});
addEventListener("load", () => location.hash.startsWith("#id_") && goTo(location.hash.slice(1)));

// The editor replaces a labelled field and has no accessible name of its own.
const nameEditors = () => {
  for (const box of form.querySelectorAll("[role=textbox][contenteditable]:not([aria-label])")) {
    const label = box.closest(".field").querySelector("label");
    box.setAttribute("aria-label", label.firstChild.textContent.trim());
  }
};
new MutationObserver(nameEditors).observe(form, { childList: true, subtree: true });
nameEditors();

// Word pastes lists as styled paragraphs with a typed bullet or number.
form.addEventListener("paste", (event) => {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const box = event.target.closest?.(".tiptap");
  if (!box?.editor || !/mso-list|MsoListParagraph/.test(html)) return;
  event.preventDefault();
  event.stopPropagation();
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const item of page.querySelectorAll("p[class*=MsoListParagraph], p[style*=mso-list]")) {
    for (const sign of item.querySelectorAll("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) sign.remove();
    const numbered = /^\s*\d+[.)]/.test(item.textContent);
    const entry = page.createElement("li");
    entry.innerHTML = item.innerHTML.replace(/^\s*(?:[·•o§-]|\d+[.)])(?:&nbsp;|\s)*/u, "");
    const before = item.previousElementSibling;
    const list = before?.matches("ul[data-word], ol[data-word]") ? before : page.createElement(numbered ? "ol" : "ul");
    list.dataset.word = "";
    if (list !== before) item.before(list);
    list.append(entry);
    item.remove();
  }
  box.editor.commands.insertContent(page.body.innerHTML.replace(/<!--[\s\S]*?-->/g, ""));
}, { capture: true });
