// Reports of searches, where a site asks for them: what was searched for, how much was found, and what the reader did then.
// A search counts when it was sent or stood for a while; it is reported once, when the reader leaves it. Nobody is named.
import { scrubbed } from "./search-privacy.js";

const STANDS = 2000;
const CONTACT = "a[data-kb-contact], .kb-channels a, a[href^='mailto:'], a[href^='tel:']";
let shown = null;
let counted = null;
let reported = "";
let timer;

/** A search whose results are shown while its reader may still be typing. */
export function stands(service, query, results) {
  shown = { service, query, results };
  clearTimeout(timer);
  timer = setTimeout(count, STANDS);
}

export function submitted(service, query, results) {
  stands(service, query, results);
  count();
}

/** A result was opened. */
export function opened(service, query, results) {
  if (query !== shown?.query) stands(service, query, results);
  count();
  if (counted) counted.clicked = true;
}

/** The search goes on to another page, which counts it. */
export function sent(service, query) {
  stopped();
  if (counted?.query === query) counted = null;
}

/** Nothing is asked for any more. */
export function stopped() {
  clearTimeout(timer);
  shown = null;
}

function count() {
  clearTimeout(timer);
  if (!shown || [counted?.query, reported].includes(shown.query)) return;
  leave();
  counted = { ...shown, lang: document.documentElement.lang, clicked: false, contacted: false };
}

function leave() {
  if (!counted) return;
  const { service, query, lang, results, clicked, contacted } = counted;
  reported = query;
  counted = null;
  post(service, JSON.stringify({ query: scrubbed(query), lang, results, clicked, contacted }));
}

/** A beacon brings cookies along, which a service on another host need not accept; a request that is kept alive brings none. */
function post(service, body) {
  const { origin, href } = new URL(service, location.href);
  const type = "application/json";
  if (origin === location.origin && navigator.sendBeacon?.(href, new Blob([body], { type }))) return;
  fetch(href, { method: "POST", body, headers: { "Content-Type": type }, keepalive: true, credentials: "omit" }).catch(() => {});
}

addEventListener("pagehide", leave);
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.(CONTACT)) return;
  count();
  if (counted) counted.contacted = true;
}, true);
