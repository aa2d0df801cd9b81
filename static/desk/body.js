// The body editor's own parts: pull quotes, fact boxes, clean pasting, typographic quotes.
import { Extension, Node, Plugin, mergeAttributes, textInputRule } from "django-prose-editor/editor"

const spoken = (english, german) => (document.documentElement.lang.startsWith("de") ? german : english)

// A block around paragraphs, stored as <aside data-block="…">; articles/text/html.py knows the same names.
const block = (name, kind, icon, label) =>
  Node.create({
    name,
    group: "block",
    content: "paragraph+",
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
        command: (editor) => editor.chain().focus()[`toggle${name}`]().run(),
        button: buttons.material(icon, label),
        active: (editor) => editor.isActive(name),
      })
    },
  })

export const PullQuote = block("PullQuote", "pullquote", "format_quote", spoken("Pull quote", "Zitat herausstellen"))
export const FactBox = block("FactBox", "factbox", "info", spoken("Fact box", "Faktenbox"))

// Under our Content-Security-Policy the browser hides inline styles from the editor's parser, so bold and
// italic of pasted text are turned into elements before it looks, and everything else of the styling is dropped.
function cleanPasted(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const style = (element) => (element.getAttribute("style") || "").toLowerCase().replace(/\s/g, "")
  const rename = (element, name) => {
    const renamed = page.createElement(name)
    renamed.append(...element.childNodes)
    element.replaceWith(renamed)
    return renamed
  }
  for (const element of page.querySelectorAll("script, style, meta, link, title")) element.remove()
  for (const element of page.querySelectorAll("b")) if (style(element).includes("font-weight:normal")) rename(element, "div")
  for (const element of page.querySelectorAll("span")) {
    const said = style(element)
    if (/font-weight:(bold|[6-9]00)/.test(said)) rename(element, "strong")
    else if (said.includes("font-style:italic")) rename(element, "em")
  }
  for (const element of page.querySelectorAll("p[class*=MsoListParagraph]")) wordBullet(page, element)
  for (const element of page.querySelectorAll("h1")) rename(element, "h2")
  for (const element of page.querySelectorAll("h4, h5, h6")) rename(element, "h3")
  for (const element of page.querySelectorAll("*"))
    for (const name of element.getAttributeNames())
      if (!["href", "colspan", "rowspan", "data-block"].includes(name)) element.removeAttribute(name)
  return page.body.innerHTML
}

// Word pastes a bullet as a paragraph that begins with the bullet's own character.
function wordBullet(page, paragraph) {
  const before = paragraph.previousElementSibling
  const list = before?.localName === "ul" ? before : page.createElement("ul")
  if (list !== before) paragraph.before(list)
  const item = page.createElement("li")
  const text = page.createElement("p")
  text.append(...paragraph.childNodes)
  text.innerHTML = text.innerHTML.replace(/^(\s|&nbsp;|<[^>]*>)*[·•o§-](\s|&nbsp;|<\/?span[^>]*>)*/i, "")
  item.append(text)
  list.append(item)
  paragraph.remove()
}

export const PasteClean = Extension.create({
  name: "PasteClean",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: cleanPasted } })],
})

// Quotes as the language of the story writes them: the form's language field says which when the page opens.
const language = document.querySelector("#id_language")?.value || document.documentElement.lang
const [open, close, openSingle, closeSingle] = language.startsWith("de") ? "„“‚‘" : "“”‘’"

export const Typewriter = Extension.create({
  name: "Typewriter",
  addInputRules: () => [
    textInputRule({ find: /(?:^|[\s([{])(")$/, replace: open }),
    textInputRule({ find: /"$/, replace: close }),
    textInputRule({ find: /(?:^|[\s([{])(')$/, replace: openSingle }),
    textInputRule({ find: /(?<=\p{L})'$/u, replace: "’" }),
    textInputRule({ find: /'$/, replace: closeSingle }),
    textInputRule({ find: /\.\.\.$/, replace: "…" }),
    textInputRule({ find: /\s(- )$/, replace: "– " }),
  ],
})
