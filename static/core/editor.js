// The Markdown editor: toolbar and pasting. A module of its own, so that only pages with an editor load it.
import "../vendor/markdown-toolbar-2.2.3.js";
import { subscribe } from "../vendor/paste-markdown-1.5.3.js";

const known = new WeakSet();

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
