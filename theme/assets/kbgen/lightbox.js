// Lightbox: a picture shown smaller than it is becomes a button that opens it in full.

export function mount(prose) {
  const { zoom = "Enlarge", close = "Close" } = prose.dataset;
  // Pictures may arrive later, or wait in a tab.
  const sizes = new ResizeObserver((changed) => {
    for (const { target } of changed) {
      const shown = target.clientWidth;
      if (!shown || target.naturalWidth < shown * 1.2) continue;
      sizes.unobserve(target);
      const button = make("button", { type: "button", className: "kb-zoom", ariaLabel: `${zoom}: ${target.alt}` });
      const picture = target.closest("picture") ?? target;
      picture.replaceWith(button);
      button.append(picture);
      button.onclick = () => open(button, target, close);
    }
  });
  for (const image of prose.querySelectorAll("img:not(a *, .twemoji, .off-glb, [data-no-zoom])")) sizes.observe(image);
}

function open(button, { alt, currentSrc: src }, close) {
  const dialog = make("dialog", { className: "kb-lightbox", ariaLabel: alt });
  const picture = make("img", { alt, src });
  dialog.append(make("button", { textContent: close }), picture);
  dialog.onclick = ({ target }) => target === picture || dialog.close();
  dialog.onclose = () => {
    dialog.remove();
    button.focus();
  };
  button.after(dialog);
  dialog.showModal();
}

const make = (name, properties) => Object.assign(document.createElement(name), properties);
