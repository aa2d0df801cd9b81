// Suggested topics: buttons beside the field, which put a topic into it; asked for again as the text changes.
const WAIT = 2000
const panel = document.querySelector(".topic-suggestions")
const select = document.querySelector("#id_topics")
const form = select?.form
const field = document.querySelector(".field-topics")
let timer
let asked = 0

function button({ id, name }) {
  const item = document.createElement("li")
  const add = document.createElement("button")
  add.type = "button"
  add.textContent = `+ ${name}`
  add.addEventListener("click", () => choose(id, name, item))
  item.append(add)
  return item
}

// Select2 keeps its choices as options of the select and hears of new ones by the change event of jQuery.
function choose(id, name, item) {
  if (![...select.options].some((option) => option.value === String(id))) select.add(new Option(name, id, true, true))
  for (const option of select.options) if (option.value === String(id)) option.selected = true
  const next = (item.nextElementSibling || item.previousElementSibling)?.querySelector("button")
  item.remove()
  window.django.jQuery(select).trigger("change")
  select.dispatchEvent(new Event("input", { bubbles: true }))
  panel.hidden = !panel.querySelector("li")
  next?.focus()
}

function show(topics) {
  const chosen = new Set([...select.selectedOptions].map((option) => option.value))
  const left = topics.filter(({ id }) => !chosen.has(String(id)))
  // What somebody is about to press with the keyboard stays where it is.
  if (panel.contains(document.activeElement)) return
  panel.querySelector("ul").replaceChildren(...left.map(button))
  panel.hidden = !left.length
}

function typed() {
  const data = new FormData()
  for (const name of ["csrfmiddlewaretoken", "headline", "kicker", "dek", "body", "language"]) {
    if (form.elements[name]) data.append(name, form.elements[name].value)
  }
  for (const option of select.selectedOptions) data.append("topics", option.value)
  return data
}

async function ask() {
  const number = ++asked
  try {
    const response = await fetch(panel.dataset.address, { method: "POST", body: typed(), credentials: "same-origin" })
    const said = response.ok ? await response.json() : { topics: [] }
    if (number === asked && response.ok) show(said.topics)
  } catch {
    // Without a connection the suggestions stay as they are.
  }
}

function later(event) {
  if (panel.contains(event.target)) return
  clearTimeout(timer)
  timer = setTimeout(ask, WAIT)
}

if (panel && select && field) {
  const boxes = [...panel.querySelectorAll("input")]
  show(boxes.map((box) => ({ id: box.value, name: box.parentElement.textContent.trim() })))
  field.append(panel)
  if (form.elements.headline) for (const kind of ["input", "change"]) form.addEventListener(kind, later)
  document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => editor.on("update", () => later(document)))
}
