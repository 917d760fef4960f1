// Copy: a button on each code block; where the browser has no clipboard there is none.

export function mount(code) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kb-copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  code.parentElement.classList.add("kb-code");
  code.parentElement.append(button);
}
