// The contact form: brings along what led here, suggests articles while the subject is typed, and sends in place.
import { fill } from "./main.js";

const CARRIED = ["article", "searched", "reason"];

/** What the address carries for the form's fields. */
export function carried(search) {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(CARRIED.map((name) => [name, (parameters.get(name) || "").slice(0, 300)]));
}

/** The first thing to mend in the form, by field; nothing where it can be sent. */
export function faults(form, words) {
  const found = {};
  if (!form.elements.message.value.trim()) found.message = words.needMessage;
  const email = form.elements.email;
  if (!email.value.trim() || !email.validity.valid) found.email = words.needEmail;
  return found;
}

function show(form, found) {
  form.querySelectorAll(".kb-field__error").forEach((note) => note.remove());
  for (const field of form.querySelectorAll("input, textarea")) {
    const text = found[field.name];
    const hint = form.querySelector(`#${field.id}-hint`)?.id;
    field.removeAttribute("aria-invalid");
    if (hint) field.setAttribute("aria-describedby", hint);
    if (!text) continue;
    field.setAttribute("aria-invalid", "true");
    const note = document.createElement("span");
    note.className = "kb-field__error";
    note.id = `${field.id}-error`;
    note.textContent = text;
    field.before(note);
    field.setAttribute("aria-describedby", `${note.id} ${hint}`);
  }
}

/** Sends the form under an id, so that whoever takes it knows a message that is sent again. */
async function send(form, id) {
  const body = new URLSearchParams(new FormData(form));
  if (id) body.set("id", id);
  const response = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    credentials: "omit",
  });
  if (!response.ok) throw new Error(String(response.status));
}

export function mount(section) {
  const form = section.querySelector("form");
  const words = section.dataset;
  const status = section.querySelector(".kb-contact__status");
  const sent = section.querySelector(".kb-contact__sent");
  const button = form.querySelector("[type=submit]");
  form.noValidate = true;
  for (const [name, value] of Object.entries(carried(location.search))) {
    if (value) form.elements[name].value = value;
  }
  mountSuggestions(section, form.elements.subject);
  let id = crypto.randomUUID?.();
  form.addEventListener("input", () => (id = crypto.randomUUID?.())); // another text is another message

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return; // it is on its way
    const found = faults(form, words);
    show(form, found);
    const [first] = Object.keys(found);
    if (first) {
      say(words.missing, "failed");
      return form.elements[first].focus();
    }
    say(words.sending, "");
    button.disabled = true;
    try {
      await send(form, id);
      form.hidden = true;
      sent.dataset.state = "sent";
      sent.focus();
    } catch {
      say(words.failed, "failed");
      status.focus();
    } finally {
      button.disabled = false;
    }
  });

  function say(text, state) {
    status.dataset.state = state;
    status.textContent = text;
  }
}

/** Articles that may answer before anything is sent. */
function mountSuggestions(section, field) {
  const box = section.querySelector(".kb-contact__suggested");
  const list = box.querySelector("ul");
  const announce = section.querySelector("[data-kb-announce]");
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 300);
  });

  async function suggest() {
    const query = field.value;
    const [{ item }, { asked, indexOf }] = await Promise.all([import("./search-hit.js"), import("./search-source.js")]);
    const root = section.dataset.root;
    const searched = async () => (await (await indexOf(root)).search(asked(query), { limit: 4, typing: true })).hits;
    const hits = query.trim().length < 3 ? [] : await searched().catch(() => []);
    if (query !== field.value) return;
    list.replaceChildren(...hits.map((hit) => item(root, hit)));
    box.hidden = !hits.length;
    announce.textContent = hits.length ? fill(hits.length === 1 ? section.dataset.one : section.dataset.other, { count: hits.length }) : "";
  }
}
