"use strict";
// Notes how far the person has read: gathered while she scrolls, sent within two seconds, and when a link leads her away:
// the next page asks for its marks before this one is told that it is left.

const list = document.querySelector("[data-thread]");
const token = document.querySelector("input[name=csrf_token]")?.value;
let seen = 0;
let sent = 0;
let soon = 0;

function send() {
  clearTimeout(soon);
  soon = 0;
  if (!token || seen <= sent) return;
  sent = seen;
  const form = new FormData();
  form.set("csrf_token", token);
  form.set("mark", `${list.dataset.thread}:${seen}`);
  navigator.sendBeacon(list.dataset.read, form);
}

if (list) {
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen = Math.max(seen, Number(target.dataset.number));
      watch.unobserve(target);
    }
    soon ||= setTimeout(send, 2000);
  });
  const follow = () => document.querySelectorAll("[data-number]").forEach((post) => watch.observe(post));
  follow();
  document.addEventListener("htmx:after:swap", follow);
  addEventListener("click", send, true);
  addEventListener("submit", send, true);
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
  addEventListener("pagehide", send);
}

// A reply that arrives above the place where she writes moves the page along, so that her words stay where they were.
let held = null;
document.addEventListener("htmx:before:swap", (event) => {
  const { target } = event.detail.ctx;
  const block = typeof target === "string" ? document.querySelector(target) : target;
  const at = block?.id === "incoming" && document.activeElement?.closest("form");
  held = at ? { element: document.activeElement, top: document.activeElement.getBoundingClientRect().top } : null;
});
document.addEventListener("htmx:after:swap", () => {
  const head = document.querySelector("[data-replies]"); // it stands outside what is swapped
  const count = document.getElementById("answers-title")?.textContent;
  if (head && /\d/.test(count)) head.textContent = count;
  if (held?.element.isConnected) scrollBy({ top: held.element.getBoundingClientRect().top - held.top, behavior: "instant" });
  held = null;
});
