// The passage a note is about: <mark data-note="key">. The panel with the notes is notes.js; articles/text/notes.py
// says which marks are stored.
import { Mark } from "django-prose-editor/editor"

const KEY = /^[0-9a-hjkmnp-tv-z]{26}$/
const panel = () => document.querySelector("#notes")
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))
const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)

// Of this story's notes only: those its text came with, and those in the panel. A mark from elsewhere is plain text.
const known = (key) =>
  KEY.test(key) &&
  Boolean(
    document.querySelector("textarea[name=body]")?.defaultValue.includes(key) ||
      panel()?.querySelector(`[data-key="${key}"]`),
  )

const keyAt = (editor) => {
  const { $from, $to, empty } = editor.state.selection
  const marks = empty ? [...$from.marks(), ...($to.nodeAfter?.marks ?? [])] : ($from.nodeAfter?.marks ?? [])
  return marks.find((mark) => mark.type.name === "NoteMark")?.attrs.key ?? null
}

// With words selected, a note on them; with the cursor in a marked passage, to its note.
function note(editor) {
  if (!panel()) return false
  if (!editor.state.selection.empty) tell("note:passage", { editor })
  else if (keyAt(editor)) tell("note:open", { key: keyAt(editor) })
  else return false
  return true
}

export const NoteMark = Mark.create({
  name: "NoteMark",
  inclusive: false, // what is typed at its edges does not belong to the passage
  keepOnSplit: false,
  excludes: "", // passages may overlap
  addAttributes: () => ({
    key: {
      default: null,
      parseHTML: (element) => element.dataset.note,
      renderHTML: ({ key }) => ({ "data-note": key }),
    },
  }),
  parseHTML: () => [{ tag: "mark[data-note]", getAttrs: (element) => known(element.dataset.note) && null }],
  renderHTML: ({ HTMLAttributes }) => ["mark", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    // Where AltGr is Ctrl+Alt, the same keys type a µ: meant as one only where no passage is selected.
    const selected = () => !this.editor.state.selection.empty && note(this.editor)
    return { "Mod-Alt-m": () => note(this.editor), "Mod-Alt-µ": selected }
  },
  onSelectionUpdate() {
    tell("note:at", { key: keyAt(this.editor) })
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "NoteMark",
      groups: "utility",
      command: note,
      button: buttons.material("add_comment", spoken("Note on the passage (Ctrl+Alt+M)", "Anmerkung zur Passage (Strg+Alt+M)")),
      active: (editor) => Boolean(keyAt(editor)),
      enabled: (editor) => !editor.state.selection.empty || Boolean(keyAt(editor)),
      hidden: () => !panel(),
    })
  },
})
