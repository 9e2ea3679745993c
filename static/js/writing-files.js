// Pictures and attachments: chosen, dropped or, for pictures, pasted or taken with the phone. Each is uploaded at once
// and can be retried. Buttons and dragging change the order. Without this file the form has file fields and its buttons
// save.
const form = document.querySelector("[data-writing]");
const words = new Map([...document.getElementById("writing-words").content.querySelectorAll("[data-word]")].map((word) => [word.dataset.word, word.textContent]));

const tend = (uploader) => {
  const { uploader: prefix, address, megabytes, most, tooBig, full } = uploader.dataset;
  const list = uploader.querySelector("[data-uploads-list]");
  const rows = form.querySelector(`[data-rows="${prefix}"]`);
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const tell = () => form.dispatchEvent(new Event("writing:changed"));

  const all = () => [...rows.querySelectorAll("[data-row]")];
  const shown = () => all().filter((row) => !row.hidden);
  const orderOf = (row) => row.querySelector("[name$=-ORDER]");
  const numberOf = (row) => Number(orderOf(row).name.slice(prefix.length + 1).split("-")[0]);
  let next = Math.max(-1, ...all().map(numberOf)) + 1;
  total.value = next;

  const number = () => all().forEach((row, place) => { orderOf(row).value = place + 1; });
  const ordered = () => {
    number();
    tell();
  };
  number();

  const add = (html) => {
    // Nothing in a template runs or loads before it is inserted into the page.
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const node of holder.content.querySelectorAll("*")) {
      for (const { name, value } of node.attributes) {
        // Never rewrite a field's value, which is the author's text.
        if (name === "value" && !node.matches("button")) continue;
        node.setAttribute(name, value.replaceAll(`${prefix}-0-`, `${prefix}-${next}-`));
      }
    }
    next += 1;
    total.value = next;
    const row = holder.content.firstElementChild;
    rows.append(row);
    ordered();
    row.querySelector("[name$=-alt], [name$=-title]").focus();
  };

  const upload = (file) => {
    const item = document.createElement("li");
    const label = Object.assign(document.createElement("span"), { textContent: file.name });
    const actions = Object.assign(document.createElement("span"), { className: "btn-row" });
    const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
    bar.setAttribute("aria-label", `${words.get("uploading")} ${file.name}`);
    item.append(label, actions, bar);
    list.append(item);

    const fail = (text, retry) => {
      bar.hidden = true;
      label.textContent = `${file.name}: ${text}`;
      const out = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--quiet btn--s", textContent: words.get("drop") });
      out.addEventListener("click", () => item.remove());
      actions.replaceChildren(out);
      if (!retry) return;
      const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--secondary btn--s", textContent: words.get("retry") });
      again.addEventListener("click", () => { bar.hidden = false; label.textContent = file.name; actions.replaceChildren(); start(); });
      actions.prepend(again);
    };
    const start = () => {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.append("file", file, file.name || "picture.png");
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => { bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0; });
      request.addEventListener("error", () => fail(words.get("failed"), true));
      request.addEventListener("load", () => {
        if (request.response?.html) {
          item.remove();
          add(request.response.html);
        } else {
          fail(request.response?.error ?? words.get("failed"), !request.response?.error);
        }
      });
      request.send(data);
    };
    if (file.size > megabytes * 1024 * 1024) fail(tooBig, false);
    else if (shown().length + list.children.length > most) fail(full, false);
    else start();
  };

  const take = (files) => { for (const file of files) upload(file); };
  for (const input of uploader.querySelectorAll("[data-choose]")) {
    input.addEventListener("change", () => { take(input.files); input.value = ""; });
  }
  for (const kind of ["dragenter", "dragover"]) {
    uploader.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      uploader.classList.add("uploader--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) uploader.addEventListener(kind, () => uploader.classList.remove("uploader--over"));
  uploader.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
  if ("pasted" in uploader.dataset) document.addEventListener("paste", (event) => {
    const pictures = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length) return;
    event.preventDefault();
    take(pictures);
  });

  rows.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(row);
    else other.after(row);
    button.focus();
    ordered();
  });

  // Hide the notice once its field is filled in.
  rows.addEventListener("input", (event) => {
    if (!/-(alt|consent_holder)$/.test(event.target.name)) return;
    const lack = event.target.closest(".field").nextElementSibling;
    if (lack?.matches(".field__lack")) lack.hidden = event.target.value.trim() !== "";
  });

  let dragged = null;
  rows.addEventListener("dragstart", (event) => {
    if (!event.target.closest("[data-grip]")) return;
    dragged = event.target.closest("[data-row]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(dragged, 20, 20);
    dragged.classList.add("picture--dragged");
  });
  rows.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-row]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
  rows.addEventListener("drop", (event) => dragged && event.preventDefault());
  rows.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("picture--dragged");
    dragged = null;
    ordered();
  });
};

for (const uploader of form.querySelectorAll("[data-uploader]")) tend(uploader);
