// What the preview says on the page: why the last build failed, and that the preview has stopped.

const STYLE = `
  :host { all: initial; color-scheme: inherit; position: fixed; z-index: 2147483647; inset: auto 0 0; pointer-events: none;
    --ink: light-dark(#1c2330, #e8ecf2); --soft: light-dark(#4d5768, #b3bccb); --paper: light-dark(#fff, #1d232d);
    --danger: light-dark(#b3261e, #ff9e94); --line: light-dark(#7b8698, #8c97a9);
    font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); }
  @media print { :host { display: none; } }
  [hidden] { display: none !important; }
  section { pointer-events: auto; box-sizing: border-box; max-height: 70vh; max-height: 70dvh; overflow: auto; overscroll-behavior: contain;
    background: var(--paper); border-block-start: 4px solid var(--danger); box-shadow: 0 -0.5rem 2rem rgb(0 0 0 / 30%);
    padding: 1rem max(1rem, calc(50vw - 30rem)) max(1rem, env(safe-area-inset-bottom)); }
  .head { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
  h2 { font-size: 1.125rem; line-height: 1.4; margin: 0; color: var(--danger); padding-block: 0.5rem; }
  pre { font: 0.9375rem/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace;
    margin: 0.25rem 0 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
  pre span { display: block; }
  pre .place { margin-block-start: 0.5rem; font-weight: 700; }
  pre .hint { color: var(--soft); margin-inline-start: 1rem; }
  p { margin: 0; font-size: 0.875rem; color: var(--soft); }
  button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem;
    min-height: 2.75rem; padding: 0 1rem; cursor: pointer; white-space: nowrap; pointer-events: auto; }
  button:hover { border-color: currentcolor; }
  button:focus-visible { outline: 3px solid light-dark(#b4540a, #ffb36b); outline-offset: 2px; }
  kbd { font: inherit; color: var(--soft); font-size: 0.875rem; }
  @media (pointer: coarse) { kbd { display: none; } }
  .small { position: fixed; inset: auto 1rem 1rem auto; box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 25%); }
  button.small { color: var(--danger); border-color: currentcolor; font-weight: 600; }
  div.small { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.5rem 1rem; font-size: 0.875rem; }
`;

const DISMISSED = "kbgen.preview.dismissed";
const PLACE = /^([^\s:]+:\d+(?::\d+)?): (.*)$/;
let parts = null;
let failure = "";
let stopping;

/** An element with a text or with elements in it. */
function made(name, properties, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

/** The overlay's parts, put on the page when they are first wanted, out of reach of its styles and it of theirs. */
function overlay() {
  if (parts) return parts;
  const host = made("kbgen-preview", { lang: "en", dir: "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // a policy that forbids inline styles lets these be
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];
  const text = made("pre", {});
  const close = made("button", { type: "button", onclick: dismiss }, "Close ", made("kbd", {}, "Esc"));
  const panel = made("section", { role: "alert", hidden: true, tabIndex: -1 },
    made("div", { className: "head" }, made("h2", {}, "The site could not be built"), close), text,
    made("p", {}, "You see the page as it was. This goes away when the error is mended."));
  const again = made("button", { type: "button", className: "small", hidden: true, onclick: () => reveal(true) }, "Build failed: show why");
  const note = made("div", { role: "status", className: "small", hidden: true }, "The preview has stopped.");
  root.append(panel, again, note);
  document.body.append(host);
  addEventListener("keydown", ({ key }) => key === "Escape" && !panel.hidden && dismiss());
  parts = { panel, again, note, text };
  return parts;
}

function reveal(whole) {
  const { panel, again } = overlay();
  panel.hidden = !whole;
  again.hidden = whole;
}

const remembered = (text) => {
  try {
    if (text === undefined) return sessionStorage.getItem(DISMISSED);
    sessionStorage.setItem(DISMISSED, text);
  } catch {
    // a browser that keeps nothing shows the error anew on the next page
  }
  return null;
};

/** Leave a button of the error, which brings it back. */
function dismiss() {
  reveal(false);
  remembered(failure);
}

/** Show why the last build failed, or that the preview has stopped if it does not come back at once. */
export function show({ error, stopped }) {
  if (stopped) {
    stopping ||= setTimeout(() => (overlay().note.hidden = false), 1500);
    return;
  }
  stopping = clearTimeout(stopping);
  if (parts) parts.note.hidden = true;
  if (error) showError(error);
  else hideError();
}

/** The lines of an error, each place in a file and each hint set apart; what the heading says is left out. */
function laidOut(error) {
  return error.replace(/^the site was not built[:\n]\s*/, "").split("\n").flatMap((line) => {
    const [, place, problem] = PLACE.exec(line) ?? [];
    if (place) return [made("span", { className: "place" }, place), made("span", {}, problem)];
    return made("span", { className: /^\s+hint:/.test(line) ? "hint" : "" }, line.trim());
  });
}

/** An error that was closed before stays a button. */
function showError(error) {
  failure = error;
  overlay().text.replaceChildren(...laidOut(error));
  reveal(remembered() !== error);
}

function hideError() {
  if (parts) parts.panel.hidden = parts.again.hidden = true;
  remembered("");
}
