"use strict";
// Notes how far the person has read: gathered while she scrolls, sent now and then and when she leaves.

const list = document.querySelector("[data-thread]");
const token = document.querySelector("input[name=csrf_token]")?.value;
let seen = 0;
let sent = 0;

function send() {
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
  });
  const follow = () => document.querySelectorAll("[data-number]").forEach((post) => watch.observe(post));
  follow();
  document.addEventListener("htmx:after:swap", follow);
  setInterval(send, 15_000);
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
  addEventListener("pagehide", send);
}
