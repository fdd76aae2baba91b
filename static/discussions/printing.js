"use strict";
// The button that opens the browser's own print window; without scripts there is the browser's menu.

const place = document.querySelector("[data-print]");
place.hidden = false;
place.querySelector("button").addEventListener("click", () => print());
