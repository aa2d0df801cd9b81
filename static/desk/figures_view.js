// A picture in the editor: how it looks, fields for what is said of it here, and buttons.
import { replace } from "./figures_acts.js"
import { OWN, listen, moveBy } from "./figures_keys.js"
import { canDo, joinNext, remove } from "./figures_moves.js"
import { build, notes, spoken, tools } from "./figures_parts.js"
import { facts, forget } from "./picture_chooser_facts.js"

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
      earlier: [spoken("Move up", "Nach vorn"), () => moveBy(editor, getPos(), -1)],
      later: [spoken("Move down", "Nach hinten"), () => moveBy(editor, getPos(), 1)],
      join: [spoken("Gallery with the next", "Galerie mit dem nächsten"), () => joinNext(editor, getPos())],
      remove: [spoken("Remove", "Entfernen"), () => remove(editor, getPos())],
    })
    const words = build("div", { className: "figure-words" }, [this.notes, ...Object.keys(FIELDS).map((name) => this.field(name)), this.tools])
    this.dom = build("figure", { className: "figure-shown", role: "group" }, [this.look, words])
    listen(this)
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
