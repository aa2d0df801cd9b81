// The list of what is to be mended follows the typing, and leads to the words it is about.
const panel = document.querySelector("#preflight[data-url]")
const form = panel?.closest("form")
const found = panel?.querySelector(".preflight-found")
const summary = panel?.querySelector(".preflight-summary")
// The count once more where it stays in sight, in the panel with the buttons; only while there is one.
const count = document.createElement("a")
const tally = (list) => (count.textContent = list.querySelector("li") ? list.dataset.summary : "")
let timer, asked

async function ask() {
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const typed = new FormData(form)
  for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name)
  try {
    const response = await fetch(panel.dataset.url, { method: "POST", body: typed, signal, redirect: "error" })
    if (!response.ok) return
    show(new DOMParser().parseFromString(await response.text(), "text/html"))
  } catch {} // aborted, or no connection: the next keystroke asks again
}

function show(page) {
  const list = page.querySelector(".preflight-remarks")
  if (!list || list.outerHTML === found.querySelector(".preflight-remarks")?.outerHTML) return
  const at = [...found.querySelectorAll("a")].indexOf(document.activeElement)
  found.replaceChildren(document.importNode(list, true))
  const links = found.querySelectorAll("a")
  if (at >= 0) (links[at] ?? links[links.length - 1])?.focus()
  tally(list)
  // Said aloud only when the count changes, not with every letter.
  if (summary.textContent !== list.dataset.summary) summary.textContent = list.dataset.summary
}

function soon() {
  clearTimeout(timer)
  timer = setTimeout(ask, 1000)
}

function selectInBody(editor, words) {
  let range
  editor.state.doc.descendants((node, position) => {
    if (range || !node.isTextblock) return !range
    const at = node.textBetween(0, node.content.size, undefined, "\n").indexOf(words)
    if (at >= 0) range = { from: position + 1 + at, to: position + 1 + at + words.length }
    return false
  })
  const chain = editor.chain().focus()
  if (range) chain.setTextSelection(range).scrollIntoView()
  chain.run()
}

function lead(event) {
  const link = event.target.closest("a[data-excerpt]")
  const target = link && document.getElementById(link.hash.slice(1))
  if (!target) return
  event.preventDefault()
  const words = link.dataset.excerpt
  const editor = target.id === "id_body" && document.querySelector(".field-body [contenteditable=true]")?.editor
  target.closest("details")?.setAttribute("open", "")
  if (editor) return selectInBody(editor, words)
  const row = target.closest(".form-row") ?? target
  row.scrollIntoView({ block: "center" })
  const choice = target.matches(".select2-hidden-accessible") ? target.nextElementSibling : null
  const inside = choice?.querySelector(".select2-search__field") ?? choice?.querySelector(".select2-selection")
  const field = inside ?? (target.matches("input, select, textarea") ? target : row.querySelector("input, select"))
  field?.focus()
  const at = words && field?.value ? field.value.indexOf(words) : -1
  if (at >= 0) field.setSelectionRange?.(at, at + words.length)
}

if (panel) {
  Object.assign(count, { href: "#preflight", className: "preflight-count" })
  tally(found.querySelector(".preflight-remarks"))
  document.querySelector(".desk-panel .desk-saved")?.before(count)
  for (const kind of ["input", "change"]) form.addEventListener(kind, soon)
  panel.addEventListener("click", lead)
  window.django?.jQuery?.(form).on("select2:select select2:unselect select2:clear", soon)
}
