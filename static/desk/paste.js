// What other programs paste, cleaned before the editor reads it.
import { Extension, Plugin } from "django-prose-editor/editor"

const KEPT = ["href", "colspan", "rowspan", "data-block", "data-note", "data-picture", "data-credit", "data-embed"]

// Our Content-Security-Policy hides styles from the parser (and reports each), so they are read under another name.
const disarm = (html) => html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="))

function clean(html) {
  const page = new DOMParser().parseFromString(disarm(html), "text/html")
  const all = (selector) => page.querySelectorAll(selector)
  const style = (element) => (element.dataset.style || "").toLowerCase().replace(/\s/g, "")
  for (const element of all("script, style, meta, link, title")) element.remove()
  for (const element of all("b")) if (style(element).includes("font-weight:normal")) rename(element, "div")
  for (const element of all("span")) {
    const said = style(element)
    if (/font-weight:(bold|[6-9]00)/.test(said)) wrapInside(element, "strong")
    if (said.includes("font-style:italic")) wrapInside(element, "em")
  }
  for (const element of all("p[class*=MsoListParagraph]")) wordItem(page, element)
  for (const element of all("h1")) rename(element, "h2")
  for (const element of all("h4, h5, h6")) rename(element, "h3")
  for (const element of all("h2 :is(b, strong), h3 :is(b, strong)")) element.replaceWith(...element.childNodes)
  for (const element of all("*"))
    for (const name of element.getAttributeNames()) if (!KEPT.includes(name)) element.removeAttribute(name)
  return page.body.innerHTML
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function wrapInside(element, name) {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

// Word pastes an item of a list as a paragraph that begins with the bullet or the number.
const MARK = /^(?:\s|&nbsp;|<[^>]*>)*([·•o§-]|\w{1,3}[.)])(?:\s|&nbsp;|<\/?span[^>]*>)+/i

function wordItem(page, paragraph) {
  const mark = MARK.exec(paragraph.innerHTML)
  const kind = /\w[.)]$/.test(mark?.[1] || "") ? "ol" : "ul"
  const before = paragraph.previousElementSibling
  const list = before?.localName === kind ? before : page.createElement(kind)
  if (list !== before) paragraph.before(list)
  const item = page.createElement("li")
  const text = page.createElement("p")
  text.innerHTML = paragraph.innerHTML.slice(mark?.[0].length || 0)
  item.append(text)
  list.append(item)
  paragraph.remove()
}

export const PasteClean = Extension.create({
  name: "PasteClean",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: clean } })],
})
