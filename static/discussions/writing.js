"use strict";
// Helps while one writes: keeps drafts, quotes, shows similar discussions, and completes the names of members.
// Found by data- attributes; the pages work without this file.

const PAUSE = 1500;
const timers = new WeakMap();

function later(key, milliseconds, what) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(what, milliseconds));
}

async function ask(address) {
  const answer = await fetch(address).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.text() : null;
}

// Drafts

function wordsOf(form) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.set("quietly", "1");
  return body;
}

async function keep(form) {
  const place = form.closest("[data-draft-at]");
  if (!place?.isConnected || form.dataset.sent || form.classList.contains("htmx-request")) return;
  const said = form.querySelector("[data-draft-said]");
  const answer = await fetch(place.dataset.draftAt, { method: "POST", body: wordsOf(form) }).catch(() => null);
  said.textContent = answer?.status === 204 ? said.dataset.saved : said.dataset.failed;
}

// What is sent is no draft any more. (A button of its own, like the preview's, sends nothing.)
function stop(event) {
  if (event.target.matches?.("form")) clearTimeout(timers.get(event.target));
}
document.addEventListener("submit", stop);
document.addEventListener("htmx:before:request", stop);

// Before words go that the browser sends itself, they are kept: where the connection or the session is gone they stay on the page,
// and it is said. (What htmx sends stays on the page anyway.)
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const place = form.closest?.("[data-draft-at]");
  if (!place || form.matches("[hx-post]") || event.defaultPrevented || form.dataset.kept || submitter?.name || submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (form.dataset.going) return;
  form.dataset.going = "1";
  const answer = await fetch(place.dataset.draftAt, { method: "POST", body: wordsOf(form) }).catch(() => null);
  delete form.dataset.going;
  delete form.dataset.sent;
  if (!answer) return say(document.body.dataset.offline, "warn", "triangle-alert");
  if (answer.redirected) return say(form.querySelector("[data-draft-said]").dataset.failed, "danger", "circle-alert");
  form.dataset.kept = "1";
  form.requestSubmit(submitter);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-kept]")) delete form.dataset.kept;
});

// What was typed in the last second is not lost when the page is left.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("[data-draft-at] form")) {
    const text = form.querySelector("textarea");
    if (!text || text.value === text.defaultValue || form.dataset.sent) continue;
    navigator.sendBeacon(form.closest("[data-draft-at]").dataset.draftAt, wordsOf(form));
  }
});

// A file that has come is named in the draft.
const arriving = new MutationObserver(([{ target }]) => {
  const form = target.closest("form");
  if (form) later(form, PAUSE, () => keep(form));
});
const watch = () => {
  for (const place of document.querySelectorAll("[data-draft-at]")) arriving.observe(place, { subtree: true, attributeFilter: ["data-state"] });
};
watch();
document.addEventListener("htmx:after:swap", watch);

// Similar discussions

async function showSimilar(field) {
  const words = await ask(`${field.dataset.similarAt}?${new URLSearchParams({ title: field.value })}`);
  if (words !== null) document.getElementById("similar").innerHTML = words;
}

// Quotes: what is selected in the message, else all of it

function insert(text, words) {
  text.focus();
  const before = text.value.slice(0, text.selectionStart);
  text.setRangeText(before && !before.endsWith("\n\n") ? `\n\n${words}` : words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-quote]");
  const text = document.querySelector("[data-draft-at] textarea");
  if (!link || !text || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const selection = getSelection();
  const body = link.closest(".post").querySelector(".post__body");
  const chosen = selection.rangeCount && body.contains(selection.anchorNode) && body.contains(selection.focusNode) ? selection.toString().trim() : "";
  const whole = await ask(link.dataset.quote);
  if (whole === null) return location.assign(link.href);
  const head = whole.split("\n", 1)[0];
  insert(text, chosen ? `${head}\n${chosen.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n` : whole);
  text.scrollIntoView({ block: "center" });
});

// Mentions: after @ and two letters the members whose names begin so, chosen with arrows and Enter, or with a click

class Names {
  constructor(text, address) {
    Object.assign(this, { text, address, asked: 0 });
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${text.id}-people`, className: "people-list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", text.closest("[data-people-at]").dataset.peopleLabel);
    text.closest(".editor").after(this.list);
    text.setAttribute("aria-controls", this.list.id);
    text.setAttribute("aria-autocomplete", "list");
    text.addEventListener("keydown", (event) => this.press(event));
    text.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  /** What has been typed after the last @ before the caret. */
  get begun() {
    return /(?:^|[\s(])@([\p{L}'’-]{2,}(?: [\p{L}'’-]*)?)$/u.exec(this.text.value.slice(0, this.text.selectionStart))?.[1];
  }

  get current() {
    return this.list.querySelector("[aria-selected=true]");
  }

  async look() {
    const begun = this.begun, asked = ++this.asked;
    const words = begun ? await ask(`${this.address}?${new URLSearchParams({ begun })}`) : "";
    if (asked !== this.asked) return;
    this.list.innerHTML = words ?? "";
    this.list.hidden = !this.list.childElementCount;
    this.choose(this.list.firstElementChild);
  }

  choose(option) {
    this.current?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    if (option) this.text.setAttribute("aria-activedescendant", option.id);
    else this.text.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden) return;
    const { current } = this;
    if (event.key === "ArrowDown") this.choose(current?.nextElementSibling ?? this.list.firstElementChild);
    else if (event.key === "ArrowUp") this.choose(current?.previousElementSibling ?? this.list.lastElementChild);
    else if (event.key === "Enter" || event.key === "Tab") this.take(current);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(option) {
    const { begun } = this;
    if (!option || !begun) return this.close();
    const end = this.text.selectionStart;
    this.text.setRangeText(`${option.dataset.name} `, end - begun.length, end, "end");
    this.close();
    this.text.focus();
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.choose(null);
  }
}

const named = new WeakMap();

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("[data-draft-at] form");
  if (form) later(form, PAUSE, () => keep(form));
  if (target.dataset?.similarAt) later(target, 500, () => showSimilar(target));
  const place = target.matches?.("textarea") && target.closest("[data-people-at]");
  if (!place) return;
  if (!named.has(target)) named.set(target, new Names(target, place.dataset.peopleAt));
  named.get(target).look();
});

// A picture that is pasted goes the way of one that is chosen; what it shows is asked there.

document.addEventListener("paste", (event) => {
  const files = event.clipboardData?.files;
  const input = event.target.closest?.("[data-uploads]")?.querySelector("[type=file]");
  if (!files?.length || !input || !event.target.matches("textarea")) return;
  event.preventDefault();
  const named = new DataTransfer();
  for (const file of files) named.items.add(new File([file], file.name || `picture.${file.type.split("/")[1]}`, { type: file.type, lastModified: Date.now() }));
  input.files = named.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
