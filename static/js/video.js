// Replaces a poster by its player, only after a click. Without this file the link opens the provider.

document.addEventListener("click", (event) => {
  const poster = event.target.closest("[data-player]");
  // Leave clicks that open a new tab or window to the browser.
  if (!poster || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = poster.dataset.player;
  frame.title = poster.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube refuses to play without a referrer, but the page's policy sends none to other sites.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  poster.replaceWith(frame);
  frame.focus();
});
