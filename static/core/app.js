"use strict";
// Small behaviours, found by data- attributes. Every page works without this file.

const words = document.body.dataset;
const flash = () => document.getElementById("flash");

/** Put a message into the flash region, which reads it aloud. */
function say(text, kind, icon) {
  const box = document.createElement("div");
  const sprite = document.querySelector("use").getAttribute("href").split("#")[0];
  box.className = `callout callout--${kind}`;
  box.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="${sprite}#${icon}"/></svg><p></p>`;
  box.querySelector("p").textContent = text;
  flash().replaceChildren(box);
  showTrouble();
}

/** Bring bad news into view when it is off the screen. Good news show in the block itself, so the page stays put. */
function showTrouble() {
  const news = flash().querySelector(".callout--danger, .callout--warn")?.getBoundingClientRect();
  if (news && (news.top < 0 || news.bottom > innerHeight)) flash().scrollIntoView({ block: "center" });
}

// Menus: Escape closes and gives the focus back; a click elsewhere closes; opening one closes the others.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusout", (event) => {
  const menu = event.target.closest("[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// A form that the browser sends itself goes once. (htmx forms have hx-sync.)
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[hx-post], [hx-get], [method=get]") || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000); // the answer may have been a file, and the page still stands
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Buttons that copy a link exist only where that works; an editor brings its own script.
function furnish() {
  if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  const editor = document.querySelector("[data-editor]");
  if (editor) import(editor.dataset.editor);
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
  button.lastChild.textContent = button.dataset.done;
  say(button.dataset.done, "ok", "circle-check");
});

// After a swap: focus to the error summary, else stays; if the pressed thing is gone, to the article that it stood in, else to the
// heading of the block.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  ctx.held = document.activeElement;
  ctx.around = ctx.held?.closest("article[id][tabindex]")?.id;
});
document.addEventListener("htmx:after:swap", (event) => {
  const { held, around, target, response } = event.detail.ctx;
  const block = typeof target === "string" ? document.querySelector(target) : target;
  furnish();
  document.title = document.title.replace(`${words.error} `, "");
  if (response?.status === 422 && block?.querySelector("[data-errors]")) {
    document.title = `${words.error} ${document.title}`;
    block.querySelector("[data-errors]").focus();
  } else if (held && held !== document.body && !held.isConnected && document.activeElement === document.body && block) {
    const heading = block.querySelector("[data-focus]") ?? (around ? document.getElementById(around) : null) ?? block.querySelector("h1, h2, h3") ?? block;
    if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (heading.hasAttribute("data-focus")) heading.scrollIntoView({ block: "nearest" });
  }
  showTrouble();
});

// What never arrived, and what the server could not answer.
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx) say(words.offline, "warn", "triangle-alert");
});
document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) say(words.broken, "danger", "circle-alert");
});

// Not every browser heeds autofocus on the summary of errors.
document.querySelector("[data-errors]")?.focus();
furnish();
