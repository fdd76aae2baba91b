// The list of materials. Ticking rows: all of them at once, and how many are ticked. Without this file each row is ticked by itself.

const forms = () => document.querySelectorAll("[data-choose]");
const rows = (form) => [...form.querySelectorAll("[data-choice]")];
let ticked = new Set();

function show(form) {
  const boxes = rows(form);
  const chosen = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("[data-choose-all]");
  all.hidden = false;
  all.querySelector("input").checked = chosen > 0 && chosen === boxes.length;
  all.querySelector("input").indeterminate = chosen > 0 && chosen < boxes.length;
  const count = form.querySelector("[data-chosen]");
  count.textContent = chosen;
  count.hidden = !chosen;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form) return;
  if (event.target.closest("[data-choose-all]")) for (const box of rows(form)) box.checked = event.target.checked;
  show(form);
});

// Nothing ticked is said here, where it can be mended; without this file the next page says it.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form || rows(form).some((box) => box.checked)) return;
  event.preventDefault();
  say(form.dataset.choose, "warn", "triangle-alert"); // into the flash; from app.js
});

// A list that comes anew, starred or sorted, keeps the ticks of the rows that it still has.
document.addEventListener("htmx:before:swap", () => {
  ticked = new Set([...forms()].flatMap(rows).filter((box) => box.checked).map((box) => box.value));
});
document.addEventListener("htmx:after:swap", () => {
  for (const form of forms()) {
    for (const box of rows(form)) box.checked = ticked.has(box.value);
    show(form);
  }
});

// What says nothing stays out of the address, so that it is short enough to be passed on.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.id !== "filters") return;
  if (!formData.get("q")) formData.delete("q");
  if (formData.get("sort") === "newest") formData.delete("sort");
});

addEventListener("pageshow", () => forms().forEach(show));
