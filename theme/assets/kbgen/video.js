// The video: chapters seek in place, `?t=` starts there, and the transcript shows what is being said.

/** The second that an address asks for, from `?t=83`, or 0. */
export function startOf(search) {
  const second = Number(new URLSearchParams(search).get("t"));
  return Number.isFinite(second) && second > 0 ? second : 0;
}

export function mount(section) {
  const video = section.querySelector("video");
  if (!video) return;
  const cues = [...section.querySelectorAll("[data-kb-cue]")];
  const chapters = [...section.querySelectorAll("[data-kb-seek]")];

  function seek(second, play) {
    const go = () => (video.currentTime = second);
    if (video.readyState) go();
    else {
      video.addEventListener("loadedmetadata", go, { once: true });
      video.load();
    }
    if (play) video.play().catch(() => {});
  }

  chapters.forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      seek(Number(link.dataset.kbSeek), true);
    }),
  );
  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    mark(cues, cues.findLast((cue) => Number(cue.dataset.kbCue) <= now));
    mark(chapters, chapters.findLast((link) => Number(link.dataset.kbSeek) <= now));
  });
  const start = startOf(location.search);
  if (start) seek(start, false);
}

function mark(elements, current) {
  elements.forEach((element) => {
    if (element === current) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  });
}
