// Fields that Django shows without a label of their own get a name: cells of tables, and choices found by typing.
const named = (element, ...parts) => element.setAttribute("aria-labelledby", parts.map((part) => part.id).join(" "))

// The label of a field, or for a cell of a table the head of its column.
function labelOf(field) {
  const label = field.labels?.[0] || document.querySelector(`label[for="${field.id}"]`)
  const cell = field.closest("td")
  const head = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex]
  const found = label || head
  if (found) found.id ||= `${field.id}_name`
  return found
}

function nameCells() {
  for (const field of document.querySelectorAll(".tabular td :is(input:not([type=hidden]), select)")) {
    const label = field.id && labelOf(field)
    if (label && !field.labels.length) named(field, label)
  }
}

function nameChoices() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = labelOf(select)
    const box = select.nextElementSibling?.querySelector(".select2-selection")
    if (!label || !box) continue
    if (select.multiple) nameList(box, label)
    else nameChoice(box, label)
  }
}

// The one that is chosen is text inside the choice, not a field of its own.
function nameChoice(box, label) {
  const shown = box.querySelector(".select2-selection__rendered")
  shown.removeAttribute("role")
  shown.removeAttribute("aria-readonly")
  named(box, label, shown)
}

// Select2 draws its list of chosen ones anew each time, with a sign between them that is no item of a list.
function nameList(box, label) {
  const list = box.querySelector("ul")
  const plain = () => {
    for (const element of [list, ...list.children]) element.role = "presentation"
    const search = list.querySelector("input")
    if (search) named(search, label)
  }
  if (list.role === "presentation") return
  new MutationObserver(plain).observe(list, { childList: true })
  plain()
}

function nameAll() {
  nameCells()
  nameChoices()
  for (const sign of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) sign.role = "img"
}

// After Select2, which waits for the same.
const ready = window.django?.jQuery ?? ((run) => run())
ready(nameAll)
window.addEventListener("load", () => setTimeout(nameAll))
document.addEventListener("formset:added", () => setTimeout(nameAll))
