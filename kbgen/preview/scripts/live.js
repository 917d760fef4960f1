// Keeps the page up to date: when it was built anew it is loaded again, and the reader stays where they are.

import { keepPlace, returnToPlace } from "./place.js";

const { kbgenBuild, kbgenVersion } = document.querySelector("script[data-kbgen-version]").dataset;
const leadsOn = document.querySelector('meta[http-equiv="refresh" i]');
let build = Number(kbgenBuild);
let leaving = false;
let overlay = null;

/** Load the page again if it looks different now; elsewhere in the site something may have changed all the same. */
async function refresh(newest) {
  const answer = await fetch(location.pathname + location.search, { method: "HEAD", cache: "no-store" }).catch(() => null);
  const tag = answer?.headers.get("ETag");
  if (!tag || leaving) return;
  if (tag === `W/"${kbgenVersion}"`) {
    build = newest;
  } else {
    leaving = true;
    keepPlace();
    location.reload();
  }
}

function onStatus(status) {
  if (leaving) return;
  const unbuilt = kbgenVersion.startsWith("503"); // the page itself says the error
  overlay.show(unbuilt && !status.stopped ? {} : status);
  if (!status.stopped && (unbuilt || status.build !== build)) refresh(status.build);
}

/** Listen through a worker that all tabs share; a browser without such workers listens from each tab. */
async function start() {
  overlay = await import("./overlay.js"); // now, as it cannot be loaded when the preview has stopped
  if (!globalThis.SharedWorker) {
    const { listen } = await import("./listen.js");
    listen(onStatus);
    return;
  }
  const { port } = new SharedWorker(new URL("worker.js", import.meta.url), { type: "module", name: "kbgen" });
  port.onmessage = ({ data }) => onStatus(data);
  port.postMessage("hello");
  addEventListener("pagehide", () => port.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => persisted && port.postMessage("hello"));
}

if (!leadsOn) {
  returnToPlace();
  requestAnimationFrame(() => setTimeout(start)); // after the page is painted
}
