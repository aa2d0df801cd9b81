// The keyboard and the pointer on a picture in the editor.
import { select } from "./figures_acts.js"
import { leave, move, remove } from "./figures_moves.js"

export const OWN = "input, textarea, button, a, label" // here the browser acts, and not the editor
const STEPS = { ArrowUp: -1, ArrowDown: 1 }

// Browsers do not hold a selection among pictures alone: in a gallery the picture itself has the keyboard.
function hold(editor, at, figure) {
  select(editor, at)
  if (editor.state.doc.resolve(at).depth) figure.focus({ preventScroll: true })
}

// Past its neighbour, and the keyboard stays at the button that was pressed.
export function moveBy(editor, at, step) {
  const { tool } = document.activeElement.dataset
  move(editor, step, at)
  const { from } = editor.state.selection
  const figure = editor.view.nodeDOM(from)
  if (tool) figure.querySelector(`[data-tool=${tool}]:enabled, [data-tool=remove]`).focus()
  else hold(editor, from, figure)
}

function press(event, { editor, getPos, dom, fields }) {
  const { key, target, altKey, isComposing } = event
  const typing = target.matches("input, textarea")
  if (altKey && key in STEPS) moveBy(editor, getPos(), STEPS[key])
  else if (key === "Escape") hold(editor, getPos(), dom)
  else if (key === "Enter" && !isComposing && target === dom) fields.caption.focus()
  else if (key === "Enter" && !isComposing && target === fields.caption) fields.credit.focus()
  else if (key === "Enter" && !isComposing && typing) leave(editor, getPos())
  else if ((key === "Delete" || key === "Backspace") && target === dom) remove(editor, getPos())
  else return
  event.preventDefault()
  event.stopPropagation() // the editor would do it once more
}

export function listen(view) {
  const { dom, editor, getPos } = view
  dom.tabIndex = -1
  dom.addEventListener("keydown", (event) => press(event, view))
  dom.addEventListener("click", ({ target }) => target.closest(OWN) || hold(editor, getPos(), dom))
  // A picture that can be dragged would not let words be selected in its fields.
  dom.addEventListener("pointerdown", ({ target }) => (dom.draggable = !target.closest(OWN)))
}
