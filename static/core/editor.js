// The Markdown editor: toolbar and pasting. A module of its own, so that only pages with an editor load it.
import "../vendor/markdown-toolbar-2.2.3.js";
import { subscribe } from "../vendor/paste-markdown-1.5.3.js";

const known = new WeakSet();

// The toolbar's own buttons know no tables. What is inserted can be undone like typing.
function addTable(button) {
  const text = document.getElementById(button.closest("markdown-toolbar").getAttribute("for"));
  const { heading } = button.dataset;
  const before = text.value.slice(0, text.selectionStart);
  const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const table = `${gap}| ${heading} 1 | ${heading} 2 |\n| --- | --- |\n|  |  |\n`;
  const start = text.selectionStart + gap.length + 2;
  text.focus();
  text.setSelectionRange(text.selectionStart, text.selectionStart);
  if (!document.execCommand("insertText", false, table)) {
    text.setRangeText(table);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(start, start + heading.length + 2);
}

for (const kind of ["click", "keydown"]) {
  document.addEventListener(kind, (event) => {
    const button = event.target.closest?.("[data-md-button=table]");
    if (!button || (kind === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    addTable(button);
  });
}

function adopt() {
  for (const editor of document.querySelectorAll("[data-editor]")) {
    const text = editor.querySelector("textarea");
    if (!text || known.has(text)) continue;
    known.add(text);
    subscribe(text);
  }
}

adopt();
document.addEventListener("htmx:after:swap", adopt);
