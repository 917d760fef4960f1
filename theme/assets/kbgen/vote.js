// The vote: answers in place, asks why after a "no", can be changed and undone, and waits on the device while nobody takes it.

const WAITING = "kbgen.votes";
const VOTED = "kbgen.voted";
const LED = "kbgen.led";
const MOST_WAITING = 50;
const MOST_VOTED = 200;
const KEPT_FOR = 7 * 24 * 3600 * 1000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 300000;
const PATIENCE = 15000;
const SETTLES = 500;
const LOOKED_FOR = "not-what-i-looked-for";
const NEVER = [400, 409, 413, 415, 422];

/** A list that this device keeps under a name; none where the browser keeps nothing. */
function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name)).filter((entry) => Array.isArray(entry) || entry?.vote);
  } catch {
    return [];
  }
}

/** Keeps a list on this device; false where the browser does not. */
function keep(name, list) {
  try {
    if (list.length) localStorage.setItem(name, JSON.stringify(list));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

/** What waits on this device, and is not too old to matter. */
const waiting = () => kept(WAITING).filter(({ at }) => Date.now() - at < KEPT_FOR);

/** Sends one vote: 0 when that is done with, else the milliseconds to wait before the next try. */
async function post({ action, asForm, vote }) {
  try {
    const { ok, status, headers } = await fetch(action, {
      method: "POST",
      headers: { Accept: "application/json", ...(asForm ? {} : { "Content-Type": "text/plain" }) },
      body: asForm ? new URLSearchParams(vote) : JSON.stringify(vote),
      keepalive: true,
      credentials: "omit",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (ok || NEVER.includes(status)) return 0;
    return 1000 * headers.get("Retry-After") || 1;
  } catch {
    return 1;
  }
}

let pause = FIRST_PAUSE;
let timer;

/** Notes what became of a vote that was sent; one that was changed meanwhile stays. */
function settle(entry, again) {
  const sent = JSON.stringify(entry);
  const after = again > 1 ? [{ ...entry, due: Date.now() + again }] : [entry];
  keep(WAITING, waiting().flatMap((other) => (JSON.stringify(other) === sent ? (again ? after : []) : [other])));
}

async function deliverAll() {
  const entries = waiting().filter(({ due = 0 }) => due <= Date.now());
  for (const entry of entries) settle(entry, await post(entry));
  const rest = waiting();
  keep(WAITING, rest);
  clearTimeout(timer);
  pause = rest.length ? Math.min(2 * pause, LONGEST_PAUSE) : FIRST_PAUSE;
  const soonest = Math.min(...rest.map(({ due = 0 }) => due)) - Date.now();
  if (rest.length) timer = setTimeout(deliver, Math.max(soonest, pause * (0.5 + Math.random())));
  if (entries.length) await new Promise((done) => setTimeout(done, SETTLES)); // until other tabs see what is kept now
}

/** Sends what is waiting on this device: one tab at a time, so that nothing goes out twice. */
export async function deliver() {
  if (!kept(WAITING).length || navigator.onLine === false) return;
  await (navigator.locks ? navigator.locks.request(WAITING, deliverAll) : deliverAll());
}

addEventListener("online", deliver);
document.addEventListener("visibilitychange", () => document.hidden || deliver());

function send(entry) {
  const others = waiting().filter(({ vote }) => vote.id !== entry.vote.id);
  return keep(WAITING, [...others, { ...entry, at: Date.now() }].slice(-MOST_WAITING)) ? deliver() : post(entry);
}

/** A random UUID, also on a page that came without encryption. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What else may be said: for how long the page was open, and the search that led here; nothing to readers who ask not to be followed. */
async function circumstances(reason) {
  if (navigator.doNotTrack === "1" || navigator.globalPrivacyControl) return {};
  const seconds = Math.round(performance.now() / 100) / 10;
  try {
    const [, query] = JSON.parse(sessionStorage.getItem(LED)).find(([path]) => path === location.pathname);
    if (reason === LOOKED_FOR) return { seconds, query: (await import("./search-privacy.js")).scrubbed(query) };
  } catch {
    // no search led here
  }
  return { seconds };
}

/** The vote on a revision of an article, or on its part below a heading: what this device remembers, and how it is cast. */
export function ballot(section, part = "") {
  const form = section.querySelector("form");
  const { adapter } = section.dataset;
  const { article, revision } = form.elements;
  const name = JSON.stringify([article.value, part]);
  const events = adapter && adapter !== "form" ? import("./vote-adapter.js") : null;
  let turn = Promise.resolve(); // one after the other: what is taken back stays so
  let [, , id, said] = kept(VOTED).find(([of, at]) => of === name && at === revision.value) || [];

  /** What the form says beside yes or no; why not belongs to a no alone. */
  function facts(answer) {
    const { page, helpful, reason, comment, ...facts } = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
    if (part) return { ...facts, section: part };
    return answer === false ? { ...facts, ...(reason && { reason }), ...(comment && { comment: comment.trim() }) } : facts;
  }

  return {
    /** True, false, or undefined where nothing was said. */
    said: () => said,
    /** Casts the vote, changes it, or with null takes it back. */
    cast(answer) {
      const before = said;
      const vote = { id: (id ||= newId()), helpful: answer, ...facts(answer) };
      said = answer ?? undefined;
      const others = kept(VOTED).filter(([of]) => of !== name);
      keep(VOTED, [...others, ...(answer === null ? [] : [[name, revision.value, id, said]])].slice(-MOST_VOTED));
      turn = turn.then(async () => {
        if (events) return (await events).report(adapter, vote, before);
        const more = adapter ? {} : await circumstances(vote.reason);
        send({ action: form.action, asForm: !!adapter, vote: { ...vote, ...more } });
      });
      turn.catch(() => {}); // a browser that refuses the adapter still says thanks
    },
  };
}

/** Makes the form answer in place. */
export function mount(section) {
  const { dataset: words } = section;
  const [form, why, sendRow, buttons, status, saidRow, contact] = [
    "form",
    "[data-kb-why]",
    ".kb-vote__send",
    ".kb-vote__buttons",
    "[role=status]",
    ".kb-vote__said",
    ".kb-vote__contact",
  ].map((part) => section.querySelector(part));
  const own = ballot(section);
  const [change, undo] = saidRow.querySelectorAll("button");

  /** Shows the question, the reasons or neither; what was said stands below. */
  function show({ asks, why: asksWhy = false }) {
    const said = own.said();
    buttons.hidden = !asks;
    why.hidden = sendRow.hidden = !asksWhy;
    why.open = asksWhy;
    saidRow.hidden = said === undefined;
    saidRow.firstElementChild.textContent = said ? words.saidYes : words.saidNo;
    change.hidden = asks;
    if (contact) contact.hidden = said === undefined || said;
    buttons.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.value === String(said))));
  }

  function finish(answer) {
    own.cast(answer);
    show({ asks: false });
    carryReason();
    status.textContent = words.thanks;
    status.focus();
  }

  /** The way to a person says why the article did not help, so that nobody repeats themselves. */
  function carryReason() {
    const reason = form.querySelector("[name=reason]:checked")?.parentElement.textContent.trim();
    const link = contact?.querySelector("a");
    if (reason && link) link.href = link.href.replace(/(&reason=.*)?$/, `&reason=${encodeURIComponent(reason)}`);
  }

  form.addEventListener("submit", (event) => {
    if (!event.submitter?.name) return;
    event.preventDefault();
    const helpful = event.submitter.value === "true";
    if (helpful || event.submitter.classList.contains("kb-vote__default")) return finish(helpful); // the latter is Enter in a reason
    own.cast(false);
    show({ asks: true, why: true });
    status.textContent = words.ask;
  });
  sendRow.firstElementChild.addEventListener("click", () => finish(false));
  change.addEventListener("click", () => {
    show({ asks: true, why: !own.said() });
    status.textContent = "";
    buttons.querySelector("[aria-pressed=true]").focus();
  });
  undo.addEventListener("click", () => {
    own.cast(null);
    form.reset();
    show({ asks: true });
    status.textContent = words.undone;
    buttons.querySelector("button").focus();
  });

  why.querySelector("summary").hidden = true; // the legend asks the same
  show({ asks: own.said() === undefined });
  section.classList.remove("kb-vote--scripted");
  if (words.part) import("./vote-sections.js").then((sections) => sections.mount(section));
}
