// Diagrams: draws what stands as text, with the copy of mermaid that the site names. Without it the text stays.
import { letScroll } from "./main.js";

export async function mount(prose) {
  const script = document.createElement("script");
  script.src = prose.dataset.mermaid;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.scheme && matchMedia("(prefers-color-scheme: dark)").matches);
  window.mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "neutral", securityLevel: "strict", suppressErrorRendering: true, fontFamily: "inherit" });
  for (const source of prose.querySelectorAll("pre.mermaid")) {
    const figure = document.createElement("div");
    figure.className = "kb-diagram mermaid";
    figure.textContent = (source.querySelector("code") ?? source).textContent;
    source.after(figure);
    try {
      await window.mermaid.run({ nodes: [figure] });
      source.remove();
      letScroll(figure);
    } catch {
      figure.remove(); // its text cannot be read: it stays as it was written
    }
  }
}
