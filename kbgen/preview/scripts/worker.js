// One stream for all tabs: browsers allow six connections to a server, and each tab with its own would use one up.

import { listen } from "./listen.js";

const pages = new Set();
let last = null;

listen((status) => {
  last = status;
  for (const page of pages) page.postMessage(status);
});

addEventListener("connect", ({ ports: [page] }) => {
  page.onmessage = ({ data }) => {
    if (data === "bye") {
      pages.delete(page);
    } else {
      pages.add(page);
      if (last) page.postMessage(last);
    }
  };
});
