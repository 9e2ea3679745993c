// The text editor knows few languages; the page brings its words (templates/groups/editor_words.html).
// Not a module: it has to run before the editor's own, and must not come before their import map as one.
{
  const list = document.getElementById("editor-words").content.querySelectorAll("[data-word]");
  const words = new Map([...list].map((word) => [word.dataset.word, word.textContent]));

  // The editor asks this for the words of its dialogs.
  window.gettext = (text) => words.get(text) ?? text;

  const rename = (bar) => {
    for (const button of bar.querySelectorAll("button[title]")) {
      const word = words.get(button.title);
      if (!word) continue;
      button.title = word;
      button.setAttribute("aria-label", word);
    }
    for (const option of bar.querySelectorAll(".prose-menubar__option > *")) {
      const word = words.get(option.textContent);
      // Writing the same word again would call this again, without end.
      if (word && word !== option.textContent) option.textContent = word;
    }
  };

  new MutationObserver((changes) => {
    const bars = new Set();
    for (const { target, addedNodes } of changes) {
      const bar = target.closest?.(".prose-menubar");
      if (bar) bars.add(bar);
      for (const node of addedNodes) {
        if (node.matches?.(".prose-menubar")) bars.add(node);
      }
    }
    bars.forEach(rename);
  }).observe(document.querySelector("[data-writing]"), { childList: true, subtree: true });
}
