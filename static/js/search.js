// Arrow keys move through the suggestions. Escape closes them and returns to the field.
{
  const form = document.querySelector("[data-search]");
  const field = form.querySelector("input[type=search]");
  const box = form.querySelector("#suggestions");

  form.addEventListener("keydown", (event) => {
    const links = [...box.querySelectorAll("a")];
    if (event.key === "Escape" && links.length) {
      event.preventDefault();
      box.replaceChildren();
      field.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links.length) return;
    event.preventDefault();
    // The field comes before the first link.
    const stops = [field, ...links];
    const here = stops.indexOf(document.activeElement);
    stops[(here + step + stops.length) % stops.length].focus();
  });

  document.addEventListener("focusin", (event) => {
    if (!form.contains(event.target)) box.replaceChildren();
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) box.replaceChildren();
  });
}
