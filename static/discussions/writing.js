"use strict";
// Keeps what is typed while it is typed. Found by data- attributes; the pages work without this file.

const PAUSE = 1500;
const timers = new WeakMap();

function saidOf(form) {
  return form.querySelector("[data-draft-said]");
}

async function keep(form) {
  const place = form.closest("[data-draft-at]");
  if (!place?.isConnected || form.dataset.sent || form.classList.contains("htmx-request")) return;
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("quietly", "1");
  const said = saidOf(form);
  try {
    const answer = await fetch(place.dataset.draftAt, { method: "POST", body });
    said.textContent = answer.status === 204 ? said.dataset.saved : said.dataset.failed;
  } catch {
    said.textContent = said.dataset.failed;
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-draft-at] form");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), PAUSE));
});

// What is sent is no draft any more.
const stop = (event) => event.target.closest?.("form") && clearTimeout(timers.get(event.target.closest("form")));
document.addEventListener("submit", stop);
document.addEventListener("htmx:before:request", stop);

// What was typed in the last second is not lost when the page is left.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("[data-draft-at] form")) {
    const text = form.querySelector("textarea");
    if (!text || text.value === text.defaultValue || form.dataset.sent) continue;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("quietly", "1");
    navigator.sendBeacon(form.closest("[data-draft-at]").dataset.draftAt, body);
  }
});
