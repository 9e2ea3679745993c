// Unsaved text, stored on this device only. One entry per form.
const PREFIX = "writing:";
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "window", "words", "do", "move", "writer", "token", "step"]);
const keyOf = (form) => `${PREFIX}${form.elements.writer.value}:${form.dataset.key}`;
const typed = (params) => new URLSearchParams([...params].filter(([name]) => !NOT_TYPED.has(name) && !name.endsWith("_FORMS"))).toString();

export const keep = (form, params) => {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), version: form.elements.version.value, body: typed(params) }));
  } catch {
    // Storage is full or forbidden. The server still saves.
  }
};

export const forget = (form) => {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // As above.
  }
};

/** Return the entry of an earlier visit if it differs from the form. */
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

/** Restore an entry into the fields. Pictures stay as they are on the page. */
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
