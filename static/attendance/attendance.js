"use strict";
// Marking people without waiting for the connection. A press changes the page at once and is kept on this device until the server
// has it; without this file every press is a form of its own. The last press of a person holds, on whatever device it was made.

{
  const PATIENCE = [2, 5, 10, 20, 30]; // seconds until it is tried again by itself
  const LOOK_AGAIN = 20; // seconds between looks at what others have marked

  const box = document.querySelector("[data-attendance]");
  const form = box?.querySelector("form[method=post]");
  const { attendance: address, key } = box?.dataset ?? {};
  const part = (name) => box.querySelector(`[data-${name}]`);
  const buttonOf = (id) => box.querySelector(`[data-person="${id}"] button`);
  let memory = {}; // where the browser keeps nothing
  let isSending = false, misses = 0, timer = 0;
  let present = Number((box && part("count"))?.textContent.replace(/\D/g, "") ?? 0);

  /** What has not arrived yet, by person: { uid, present, at }. Read anew each time: two tabs share it. */
  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return memory;
    }
  }

  function keep(marks) {
    memory = marks;
    try {
      Object.keys(marks).length ? localStorage.setItem(key, JSON.stringify(marks)) : localStorage.removeItem(key);
    } catch {
      // a private window: the page itself remembers
    }
    showWaiting(marks);
  }

  function showWaiting(marks) {
    const number = Object.keys(marks).length;
    const line = part("unsent");
    line.hidden = !number;
    line.textContent = number === 1 ? box.dataset.one : box.dataset.many.replace("{n}", number);
    for (const sign of box.querySelectorAll("[data-unsent-mark]")) {
      sign.hidden = !(sign.closest("[data-person]").dataset.person in marks);
    }
  }

  function show(id, isPresent) {
    const button = buttonOf(id);
    if (!button) return;
    button.setAttribute("aria-pressed", isPresent);
    button.name = isPresent ? "absent" : "present";
  }

  function count(number) {
    present = number;
    if (part("count")) part("count").textContent = number;
  }

  function press(button) {
    const id = button.value;
    const isPresent = button.getAttribute("aria-pressed") !== "true";
    show(id, isPresent);
    count(present + (isPresent ? 1 : -1));
    keep({ ...waiting(), [id]: { uid: Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join(""), present: isPresent, at: Date.now() } });
    const name = button.querySelector("strong").textContent;
    part("status").textContent = (isPresent ? box.dataset.here : box.dataset.gone).replace("{name}", name);
    send();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, 1000 * PATIENCE[Math.min(misses++, PATIENCE.length - 1)]);
  }

  async function ask(body) {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), 20_000); // a connection that hangs is none
    try {
      return await fetch(address, {
        method: body ? "POST" : "GET",
        headers: body ? { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" } : { Accept: "application/json" },
        body,
        signal: stop.signal,
      });
    } finally {
      clearTimeout(limit);
    }
  }

  async function send() {
    const marks = waiting();
    const ids = Object.keys(marks);
    if (isSending || !ids.length) return;
    isSending = true;
    clearTimeout(timer);
    let isDone = false;
    try {
      const now = Date.now();
      const list = ids.map((id) => ({ signup: Number(id), uid: marks[id].uid, present: marks[id].present, age: now - marks[id].at }));
      const answer = await ask(JSON.stringify({ marks: list }));
      const told = await answer.json();
      if (answer.ok) {
        isDone = true;
        misses = 0;
        accept(marks, told);
      } else {
        say(told.fault, "warn", "triangle-alert"); // from app.js; the marks stay here
        if (answer.status >= 500) later();
      }
    } catch {
      later(); // no connection, or a page from some server in between
    }
    isSending = false;
    if (isDone) send(); // what was pressed meanwhile
  }

  /** Let go of what has arrived, unless it was pressed again meanwhile. */
  function accept(sent, told) {
    const left = waiting();
    for (const id of Object.keys(sent)) if (left[id]?.uid === sent[id].uid) delete left[id];
    keep(left);
    const faults = [...new Set(Object.values(told.refused))];
    if (faults.length) say(faults.join(" "), "warn", "triangle-alert");
    else if (!Object.keys(left).length) part("status").textContent = box.dataset.sent;
    take(told, left);
  }

  /** How it is now for everybody, apart from what is still on its way from here. */
  function take(told, left = waiting()) {
    const here = new Set(told.present.map(String));
    for (const [id, mark] of Object.entries(left)) mark.present ? here.add(id) : here.delete(id);
    for (const row of box.querySelectorAll("[data-person]")) show(row.dataset.person, here.has(row.dataset.person));
    count(here.size);
  }

  async function look() {
    if (document.hidden || isSending || Object.keys(waiting()).length) return;
    try {
      const answer = await ask();
      if (answer.ok && !Object.keys(waiting()).length) take(await answer.json());
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) clearInterval(looking);
    } catch {
      // next time
    }
  }

  function find(input) {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of box.querySelectorAll("[data-person]")) {
      const text = row.querySelector(".tick__who").textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      found += !row.hidden;
    }
    part("nobody").hidden = found > 0;
  }

  if (form) {
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.matches("[aria-pressed]")) return;
      event.preventDefault();
      event.stopPropagation();
      press(event.submitter);
    });
    const marks = waiting();
    for (const [id, mark] of Object.entries(marks)) {
      if (buttonOf(id) && (buttonOf(id).getAttribute("aria-pressed") === "true") !== mark.present) {
        show(id, mark.present);
        count(present + (mark.present ? 1 : -1));
      }
    }
    showWaiting(marks);
    send();
    const search = part("find");
    if (search && search.dataset.find !== "server") {
      search.addEventListener("submit", (event) => event.preventDefault());
      search.addEventListener("input", (event) => find(event.target));
    }
    addEventListener("online", () => send());
    document.addEventListener("visibilitychange", () => !document.hidden && (send(), look()));
  }
  const looking = form && setInterval(look, LOOK_AGAIN * 1000);
}
