// What comes from elsewhere in the text: `<figure data-embed>`. The server says what an address means (text/embeds.py).
import { Node, Plugin, updateAttrsDialog } from "django-prose-editor/editor"

const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)
const plain = (text) => (text ?? "").trim().replace(/\s+/g, " ")
const LABEL = spoken("Video, audio, map or chart from elsewhere (Ctrl+Alt+E)", "Video, Ton, Karte oder Grafik von anderswo (Strg+Alt+E)")
const FIELDS = {
  address: { type: "string", title: spoken("Address", "Adresse") },
  caption: { type: "string", title: spoken("Caption", "Bildunterschrift") },
}
const ASK = updateAttrsDialog(FIELDS, { title: spoken("From elsewhere", "Von anderswo"), submitText: spoken("Put it in", "Einfügen") })
const PASTED = /^https:\/\/(www\.|m\.)?(youtube\.com\/(watch|shorts|live)|youtu\.be\/|vimeo\.com\/\d)\S+$/

// What an address means: `embed`, or `error`, a sentence.
async function meaning(address) {
  const where = new URL(location.pathname.replace(/\/story\/.*/, "/story/embed/"), location)
  where.searchParams.set("address", address)
  try {
    return await (await fetch(where, { headers: { Accept: "application/json" } })).json()
  } catch {
    return { error: spoken("The newsroom cannot be reached. Try again.", "Die Redaktion ist nicht erreichbar. Bitte noch einmal.") }
  }
}

const selected = ({ state: { selection } }) => (selection.node?.type.name === "Embed" ? selection.node : null)

async function open(editor, typed = {}) {
  const old = selected(editor)
  const said = await ASK(editor, { address: old?.attrs.page ?? "", caption: old?.attrs.caption ?? "", ...typed })
  if (!said) return editor.view.focus()
  const { embed, page, error } = await meaning(said.address)
  if (error) {
    alert(error)
    return open(editor, said)
  }
  const attrs = { embed, page, caption: plain(said.caption) }
  editor.chain().focus().insertContent({ type: "Embed", attrs }).run()
}

async function paste(editor, address) {
  const { embed, page } = await meaning(address)
  editor.chain().focus().insertContent(embed ? { type: "Embed", attrs: { embed, page } } : address).run()
}

export const Embed = Node.create({
  name: "Embed",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    embed: { isRequired: true, rendered: false, parseHTML: ({ dataset }) => dataset.embed },
    page: { default: "", rendered: false, parseHTML: ({ dataset }) => dataset.embed.replace(/^(audio|video):/, "") },
    caption: { default: "", rendered: false, parseHTML: (element) => plain(element.querySelector("figcaption")?.textContent) },
  }),
  parseHTML: () => [{ tag: "figure[data-embed]", priority: 60 }],
  renderHTML({ node: { attrs } }) {
    const figure = { "data-embed": attrs.embed }
    return attrs.caption ? ["figure", figure, ["figcaption", attrs.caption]] : ["figure", figure]
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({ name: "Embed", groups: "nodes", command: (editor) => open(editor), button: buttons.material("smart_display", LABEL), active: (editor) => editor.isActive("Embed") })
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-e": () => (open(this.editor), true), Enter: () => Boolean(selected(this.editor)) && (open(this.editor), true) }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    const handlePaste = (view, event) => {
      const text = event.clipboardData.getData("text/plain").trim()
      return PASTED.test(text) && view.state.selection.empty && !view.state.selection.$from.parent.content.size && (paste(editor, text), true)
    }
    return [new Plugin({ props: { handlePaste, handleDoubleClickOn: (_view, _at, node) => node.type.name === "Embed" && (open(editor), true) } })]
  },
})
