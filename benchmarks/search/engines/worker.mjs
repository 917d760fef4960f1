// Workers for Node: the same script in a context of its own, on the same thread.

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

export class Worker {
  constructor(url) {
    const listeners = [];
    const scope = createContext({
      console: { ...console, warn() {} },
      addEventListener: (_, listener) => listeners.push(listener),
      postMessage: (data) => this.onmessage({ data }),
    });
    scope.self = scope;
    runInContext(readFileSync(url, "utf8"), scope);
    this.postMessage = (data) => listeners.forEach((listener) => listener({ data }));
  }
}
