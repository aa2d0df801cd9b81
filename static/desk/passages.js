// Between the notes' panel and the text: what a new note is about, and its mark once the note is written.
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))
const current = () => document.querySelector(".field-body .prose-editor > .ProseMirror")?.editor
let passage = null // in the editor; kept right while the text changes

const follow = ({ transaction }) => {
  passage.from = transaction.mapping.map(passage.from, 1)
  passage.to = transaction.mapping.map(passage.to, -1)
}

function keep(found) {
  passage?.editor.off("transaction", follow)
  passage = found
  passage?.editor.on("transaction", follow)
}

document.addEventListener("note:passage", ({ detail: { editor } }) => {
  const { from, to } = editor.state.selection
  keep({ editor, from, to })
  tell("note:about", { words: editor.state.doc.textBetween(from, to, " "), focus: true })
})
document.addEventListener("note:drop", () => keep(null))

// Where the text is only read, it is enough to select some of it.
document.addEventListener("selectionchange", () => {
  const selection = getSelection()
  const inside = selection.anchorNode?.parentElement?.closest(".body-as-text")
  if (!inside?.contains(selection.focusNode) || !`${selection}`.trim()) return
  tell("note:about", { words: `${selection}`.trim().replace(/\s+/g, " ") })
})

document.addEventListener("note:written", ({ detail: { key } }) => {
  if (!passage || passage.to <= passage.from) return keep(null)
  const { tr, schema } = passage.editor.state
  passage.editor.view.dispatch(tr.addMark(passage.from, passage.to, schema.marks.NoteMark.create({ key })))
  passage.editor.view.focus()
  keep(null)
})

document.addEventListener("note:resolved", ({ detail: { key } }) => {
  const editor = current()
  if (!editor?.schema.marks.NoteMark) return
  const { tr, schema, doc } = editor.state
  tr.removeMark(0, doc.content.size, schema.marks.NoteMark.create({ key }))
  if (tr.docChanged) editor.view.dispatch(tr)
})

document.addEventListener("note:show", ({ detail: { key } }) => {
  const marks = [...document.querySelectorAll("mark[data-note]")].filter((each) => each.dataset.note === key)
  if (!marks.length) return tell("note:unmarked")
  const range = document.createRange()
  range.setStart(marks[0], 0)
  range.setEnd(marks.at(-1), marks.at(-1).childNodes.length)
  marks[0].closest(".ProseMirror")?.focus({ preventScroll: true })
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  marks[0].scrollIntoView({ block: "center" })
})
