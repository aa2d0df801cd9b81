// A picture in the editor: how it looks, fields for what is said of it here, and buttons.
import { replace, select } from "./figures_acts.js"
import { canDo, joinNext, leave, move, remove } from "./figures_moves.js"
import { build, notes, spoken, tools } from "./figures_parts.js"
import { facts, forget } from "./picture_chooser_facts.js"

const OWN = "input, textarea, button, a, label" // here the browser acts, and not the editor
const FIELDS = {
  caption: ["textarea", { maxLength: 500, rows: 1 }, spoken("Caption here", "Bildunterschrift hier")],
  credit: ["input", { maxLength: 200, type: "text", autocomplete: "off" }, spoken("Credit here", "Nachweis hier")],
}
const UNKNOWN = spoken("The library does not have this picture (any more).", "Das Archiv hat dieses Bild nicht (mehr).")

class PictureView {
  constructor({ node, editor, getPos }) {
    Object.assign(this, { node, editor, getPos, fields: {} })
    this.look = build("div", { className: "figure-look" })
    this.notes = build("div", { className: "figure-notes" })
    this.tools = tools({
      replace: [spoken("Replace", "Austauschen"), () => replace(editor, getPos)],
      earlier: [spoken("Move up", "Nach vorn"), () => this.move(-1)],
      later: [spoken("Move down", "Nach hinten"), () => this.move(1)],
      join: [spoken("Gallery with the next", "Galerie mit dem nächsten"), () => joinNext(editor, getPos())],
      remove: [spoken("Remove", "Entfernen"), () => remove(editor, getPos())],
    })
    const words = build("div", { className: "figure-words" }, [this.notes, ...Object.keys(FIELDS).map((name) => this.field(name)), this.tools])
    this.dom = build("figure", { className: "figure-shown", role: "group" }, [this.look, words])
    this.dom.addEventListener("keydown", (event) => this.key(event))
    this.dom.addEventListener("click", ({ target }) => target.closest(OWN) || select(editor, getPos()))
    // A picture that can be dragged would not let words be selected in its fields.
    this.dom.addEventListener("pointerdown", ({ target }) => (this.dom.draggable = !target.closest(OWN)))
    this.refresh = () => canDo(editor, getPos(), this.tools)
    editor.on("transaction", this.refresh)
    this.show()
  }
  field(name) {
    const [tag, properties, label] = FIELDS[name]
    const field = (this.fields[name] = build(tag, { ...properties, value: this.node.attrs[name] }))
    field.addEventListener("input", () => this.editor.view.dispatch(this.editor.state.tr.setNodeAttribute(this.getPos(), name, field.value)))
    return build("label", { className: `figure-${name}` }, [build("span", { textContent: label }), field])
  }
  async show() {
    const { key, credit } = this.node.attrs
    const said = await facts(key)
    if (key !== this.node.attrs.key) return
    this.dom.ariaLabel = `${spoken("Picture", "Bild")}: ${said?.title ?? UNKNOWN}`
    if (!said) return this.notes.replaceChildren(said === null ? build("p", { className: "figure-warning", textContent: UNKNOWN }) : "")
    const { look, width, height, alt } = said
    if (this.look.dataset.key !== key) this.look.replaceChildren(build("img", { src: look, width, height, alt, draggable: false }))
    this.look.dataset.key = key
    this.notes.replaceChildren(...notes(said, credit || said.credit ? [] : ["credit"]))
    for (const name in FIELDS) this.fields[name].placeholder = said[name]
    this.notes.querySelector("a").addEventListener("click", () => addEventListener("focus", () => (forget(key), this.show()), { once: true }))
  }
  move(step) {
    move(this.editor, step, this.getPos())
    const bar = this.editor.view.nodeDOM(this.editor.state.selection.from).querySelector(".figure-tools")
    bar.querySelector(`[data-tool=${step < 0 ? "earlier" : "later"}]:enabled, [data-tool=remove]`).focus()
  }
  key(event) {
    if (event.key === "Escape") select(this.editor, this.getPos())
    else if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, textarea")) return
    else if (event.target === this.fields.caption) this.fields.credit.focus()
    else leave(this.editor, this.getPos())
    event.preventDefault()
  }
  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    for (const name in FIELDS) if (this.fields[name].value !== node.attrs[name]) this.fields[name].value = node.attrs[name]
    this.show()
    return true
  }
  selectNode = () => this.dom.classList.add("figure-selected")
  deselectNode = () => this.dom.classList.remove("figure-selected")
  stopEvent = ({ target }) => Boolean(target.closest?.(OWN))
  ignoreMutation = () => true
  destroy = () => this.editor.off("transaction", this.refresh)
}

export const pictureView = (place) => new PictureView(place)
