// A gallery in the editor: its pictures side by side, and what is done to all of them.
import { act, addGallery, select } from "./figures_acts.js"
import { apart, canDo, move, remove } from "./figures_moves.js"
import { build, spoken, tools } from "./figures_parts.js"

const counted = (count) => spoken(`Gallery, ${count} pictures`, `Galerie, ${count} Bilder`)

export function galleryView({ node, editor, getPos }) {
  const title = build("p", { className: "gallery-title" })
  const again = (step) => {
    move(editor, step, getPos())
    const bar = editor.view.nodeDOM(editor.state.selection.from).querySelector(".gallery-head")
    bar.querySelector(`[data-tool=${step < 0 ? "earlier" : "later"}]:enabled, [data-tool=remove]`).focus()
  }
  const bar = tools({
    add: [spoken("Add pictures", "Bilder hinzufügen"), () => (select(editor, getPos()), addGallery(editor))],
    earlier: [spoken("Move up", "Nach vorn"), () => again(-1)],
    later: [spoken("Move down", "Nach hinten"), () => again(1)],
    apart: [spoken("Take apart", "Auflösen"), () => (act(editor, apart(editor.state, getPos())), editor.view.focus())],
    remove: [spoken("Remove", "Entfernen"), () => remove(editor, getPos())],
  })
  const head = build("div", { className: "gallery-head", contentEditable: "false" }, [title, bar])
  const contentDOM = build("div", { className: "gallery-shown" })
  const dom = build("section", { className: "gallery", role: "group" }, [head, contentDOM])
  const refresh = () => canDo(editor, getPos(), bar)
  const update = (now) => {
    if (now.type !== node.type) return false
    dom.ariaLabel = title.textContent = counted(now.childCount)
    return true
  }
  update(node)
  editor.on("transaction", refresh)
  return {
    dom,
    contentDOM,
    update,
    selectNode: () => dom.classList.add("figure-selected"),
    deselectNode: () => dom.classList.remove("figure-selected"),
    stopEvent: ({ target }) => Boolean(target.closest?.(".gallery-head button")),
    ignoreMutation: ({ type, target }) => type !== "selection" && !contentDOM.contains(target),
    destroy: () => editor.off("transaction", refresh),
  }
}
