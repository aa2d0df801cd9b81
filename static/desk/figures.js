// Pictures of the library in the text: `<figure data-picture>`, several in `<section data-block="gallery">`, as
// articles/text/figures.py has them stored. figures_view.js shows them, figures_acts.js and figures_moves.js change them.
import { Document as Plain, Node, Plugin } from "django-prose-editor/editor"
import { addGallery, addPicture } from "./figures_acts.js"
import { galleryView } from "./figures_gallery.js"
import { apart, move, openCaption } from "./figures_moves.js"
import { pictureView } from "./figures_view.js"
import { canChoose } from "./picture_chooser.js"

const KEY = /^[0-9a-hjkmnp-tv-z]{26}$/
const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)
const plain = (text) => (text ?? "").trim().replace(/\s+/g, " ")

const button = (name, keys, icon, label, command) => ({
  addMenuItems({ buttons, menu }) {
    const hidden = () => !canChoose()
    menu.defineItem({ name, groups: "nodes", command, hidden, button: buttons.material(icon, label), active: (editor) => editor.isActive(name) })
  },
  addKeyboardShortcuts() {
    return { [keys]: () => canChoose() && (command(this.editor), true) }
  },
})

// Pictures stand between blocks and not in them, so they are none themselves.
export const Document = Plain.extend({ content: "(block | picture)+" })

const said = (parse) => ({ default: "", rendered: false, parseHTML: (element) => plain(parse(element)) })
const picture = button("Picture", "Mod-Alt-p", "image", spoken("Picture (Ctrl+Alt+P)", "Bild (Strg+Alt+P)"), addPicture)

export const Picture = Node.create({
  ...picture,
  name: "Picture",
  group: "picture",
  atom: true,
  draggable: true,
  addAttributes: () => ({
    key: { isRequired: true, rendered: false, parseHTML: (element) => element.dataset.picture },
    caption: said((element) => element.querySelector("figcaption")?.textContent),
    credit: said((element) => element.dataset.credit),
  }),
  // From elsewhere come no pictures of ours: of any other figure the text stays.
  parseHTML: () => [{ tag: "figure[data-picture]", getAttrs: ({ dataset }) => KEY.test(dataset.picture) && null }],
  renderHTML({ node: { attrs } }) {
    const [caption, credit] = [plain(attrs.caption), plain(attrs.credit)]
    const figure = { "data-picture": attrs.key, ...(credit && { "data-credit": credit }) }
    return caption ? ["figure", figure, ["figcaption", caption]] : ["figure", figure]
  },
  addNodeView: () => pictureView,
  addKeyboardShortcuts() {
    return {
      ...picture.addKeyboardShortcuts.call(this),
      Enter: () => openCaption(this.editor),
      "Alt-ArrowUp": () => move(this.editor, -1),
      "Alt-ArrowDown": () => move(this.editor, 1),
    }
  },
})

export const Gallery = Node.create({
  ...button("Gallery", "Mod-Alt-g", "photo_library", spoken("Gallery (Ctrl+Alt+G)", "Galerie (Strg+Alt+G)"), addGallery),
  name: "Gallery",
  group: "picture",
  content: "Picture*",
  isolating: true,
  parseHTML: () => [{ tag: 'section[data-block="gallery"]' }],
  renderHTML: () => ["section", { "data-block": "gallery" }, 0],
  addNodeView: () => galleryView,
  addProseMirrorPlugins: () => [new Plugin({ appendTransaction: (all, _before, now) => all.some((each) => each.docChanged) ? apart(now) : null })],
})

// The editor takes a text of one element without text for an empty one; a picture is none.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  textarea.addEventListener("input", () => {
    if (!textarea.value && editor.getHTML().startsWith("<figure")) textarea.value = editor.getHTML()
  })
})
