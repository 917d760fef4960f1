// The files of the search index where the site is read from a disk: each is a script that hands its text over.

const waiting = new Map();

globalThis.kbgenSearch = (name, text) => waiting.get(name)?.(text);

/** The text of a file of the site at `root`; rejects where it is missing. */
export function load(root, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    waiting.set(name, resolve);
    script.src = `${root}/search/${name}.js`;
    script.onload = () => script.remove();
    script.onerror = () => reject(new Error(`${name}: missing`));
    document.head.append(script);
  });
}
