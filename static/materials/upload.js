"use strict";
// Files on their way in: many at once, in pieces, each with its own row. The page works without this file, through its plain form.
// A lost connection is no loss: the server says how much it has, and the rest follows. After a reload the person chooses the file again.

{
  const AT_ONCE = 2;
  const PATIENCE = [5, 10, 20, 40, 60]; // seconds until it is tried again by itself

  class Trouble extends Error {
    constructor(status = 0, answer = {}) {
      super(`status ${status}`);
      Object.assign(this, { status, answer });
    }
  }

  /** A request that tells how far its body has got. Resolves with the answer's JSON; rejects with a Trouble. */
  function send(method, address, { body = null, token, signal, progress } = {}) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      request.setRequestHeader("X-CSRFToken", token);
      if (body instanceof Blob) request.setRequestHeader("Content-Type", "application/octet-stream");
      if (progress) request.upload.onprogress = (event) => progress(event.loaded);
      request.onload = () => {
        const isGood = request.status >= 200 && request.status < 300;
        try {
          const answer = JSON.parse(request.responseText);
          isGood ? resolve(answer) : reject(new Trouble(request.status, answer));
        } catch {
          reject(new Trouble(isGood ? 0 : request.status)); // a page, from some server in between
        }
      };
      request.onerror = request.onabort = request.ontimeout = () => reject(new Trouble());
      signal?.addEventListener("abort", () => request.abort());
      request.send(body);
    });
  }

  /** By this a file is known again when it is chosen once more. */
  const markOf = (file) => `${file.name}\n${file.size}\n${file.lastModified}`;

  /** "3,4 Mt", as the page's language has it. */
  function weigh(bytes) {
    const language = document.documentElement.lang;
    const units = language === "fi" ? ["t", "kt", "Mt", "Gt"] : ["B", "kB", "MB", "GB"];
    let value = bytes, unit = 0;
    while (value >= 1000 && unit < 3) [value, unit] = [value / 1000, unit + 1];
    return `${value.toLocaleString(language, { maximumFractionDigits: unit && value < 100 ? 1 : 0 })}\u00a0${units[unit]}`;
  }

  /** One file and its row. States: waiting, sending, checking, ready, refused, lost; away and gone: the file must be chosen again. */
  class Arrival {
    constructor(box, row) {
      Object.assign(this, { box, row, file: null, mark: "", offset: 0, misses: 0, stop: new AbortController() });
      this.id = this.find("[data-upload]").value;
      this.size = Number(row.dataset.size ?? 0);
      this.find("[data-drop]").addEventListener("click", (event) => {
        event.preventDefault();
        box.remove(this);
      });
      this.find("[data-continue]").addEventListener("click", () => this.goOn());
    }

    find(selector) {
      return this.row.querySelector(selector);
    }

    get state() {
      return this.row.dataset.state;
    }

    get name() {
      return this.find("[data-name]").textContent;
    }

    get isBusy() {
      return ["waiting", "sending", "checking"].includes(this.state);
    }

    /** Give the row its file, and its turn. */
    hold(file) {
      Object.assign(this, { file, mark: markOf(file), size: file.size });
      this.call(file.name, file.size);
      this.show("waiting", this.box.say("waiting"));
    }

    call(name, size) {
      for (const place of this.row.querySelectorAll("[data-name]")) place.textContent = name;
      this.find("[data-weight]").textContent = weigh(size);
    }

    /** Put the row into a state, and say in it what that means. */
    show(state, words = "") {
      const hadFocus = this.find("[data-continue]") === document.activeElement;
      this.row.dataset.state = state;
      this.find("[data-status]").textContent = words;
      this.find("[data-progress]").hidden = state === "ready" || state === "refused";
      this.find("[data-continue]").hidden = state !== "lost";
      this.find("[data-fault]").hidden = state !== "refused";
      for (const field of this.row.querySelectorAll("[name=entry], [data-upload]")) field.disabled = state === "refused";
      if (hadFocus && state !== "lost") this.find("[data-drop]").focus();
      this.box.changed();
    }

    /** Set the bar; returns the share as people read it. */
    measure(received) {
      const percent = this.size ? Math.floor((received * 100) / this.size) : 0;
      this.find("progress").value = percent;
      return percent;
    }

    refuse(sentence) {
      this.find("[data-fault] span").textContent = sentence;
      this.show("refused");
      this.box.announce(`${this.name}: ${sentence}`);
      this.box.isWaiting = false;
    }

    lose(sentence) {
      const percent = this.measure(this.offset);
      this.show("lost", sentence ?? this.box.say("lost", { percent }));
      this.box.announce(`${this.name}: ${this.find("[data-status]").textContent}`);
      this.timer = setTimeout(() => this.goOn(), PATIENCE[Math.min(this.misses++, PATIENCE.length - 1)] * 1000);
    }

    goOn() {
      clearTimeout(this.timer);
      if (this.state !== "lost") return;
      this.show("waiting", this.box.say("waiting"));
      this.box.next();
    }

    async run() {
      this.show("sending", this.box.say("percent", { percent: this.measure(this.offset) }));
      try {
        await this.meet();
        await this.furnish();
        while (this.offset < this.size) await this.pass();
        while (this.answer.state === "receiving" || this.answer.state === "checking") await this.finish();
        this.misses = 0;
        if (this.answer.state === "ready") this.show("ready", this.box.say("ready"));
        else this.refuse(this.answer.fault);
      } catch (trouble) {
        if (!(trouble instanceof Trouble)) throw trouble;
        if (this.stop.signal.aborted) return;
        if (trouble.status === 422) this.refuse(trouble.answer.fault);
        else this.lose(trouble.answer.fault);
      } finally {
        this.box.next();
      }
    }

    /** The fields for what is to be said of the file. The server makes them: it knows which names are taken. */
    furnish() {
      this.furnished ??= this.fetchFields().catch((trouble) => {
        this.furnished = null;
        throw trouble;
      });
      return this.furnished;
    }

    async fetchFields() {
      const place = this.find("[data-fields]"), address = this.box.element.dataset.fieldsAt;
      if (!address || place.childElementCount) return;
      const asked = new URLSearchParams({ key: this.row.dataset.entry, name: this.name });
      if (this.box.arrivals.length === 1) asked.set("alone", "1");
      const answer = await fetch(`${address}?${asked}`).catch(() => null);
      if (!answer?.ok || answer.redirected) throw new Trouble(answer?.status);
      place.innerHTML = await answer.text();
      const use = this.find(".tile use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${place.firstElementChild.dataset.icon}`));
    }

    async ask(method, end = "", more = {}) {
      this.answer = await send(method, `${this.box.address}${this.id}${end}`, { token: this.box.token, signal: this.stop.signal, ...more });
      this.offset = this.answer.offset;
    }

    /** Find out where the upload has come to; one that the server does not know, or not any more, begins anew. */
    async meet() {
      if (this.id) {
        try {
          return await this.ask("GET");
        } catch (trouble) {
          if (trouble.status !== 404 || !this.file) throw trouble;
          this.id = "";
        }
      }
      const body = new FormData();
      body.set("name", this.file.name);
      body.set("size", this.file.size);
      await this.ask("POST", "", { body });
      this.id = this.find("[data-upload]").value = this.answer.id;
      this.box.remember();
    }

    /** Send the next piece. Where the server has come to another place, go on from there. */
    async pass() {
      const start = this.offset, body = this.file.slice(start, start + this.answer.chunk);
      const progress = (sent) => {
        const percent = this.measure(start + sent);
        if (this.state === "sending") this.find("[data-status]").textContent = this.box.say("percent", { percent });
        if (start + sent >= this.size && this.state === "sending") this.show("checking", this.box.say("checking"));
      };
      try {
        await this.ask("PUT", `?offset=${start}`, { body, progress });
      } catch (trouble) {
        if (trouble.status === 409) Object.assign(this, { answer: trouble.answer, offset: trouble.answer.offset });
        else if (trouble.status === 404) await this.meet();
        else throw trouble;
      }
      this.measure(this.offset);
    }

    /** All is there; the check was cut off, or is under way in another request. */
    async finish() {
      this.show("checking", this.box.say("checking"));
      if (this.answer.state === "receiving") return this.ask("POST", "/finish");
      await new Promise((done) => setTimeout(done, 1000));
      return this.ask("GET");
    }

    /** An upload from before the page was loaded: it is ready, or its rest waits for the file. */
    async takeUp() {
      await this.ask("GET");
      this.size = this.answer.size;
      this.call(this.answer.name, this.size);
      const percent = this.measure(this.offset);
      if (this.answer.state === "ready") this.show("ready", this.box.say("ready"));
      else if (this.offset === this.size) this.show("waiting", this.box.say("waiting"));
      else this.show("away", this.box.say("again", { percent }));
      await this.furnish();
    }
  }

  /** The page's files together: choosing, dropping, taking turns, remembering, saving. */
  class Box {
    constructor(element) {
      Object.assign(this, { element, arrivals: [], address: element.dataset.uploads, most: Number(element.dataset.most) });
      this.end = new AbortController(); // of what it hears on the whole page, once a swap has taken it away
      this.zone = element.querySelector("[data-drop-zone]");
      this.rows = element.querySelector("[data-rows]");
      this.form = this.rows.closest("form");
      this.token = this.form.elements.csrf_token.value;
      this.memory = `uploads:${location.pathname}`;
      this.arrivals = [...this.rows.children].map((row) => new Arrival(this, row));
      this.listen();
      this.recall();
    }

    /** One of the sentences that the page brings along. */
    say(what, values = {}) {
      const sentence = this.element.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`];
      return sentence.replace(/{(\w+)}/g, (_all, name) => values[name]);
    }

    announce(text) {
      this.element.querySelector("[data-announce]").textContent = text;
    }

    warn(sentence) {
      say(sentence, "warn", "triangle-alert"); // into the flash; from app.js
    }

    listen() {
      const input = this.zone.querySelector("[type=file]");
      input.addEventListener("change", () => {
        this.add([...input.files]);
        input.value = "";
      });
      const { signal } = this.end;
      for (const kind of ["dragenter", "dragover", "drop"]) document.addEventListener(kind, (event) => this.drag(event), { signal });
      document.addEventListener("dragleave", (event) => event.relatedTarget ?? this.zone.classList.remove("is-over"), { signal });
      this.form.addEventListener("submit", (event) => this.submit(event), { capture: true }); // before htmx sends it
      addEventListener("online", () => this.arrivals.forEach((one) => one.goOn()), { signal });
      const busy = (event) => {
        if (!this.isSaved && this.arrivals.some((one) => one.isBusy)) event.preventDefault();
      };
      addEventListener("beforeunload", busy, { signal });
    }

    /** Files may be dropped anywhere on the page: nobody who misses the box should lose the page to a picture. */
    drag(event) {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      this.zone.classList.toggle("is-over", event.type !== "drop");
      if (event.type !== "drop") return;
      const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
      const files = items.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile());
      if (files.length < items.length) this.warn(this.say("folder"));
      this.add(files);
    }

    /** Take chosen files: those that were begun before go on, the others get a row of their own. */
    add(files) {
      let left = 0;
      for (const file of files) {
        const known = this.arrivals.find((one) => one.mark === markOf(file));
        const begun = known ?? this.arrivals.find((one) => one.state === "gone" && one.name === file.name) ?? this.arrivals.find((one) => one.state === "gone");
        if (begun && !["away", "gone", "lost"].includes(begun.state)) continue; // chosen twice
        if (!begun && this.most === 1) for (const one of [...this.arrivals]) this.remove(one, false);
        if (begun) begun.hold(file);
        else if (this.arrivals.length < this.most) this.makeRow().hold(file);
        else left += 1;
      }
      if (left) this.warn(this.say("many", { most: this.most }));
      this.changed();
      this.next();
      this.furnishAll();
    }

    makeRow() {
      const numbers = this.arrivals.map((one) => Number(one.row.dataset.entry.slice(1)));
      const template = document.createElement("template");
      template.innerHTML = this.element.querySelector("[data-row]").innerHTML.replaceAll("KEY", `f${Math.max(0, ...numbers) + 1}`);
      const row = template.content.firstElementChild;
      this.rows.append(row);
      const arrival = new Arrival(this, row);
      this.arrivals.push(arrival);
      return arrival;
    }

    /** All rows get their fields at once, so that people can write while files are on their way. */
    async furnishAll() {
      for (const one of [...this.arrivals]) if (one.state !== "refused") await one.furnish().catch(() => {});
    }

    /** Let those begin whose turn it is. */
    next() {
      const running = this.arrivals.filter((one) => one.state === "sending" || one.state === "checking").length;
      for (const one of this.arrivals.filter((one) => one.state === "waiting").slice(0, Math.max(0, AT_ONCE - running))) one.run();
    }

    remove(arrival, isAsked = true) {
      const at = this.arrivals.indexOf(arrival);
      if (at < 0) return;
      arrival.stop.abort();
      clearTimeout(arrival.timer);
      if (arrival.id) send("POST", `${this.address}${arrival.id}/cancel`, { token: this.token }).catch(() => {});
      this.arrivals.splice(at, 1);
      arrival.row.remove();
      if (isAsked) {
        (this.arrivals[at] ?? this.arrivals.at(-1))?.find("[data-drop]").focus();
        if (!this.arrivals.length) this.zone.querySelector("[type=file]").focus();
        this.announce(this.say("removed", { name: arrival.name }));
      }
      this.changed();
      this.next();
    }

    /** Something is different: see to what depends on all rows. */
    changed() {
      const rest = this.element.querySelector("[data-rest]");
      const good = this.arrivals.filter((one) => one.state !== "refused").length;
      if (rest) rest.hidden = !good;
      const several = this.element.querySelector("[data-several]");
      if (several) several.hidden = good < 2;
      const names = this.arrivals.map((one) => one.name);
      for (const one of this.arrivals) one.find("[data-doubled]").hidden = names.filter((name) => name === one.name).length < 2;
      this.remember();
      const isBusy = this.arrivals.some((one) => one.isBusy);
      if (this.wasBusy && !isBusy && this.arrivals.length && this.arrivals.every((one) => one.state === "ready")) this.announce(this.say("arrived"));
      this.wasBusy = isBusy;
      if (this.isWaiting && !isBusy) this.saveNow();
      else if (!this.isWaiting && !isBusy) this.wait("");
    }

    // What this tab has begun and not saved. The browser forgets it with the tab, and when the person signs out.
    remember() {
      if (this.isRecalling) return;
      const begun = this.arrivals.filter((one) => one.id && one.state !== "refused").map((one) => ({ id: one.id, mark: one.mark }));
      if (begun.length) sessionStorage.setItem(this.memory, JSON.stringify(begun));
      else sessionStorage.removeItem(this.memory);
    }

    async recall() {
      const known = JSON.parse(sessionStorage.getItem(this.memory) ?? "[]");
      this.isRecalling = true;
      for (const { id, mark } of known) {
        let arrival = this.arrivals.find((one) => one.id === id);
        if (!arrival && this.arrivals.length < this.most && (await this.isThere(id))) {
          arrival = this.makeRow();
          arrival.id = arrival.find("[data-upload]").value = id;
        }
        if (arrival) arrival.mark = mark;
      }
      for (const one of this.arrivals) if (one.id && one.state !== "ready" && one.state !== "refused") await one.takeUp().catch(() => {});
      this.isRecalling = false;
      this.changed();
      this.next();
    }

    async isThere(id) {
      const answer = await send("GET", `${this.address}${id}`, { token: this.token }).catch(() => ({}));
      return ["receiving", "checking", "ready"].includes(answer.state);
    }

    /** Saving waits for what is under way, and stops at what has not come in full. */
    submit(event) {
      const missing = this.arrivals.find((one) => ["lost", "away", "gone"].includes(one.state));
      const isBusy = this.arrivals.some((one) => one.isBusy);
      this.isSaved = !missing && !isBusy;
      if (this.isSaved) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.isWaiting = !missing;
      const sentence = missing ? this.say("unfinished", { name: missing.name }) : this.say("saving");
      this.wait(sentence);
      this.announce(sentence);
      missing?.row.focus();
    }

    wait(sentence) {
      const place = this.element.querySelector("[data-waiting]");
      place.textContent = sentence;
      place.hidden = !sentence;
    }

    saveNow() {
      this.isWaiting = false;
      this.wait("");
      const isWhole = this.arrivals.every((one) => one.state === "ready" || one.state === "refused");
      if (isWhole) this.form.requestSubmit(this.form.querySelector("[name=save]") ?? undefined);
    }
  }

  let boxes = [];
  const furnish = () => {
    for (const box of boxes) if (!box.element.isConnected) box.end.abort();
    const left = boxes.filter((box) => box.element.isConnected);
    const fresh = [...document.querySelectorAll("[data-uploads]")].filter((element) => !left.some((box) => box.element === element));
    boxes = [...left, ...fresh.map((element) => new Box(element))];
  };
  furnish();
  document.addEventListener("htmx:after:swap", furnish);
}
