// Looks again when the door of an event opens, so that whoever waits on this page is let in. Without it: the link.

const LONGEST = 24 * 60 * 60;

for (const door of document.querySelectorAll("[data-opens-in]")) {
  const seconds = Number(door.dataset.opensIn);
  if (seconds <= LONGEST) setTimeout(() => location.reload(), seconds * 1000);
}
