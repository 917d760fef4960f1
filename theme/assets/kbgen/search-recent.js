// Recent searches: a few that were sent or led to an article. They stay on this device.

const NAME = "kbgen.searches";
const MOST = 5;

/** The latest searches, newest first; none where the browser keeps nothing. */
export function recent() {
  try {
    return JSON.parse(localStorage.getItem(NAME) || "[]").filter((query) => typeof query === "string").slice(0, MOST);
  } catch {
    return [];
  }
}

export function remember(query) {
  if (!query) return;
  const others = recent().filter((other) => other !== query);
  try {
    localStorage.setItem(NAME, JSON.stringify([query, ...others].slice(0, MOST)));
  } catch {
    // a browser that keeps nothing shows none
  }
}

export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // nothing was kept
  }
}
