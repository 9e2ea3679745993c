// What was typed and is not saved yet, on this device alone. One entry for each form.
const PREFIX = "writing:";
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "window", "words", "do", "move", "writer", "token", "step"]);
const keyOf = (form) => `${PREFIX}${form.elements.writer.value}:${form.dataset.key}`;
const typed = (params) => new URLSearchParams([...params].filter(([name]) => !NOT_TYPED.has(name) && !name.endsWith("_FORMS"))).toString();

export const keep = (form, params) => {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), version: form.elements.version.value, body: typed(params) }));
  } catch {
    // Full or forbidden: the server still saves.
  }
};

export const forget = (form) => {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // As above.
  }
};

/** The entry of an earlier visit when it says something that the form does not. */
export const keptFor = (form, params) => {
  let entry = null;
  try {
    entry = JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
  if (!entry) return null;
  if (entry.body === typed(params)) {
    forget(form);
    return null;
  }
  return entry;
};

/** Put an entry into the fields; pictures stay as the page has them. */
export const backOf = (form, entry) => {
  const values = new URLSearchParams(entry.body);
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || /^(images|attachments)-/.test(field.name) || field.type === "file" || field.type === "submit") continue;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.getAll(field.name).includes(field.value);
    } else if (values.has(field.name)) {
      field.value = values.get(field.name);
      const editor = field.closest(".prose-editor")?.querySelector(".tiptap")?.editor;
      editor?.commands.setContent(field.value);
    }
  }
};
