// How fast a recording plays. Without this file the browser's own controls do; the choice holds for the next recording too.
const KEY = "speed";

for (const player of document.querySelectorAll("[data-player]")) {
  const media = player.querySelector("video, audio");
  const box = player.querySelector("[data-speed]");
  const choice = box.querySelector("select");
  const set = (speed) => {
    media.defaultPlaybackRate = media.playbackRate = Number(speed);
  };
  const kept = sessionStorage.getItem(KEY);
  if ([...choice.options].some((option) => option.value === kept)) {
    choice.value = kept;
    set(kept);
  }
  choice.addEventListener("change", () => {
    set(choice.value);
    sessionStorage.setItem(KEY, choice.value);
  });
  box.hidden = false;
}
