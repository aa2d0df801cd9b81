// What is done to pictures that are in the text: taken out, moved, made a gallery of and taken apart again.
import { act, select } from "./figures_acts.js"

export function remove(editor, at) {
  act(editor, editor.state.tr.delete(at, at + editor.state.doc.nodeAt(at).nodeSize).scrollIntoView())
  editor.view.focus()
}

// Past its neighbour: in a gallery past a picture, in the text past a block. Says whether there was something selected.
export function move(editor, step, at = editor.state.selection.from) {
  const node = editor.state.doc.nodeAt(at)
  if (!["Picture", "Gallery"].includes(node?.type.name)) return false
  const $at = editor.state.doc.resolve(at)
  const other = $at.parent.maybeChild($at.index() + step)
  if (!other) return true
  const to = at + step * other.nodeSize
  select(editor, to, editor.state.tr.delete(at, at + node.nodeSize).insert(to, node))
  return true
}

// With what stands right behind it: a picture, or a gallery.
export function joinNext(editor, at) {
  const { doc, tr, schema } = editor.state
  const node = doc.nodeAt(at)
  const next = doc.nodeAt(at + node.nodeSize)
  const pictures = [node, ...(next.type.name === "Gallery" ? next.children : [next])]
  const gallery = schema.nodes.Gallery.create(null, pictures)
  select(editor, at, tr.replaceWith(at, at + node.nodeSize + next.nodeSize, gallery))
}

// Galleries of fewer than two pictures are none (transaction, null where there are none of them). `at`: also this one.
export function apart({ doc, tr }, at = null) {
  doc.forEach((node, place) => {
    if (node.type.name !== "Gallery" || (node.childCount > 1 && place !== at)) return
    const from = tr.mapping.map(place)
    tr.replaceWith(from, from + node.nodeSize, node.content)
  })
  return tr.docChanged ? tr : null
}

// Enter on a selected picture leads to what is said below it.
export function openCaption(editor) {
  const { node, from } = editor.state.selection
  if (node?.type.name !== "Picture") return false
  editor.view.nodeDOM(from).querySelector("textarea").focus()
  return true
}

// From its fields on to the text behind it; where there is none, a paragraph to begin.
export function leave(editor, at) {
  const { doc, tr, schema } = editor.state
  const $at = doc.resolve(at)
  const after = $at.depth ? $at.after(1) : at + doc.nodeAt(at).nodeSize
  if (!doc.nodeAt(after)?.isTextblock) editor.view.dispatch(tr.insert(after, schema.nodes.paragraph.create()))
  editor.commands.setTextSelection(after + 1)
  editor.view.focus() // at once: the next key may be down already
}

// Which of the buttons of what is at `at` can do anything now.
export function canDo(editor, at, bar) {
  const $at = at === undefined ? null : editor.state.doc.resolve(at)
  if (!$at?.nodeAfter) return
  const next = $at.parent.maybeChild($at.index() + 1)
  const set = (tool, property, value) => bar.querySelector(`[data-tool=${tool}]`) && (bar.querySelector(`[data-tool=${tool}]`)[property] = value)
  set("earlier", "disabled", !$at.index())
  set("later", "disabled", !next)
  set("join", "hidden", $at.depth > 0 || !["Picture", "Gallery"].includes(next?.type.name))
}
