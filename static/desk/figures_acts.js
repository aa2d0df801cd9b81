// Pictures from the chooser into the text.
import { pm } from "django-prose-editor/editor"
import { choose } from "./picture_chooser.js"

const { NodeSelection } = pm.state

// One step to undo, however soon it follows another.
export const act = (editor, tr) => editor.view.dispatch(pm.history.closeHistory(tr))

// The node at `at` is the selected one, and the keyboard is in the editor.
export function select(editor, at, tr = editor.state.tr) {
  act(editor, tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView())
  editor.view.focus()
}

// After the block the cursor is in, or in place of an empty paragraph; one can always write on below.
function put(editor, node) {
  const { selection, tr, doc, schema } = editor.state
  const { $from, $to } = selection
  const [from, to] = $from.depth ? [$from.before(1), $to.after(1)] : [selection.from, selection.to]
  const empty = $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size
  const at = empty ? from : to
  if (to === doc.content.size) tr.insert(to, schema.nodes.paragraph.create())
  if (empty) tr.delete(from, to)
  select(editor, at, tr.insert(at, node))
}

const made = (editor, { key }) => editor.schema.nodes.Picture.create({ key })

export async function addPicture(editor) {
  const [chosen] = await choose()
  if (chosen) put(editor, made(editor, chosen))
  else editor.view.focus()
}

// Several are a gallery; chosen where a gallery is selected, they are added to it.
export async function addGallery(editor) {
  const chosen = await choose({ several: true })
  const pictures = chosen.map((each) => made(editor, each))
  const { $from, node, to } = editor.state.selection
  const into = node?.type.name === "Gallery" ? to - 1 : $from.parent.type.name === "Gallery" ? to : null
  if (!pictures.length) editor.view.focus()
  else if (into !== null) select(editor, into, editor.state.tr.insert(into, pictures))
  else put(editor, pictures.length > 1 ? editor.schema.nodes.Gallery.create(null, pictures) : pictures[0])
}

export async function replace(editor, at) {
  const [chosen] = await choose()
  // The credit that was typed is that of another picture.
  const { tr } = editor.state
  select(editor, at(), chosen ? tr.setNodeAttribute(at(), "key", chosen.key).setNodeAttribute(at(), "credit", "") : tr)
}
