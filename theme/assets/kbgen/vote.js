// The vote: sends it without leaving the page, asks why after a "no", and keeps it on the device while the service is away.

const QUEUE = "kbgen.votes";
const MOST = 20;
const KEPT_FOR = 7 * 24 * 3600 * 1000;

/** The vote that a form holds, as the service takes it. */
export function voteOf(form, helpful, id) {
  const data = new FormData(form);
  const vote = { id, article: data.get("article"), revision: data.get("revision"), helpful };
  if (helpful === false && data.get("reason")) vote.reason = data.get("reason");
  if (helpful === false && (data.get("comment") || "").trim()) vote.comment = data.get("comment").trim();
  return vote;
}

function queued() {
  try {
    const now = Date.now();
    return JSON.parse(localStorage.getItem(QUEUE) || "[]").filter((entry) => now - entry.at < KEPT_FOR);
  } catch {
    return [];
  }
}

/** Keeps what waits on this device; false where the browser has no storage. */
function keep(entries) {
  try {
    if (entries.length) localStorage.setItem(QUEUE, JSON.stringify(entries.slice(-MOST)));
    else localStorage.removeItem(QUEUE);
    return true;
  } catch {
    return false;
  }
}

/** Sends one vote; true when it need not be sent again. */
async function post(action, vote) {
  try {
    const response = await fetch(action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(vote),
      keepalive: true,
      credentials: "omit",
    });
    return response.ok || [400, 403, 404, 409, 413, 415, 422].includes(response.status);
  } catch {
    return false;
  }
}

/** Sends what is waiting on this device. */
export async function deliver() {
  for (const entry of queued()) {
    if (!(await post(entry.action, entry.vote))) continue;
    keep(queued().filter((other) => other.vote.id !== entry.vote.id || other.at !== entry.at));
  }
}

function send(action, vote) {
  const others = queued().filter((entry) => entry.vote.id !== vote.id);
  return keep([...others, { action, vote, at: Date.now() }]) ? deliver() : post(action, vote);
}

/** Makes the form answer in place. */
export function mount(section) {
  const form = section.querySelector("form");
  const why = section.querySelector("[data-kb-why]");
  const sendRow = section.querySelector(".kb-vote__send");
  const status = section.querySelector("[role=status]");
  const buttons = section.querySelector(".kb-vote__buttons");
  const id = crypto.randomUUID ? crypto.randomUUID() : fallbackId();
  why.hidden = true;
  why.querySelector("summary").hidden = true; // the legend asks the same

  function finish() {
    send(form.action, voteOf(form, false, id));
    status.textContent = section.dataset.thanks;
    status.focus();
    form.hidden = true;
    offerContact();
  }

  /** The way to a person, with the reason, so that nobody repeats themselves. */
  function offerContact() {
    const place = section.querySelector(".kb-vote__contact");
    if (!place) return;
    const reason = form.querySelector("[name=reason]:checked")?.parentElement.textContent.trim();
    const link = place.querySelector("a");
    if (reason) link.href += `&reason=${encodeURIComponent(reason)}`;
    place.hidden = false;
  }

  form.addEventListener("submit", (event) => {
    if (!event.submitter?.name) return;
    event.preventDefault();
    if (event.submitter.classList.contains("kb-vote__default")) return finish(); // Enter in a reason
    const helpful = event.submitter.value === "true";
    send(form.action, voteOf(form, helpful, id));
    buttons.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button === event.submitter)));
    why.hidden = helpful;
    sendRow.hidden = helpful;
    if (helpful) {
      status.textContent = section.dataset.thanks;
    } else {
      why.open = true;
      status.textContent = section.dataset.ask;
    }
  });
  section.querySelector("[data-kb-send]").addEventListener("click", finish);
}

function fallbackId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
