// The list below a search field, as WAI-ARIA describes a combobox: the focus stays in the field, which names the active option.
import { make } from "./search-hit.js";

/** Puts an empty list behind the row of a form; `shown` options are links. */
export function mountList(form, input) {
  const note = make("p", "kb-suggest__note");
  const list = make("div", "kb-suggest__list");
  const foot = make("div", "kb-suggest__foot");
  const box = make("div", "kb-suggest", note, list, foot);
  let active = -1;
  list.id = `${input.id}-list`;
  list.role = "listbox";
  list.ariaLabel = input.labels[0].textContent;
  box.hidden = true;
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the field
  input.setAttribute("aria-controls", list.id);
  form.append(box);

  function activate(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** Shows options between a note and a foot; each may be empty. */
  function show(options, { above = [], below = [] } = {}) {
    activate(-1);
    options.forEach((option, place) => {
      Object.assign(option, { id: `${list.id}-${place}`, role: "option", ariaSelected: "false", tabIndex: -1 });
    });
    note.replaceChildren(...above);
    list.replaceChildren(...options);
    foot.replaceChildren(...below);
    list.hidden = !options.length;
    box.hidden = !(options.length || above.length);
    list.scrollTop = 0;
    input.ariaExpanded = String(options.length > 0);
  }

  return {
    show,
    close: () => show([]),
    isOpen: () => !box.hidden,
    isPressed: () => box.matches(":active"),
    active: () => list.children[active],
    rest: () => activate(-1),
    /** Goes on by so many options; past either end lies the field itself. */
    move(step) {
      const places = list.children.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    },
  };
}
