// Shows the progress of an import while its page is open. Without this script the page reloads.
const box = document.querySelector("[data-award-progress]");

async function look() {
  const response = await fetch(box.dataset.awardProgress, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const state = await response.json();
  if (!state.running) {
    window.location.reload();
    return;
  }
  box.querySelector("progress").value = state.done;
  box.querySelector("[data-award-progress-text]").textContent = state.text;
  setTimeout(look, 1000);
}

if (box) setTimeout(look, 1000);
