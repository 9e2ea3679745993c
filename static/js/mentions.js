// Suggests names after an @ in a comment. Without this file the whole name has to be typed. Follows the combobox
// pattern with a listbox: the focus stays in the field.
{
  const { people: address, label, open: opened } = document.currentScript.dataset;
  // After an @ at the start of a word: up to three words of a name.
  const BEHIND = /(?:^|[\s(“"])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+){0,2})$/u;
  const WAIT = 150;
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  let shown = null; // {field, list, options, at, place, moved}
  let asked = null;
  let timer = null;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    if (!shown) return;
    shown.list.remove();
    for (const name of ["aria-controls", "aria-activedescendant"]) shown.field.removeAttribute(name);
    status.textContent = "";
    shown = null;
  };

  const choose = (place) => {
    shown.place = (place + shown.options.length) % shown.options.length;
    shown.options.forEach((option, number) => option.setAttribute("aria-selected", number === shown.place));
    shown.field.setAttribute("aria-activedescendant", shown.options[shown.place].id);
  };

  const take = () => {
    const { field, at, options, place } = shown;
    const name = options[place].dataset.name;
    close();
    // Also replace what was typed since the list was rendered.
    field.setRangeText(`${name} `, at, field.selectionStart, "end");
    field.focus();
    // Autosave listens for this event.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  const show = (field, people, at) => {
    // A late response must not undo the current choice.
    const kept = shown?.moved ? shown.options[shown.place].dataset.name : null;
    close();
    if (!people.length) return;
    const list = Object.assign(document.createElement("ul"), { id: "mentions", className: "mentions" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    const options = people.map(({ name, school }, number) => {
      const option = Object.assign(document.createElement("li"), { id: `mention-${number}` });
      option.setAttribute("role", "option");
      option.dataset.name = name;
      const about = Object.assign(document.createElement("span"), { className: "meta", textContent: school });
      option.append(Object.assign(document.createElement("strong"), { textContent: name }), " ", about);
      return option;
    });
    list.append(...options);
    // Keep the focus in the field while the pointer chooses.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      choose(options.indexOf(option));
      take();
    });
    field.after(list);
    field.setAttribute("aria-controls", list.id);
    const place = people.findIndex(({ name }) => name === kept);
    shown = { field, list, options, at, place: 0, moved: place >= 0 };
    choose(Math.max(0, place));
    status.textContent = opened;
  };

  const look = (field) => {
    clearTimeout(timer);
    const at = field.selectionStart;
    const typed = at === field.selectionEnd && BEHIND.exec(field.value.slice(0, at))?.[1];
    if (typeof typed !== "string") return close();
    if (shown && shown.at !== at - typed.length) close();
    timer = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(address + encodeURIComponent(typed), { signal: asked.signal });
        const people = answer.ok ? (await answer.json()).people : [];
        if (field.selectionStart === at && document.activeElement === field) show(field, people, at - typed.length);
      } catch {
        // Suggestions are optional. Without a connection the name can be typed.
      }
    }, WAIT);
  };

  const isOurs = (field) => field instanceof HTMLTextAreaElement && field.name === "text";
  for (const field of document.querySelectorAll("textarea[name=text]")) {
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
  }
  document.body.append(status);

  document.addEventListener("input", (event) => { if (isOurs(event.target)) look(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target === shown?.field) close(); });
  document.addEventListener("keydown", (event) => {
    if (!shown || event.target !== shown.field || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      shown.moved = true;
      choose(shown.place + step);
    } else if (event.key === "Enter" || event.key === "Tab") take();
    else if (event.key === "Escape") close();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return close();
    else return;
    event.preventDefault();
  });
}
