// The body editor's own parts: pull quotes and fact boxes here, pasting and typing in paste.js and typewriter.js.
import { Node, mergeAttributes } from "django-prose-editor/editor"

const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)
const AROUND = ["PullQuote", "FactBox", "blockquote"]

// A block around others, stored as <aside data-block="…">; articles/text/html.py knows the same names.
const block = (name, kind, content, icon, label) =>
  Node.create({
    name,
    group: "block",
    content,
    defining: true,
    parseHTML: () => [{ tag: `aside[data-block="${kind}"]` }],
    renderHTML: ({ HTMLAttributes }) => ["aside", mergeAttributes(HTMLAttributes, { "data-block": kind }), 0],
    addCommands() {
      return { [`toggle${name}`]: () => ({ commands }) => commands.toggleWrap(name) }
    },
    addMenuItems({ buttons, menu }) {
      menu.defineItem({
        name,
        groups: "nodes",
        command(editor) {
          // One such block does not stand in another: the second replaces the first.
          const chain = editor.chain().focus()
          for (const outer of AROUND) if (outer !== name && editor.isActive(outer)) chain.lift(outer)
          chain[`toggle${name}`]().run()
        },
        button: buttons.material(icon, label),
        active: (editor) => editor.isActive(name),
      })
    },
  })

export const PullQuote = block(
  "PullQuote",
  "pullquote",
  "paragraph+",
  "record_voice_over",
  spoken("Pull quote", "Zitat herausstellen"),
)
export const FactBox = block(
  "FactBox",
  "factbox",
  "(paragraph | heading | bulletList | orderedList)+",
  "info",
  spoken("Fact box", "Faktenbox"),
)
