// The reader's place in a page: kept while it is loaded again, found again even when the text above has changed.

const NAME = "kbgen.preview.place";
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, pre, tr, figure, img, summary, video";
const FIELDS = "input:not([type=hidden], [type=password], [type=file]), textarea, select";

/** Elements by a name that holds from one build to the next: what `say` says of each, and the how-many-eth it is. */
function named(elements, say) {
  const seen = new Map();
  const found = new Map();
  for (const element of elements) {
    const name = `${element.localName} ${say(element)}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    found.set(`${name} ${number}`, element);
  }
  return found;
}

const text = (element) => (element?.textContent.trim() || element?.getAttribute("src") || "").slice(0, 300);
const blocks = () => {
  const around = document.querySelector(".md-content") ?? document.querySelector("main") ?? document.body;
  return named(around.querySelectorAll(BLOCKS), text);
};
const details = () => named(document.querySelectorAll("details"), (one) => text(one.querySelector("summary")));
const fields = () => named(document.querySelectorAll(FIELDS), (one) => `${one.form?.id} ${one.name || one.id} ${one.type === "radio" ? one.value : ""}`);
const videos = () => named(document.querySelectorAll("video, audio"), () => "");
let settled;

/** What the reader sees, the best to go by first: blocks that begin in the window, then the headings above it. */
function landmarks() {
  const visible = [];
  const above = [];
  for (const [name, element] of blocks()) {
    const { top, height } = element.getBoundingClientRect();
    if (height && top >= 0 && top < innerHeight) visible.push([name, top]);
    if (height && top < 0 && /^h[1-6] /.test(name)) above.unshift([name, top]);
  }
  return [...visible.slice(0, 30), ...above.slice(0, 10)];
}

const isTyped = (field) => field.value !== (field.defaultValue ?? "") || (field.checked ?? false) !== (field.defaultChecked ?? false);

function typed() {
  const found = [];
  for (const [name, field] of fields()) {
    const focused = field === document.activeElement;
    if (focused || isTyped(field)) found.push([name, { value: field.value, checked: field.checked, focused }]);
  }
  return found;
}

/** Keep the place for the page that this tab loads next. */
export function keepPlace() {
  const place = {
    x: scrollX,
    y: scrollY,
    landmarks: landmarks(),
    open: [...details()].map(([name, one]) => [name, one.open]),
    typed: typed(),
    times: [...videos()].map(([name, one]) => [name, one.currentTime]),
  };
  clearTimeout(settled); // the answer may take longer than that
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
    history.scrollRestoration = "manual";
  } catch {
    // a browser that keeps nothing returns to the place as well as it can by itself
  }
}

function taken() {
  try {
    const place = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return place;
  } catch {
    return null;
  }
}

/** Return to the place that was kept, before anything is painted; does nothing on any other way to a page. */
export function returnToPlace() {
  const place = taken();
  if (!place) return;
  const open = details();
  for (const [name, is] of place.open) if (open.has(name)) open.get(name).open = is;
  fillIn(place.typed);
  const found = videos();
  for (const [name, time] of place.times) if (time && found.has(name)) found.get(name).currentTime = time;
  scrollBack(place);
}

function fillIn(kept) {
  const found = fields();
  for (const [name, { value, checked, focused }] of kept) {
    const field = found.get(name);
    if (!field) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
    else field.value = value;
    if (focused) field.focus({ preventScroll: true });
  }
}

/** Scroll now, and once more when pictures have come, unless the reader has scrolled meanwhile. */
function scrollBack(place) {
  const go = () => {
    scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    const found = blocks();
    const mark = place.y > 0 && place.landmarks.find(([name]) => found.has(name));
    const off = mark ? found.get(mark[0]).getBoundingClientRect().top - mark[1] : 0;
    if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: "instant" });
  };
  const stay = new AbortController();
  for (const moved of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(moved, () => stay.abort(), { once: true, signal: stay.signal });
  go();
  addEventListener("load", () => {
    if (!stay.signal.aborted) go();
    stay.abort();
    settled = setTimeout(() => (history.scrollRestoration = "auto"), 1000); // earlier, and Chromium scrolls to where it would have
  }, { once: true });
}
