// Puts the player in place of its poster, after a click and not before. Without this file the link opens the provider.

document.addEventListener("click", (event) => {
  const poster = event.target.closest("[data-player]");
  // A click that asks for a new tab gets one.
  if (!poster || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = poster.dataset.player;
  frame.title = poster.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  // YouTube refuses to play when it is not told which site embeds it; the page's own policy sends nothing abroad.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  poster.replaceWith(frame);
  frame.focus();
});
